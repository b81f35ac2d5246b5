import { toldCode } from '../../shared/entry.ts';
import type { JudgedEntry, QuarantineState } from '../../shared/quarantine.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Actor, HandlersOf, Services } from '../ipc/handlers.ts';
import { entryReader } from './reading.ts';
import type { QuarantineStore } from './store.ts';

type StationCalls = 'quarantine.own' | 'quarantine.answer';
type Own = ReturnType<QuarantineStore['own']>[number];

/** An answer to the latest decision, or to none while there is none. */
const isClosed = ({ round, answeredRound }: Own): boolean => answeredRound !== null && answeredRound >= (round ?? 0);

function stateOf(own: Own): QuarantineState {
  if (own.verdict === 'refused') return 'refused';
  if (isClosed(own)) return 'answered';
  return own.verdict ?? 'open';
}

/** The station's desk: its own entries that the bureau has not taken in, and what to do about each. */
export function stationDesk(store: QuarantineStore, services: Services) {
  const { journal, site } = services;
  const reader = entryReader(store, services);
  const find = (seq: number): Own | null => store.own(site.code).find((each) => each.seq === seq) ?? null;

  const talkAbout = ({ seq, verdict, words, round, receivedAt }: Own): JudgedEntry['talk'] => {
    const answers = store.answers(site.code, seq).map((answer) => ({
      round: answer.round,
      said: { from: 'station' as const, at: answer.at, by: store.accountName(answer.by), words: answer.words },
    }));
    const before = answers.filter((answer) => answer.round < (round ?? 0)).map(({ said }) => said);
    const after = answers.filter((answer) => answer.round >= (round ?? 0)).map(({ said }) => said);
    const asked =
      verdict === null ? [] : [{ from: 'bureau' as const, verdict, at: receivedAt, by: '', words: words ?? '' }];
    return [...before, ...asked, ...after];
  };

  const calls: Pick<HandlersOf<'quarantine'>, StationCalls> = {
    'quarantine.own': () =>
      ok(
        store.own(site.code).map((own) => {
          const { seq, at, verdict } = own;
          const kind = journal.toldAs(own.kind);
          const told = { kind, code: toldCode(kind, own.code) };
          return { ...{ seq, at, verdict }, ...told, state: stateOf(own), isClosed: isClosed(own) };
        }),
      ),

    'quarantine.answer': ({ seq, words }, { actor }) => {
      const own = find(seq);
      if (!own) return fail('quarantine.entry-unknown');
      const known = reader.known(actor, { stream: site.code, seq });
      if (!known.ok) return known;
      if (isClosed(own)) return fail('quarantine.answered-already');
      journal.append('quarantine.answered', { seq, round: own.round ?? 0, words }, { id: actor.id, key: null });
      return ok({});
    },
  };

  const open = (actor: Actor, seq: number): Result<JudgedEntry> => {
    const own = find(seq);
    if (!own) return fail('quarantine.entry-unknown');
    const read = reader.open(actor, { stream: site.code, seq });
    return read.ok ? ok({ ...read.value, code: own.code, state: stateOf(own), talk: talkAbout(own) }) : read;
  };

  return { calls, open };
}
