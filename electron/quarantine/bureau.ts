import { toldCode } from '../../shared/entry.ts';
import type { JudgedEntry } from '../../shared/quarantine.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import { inTransaction } from '../db/transaction.ts';
import type { Actor, HandlersOf, Services } from '../ipc/handlers.ts';
import { mayBeTold } from '../ipc/may-know.ts';
import { entryReader } from './reading.ts';
import type { QuarantineStore } from './store.ts';

type BureauCalls = 'quarantine.county' | 'quarantine.reconsider' | 'quarantine.decide';
type Place = { readonly stream: string; readonly seq: number };

const keyOf = ({ stream, seq }: Place): string => `${stream} ${String(seq)}`;

/** The bureau's desk: entries of its stations that it holds without having taken them in. */
export function bureauDesk(store: QuarantineStore, services: Services) {
  const { db, journal } = services;
  const reader = entryReader(store, services);

  const standing = ({ stream, seq }: Place) =>
    store.county().find((each) => each.stream === stream && each.seq === seq) ?? null;

  const decide = (
    { stream, seq }: Place,
    verdict: 'accepted' | 'returned' | 'refused',
    words: string,
    actor: Actor,
  ): void => {
    const round = (store.decisions(stream, seq).at(-1)?.round ?? 0) + 1;
    journal.append('quarantine.decided', { stream, seq, round, verdict, words }, { id: actor.id, key: null });
  };

  /** Question and answer in the order of the rounds. */
  const talkAbout = ({ stream, seq }: Place): JudgedEntry['talk'] => {
    const asked = store.decisions(stream, seq).flatMap(({ round, verdict, at, by, words }) =>
      // An accepted entry is in quarantine no more.
      verdict === 'accepted'
        ? []
        : [{ round, said: { from: 'bureau' as const, verdict, at, by: store.accountName(by), words } }],
    );
    const answered = store.answers(stream, seq).map(({ round, at, by, words }) => ({
      round: round + 0.5,
      said: { from: 'station' as const, at, by: store.accountName(by), words },
    }));
    return [...asked, ...answered].toSorted((a, b) => a.round - b.round).map(({ said }) => said);
  };

  const calls: Pick<HandlersOf<'quarantine'>, BureauCalls> = {
    'quarantine.county': (_input, { actor }) =>
      ok(
        store
          .county()
          .filter((row) => mayBeTold(journal, actor, row))
          .map(({ kind, code, author: _author, line: _line, ...row }) => {
            const told = journal.toldAs(kind);
            return { ...row, kind: told, code: toldCode(told, code) };
          }),
      ),

    'quarantine.reconsider': async ({ entries }, { actor, job }) => {
      const listed = new Set(store.county().map(keyOf));
      if (!entries.every((place) => listed.has(keyOf(place)))) return fail('quarantine.entry-unknown');
      return inTransaction(db, async () => {
        const applied = await journal.reconsider(entries, (done, total) =>
          job.progress('quarantine.reconsider.replaying', done, total),
        );
        const accepted = entries.filter((_place, index) => applied[index] === 'accepted');
        for (const place of accepted) decide(place, 'accepted', '', actor);
        return ok({ accepted: accepted.length, kept: entries.length - accepted.length });
      });
    },

    'quarantine.decide': ({ stream, seq, verdict, words }, { actor }) => {
      const place = { stream, seq };
      if (!standing(place)) return fail('quarantine.entry-unknown');
      const known = reader.known(actor, place);
      if (!known.ok) return known;
      decide(place, verdict, words, actor);
      return ok({});
    },
  };

  const open = (actor: Actor, place: Place): Result<JudgedEntry> => {
    const found = standing(place);
    if (!found) return fail('quarantine.entry-unknown');
    const read = reader.open(actor, place);
    return read.ok ? ok({ ...read.value, code: found.code, state: found.state, talk: talkAbout(place) }) : read;
  };

  return { calls, open };
}
