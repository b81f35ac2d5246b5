import { CLOSED_ENTRY, type Entry } from '../../shared/entry.ts';
import type { JudgedEntry } from '../../shared/quarantine.ts';
import { localDay } from '../../shared/dates.ts';
import { withoutResidentIds } from '../../shared/resident-id.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { Actor, Services } from '../ipc/handlers.ts';
import { mayKnowClosed } from '../ipc/may-know.ts';
import type { QuarantineStore } from './store.ts';

type Place = { readonly stream: string; readonly seq: number };
type ReadEntry = Pick<JudgedEntry, 'stream' | 'seq' | 'station' | 'kind' | 'at' | 'by' | 'body' | 'names'>;

/** Reads entries in quarantine with the actor's eyes, and writes down who read a confidential one. */
export function entryReader(store: QuarantineStore, { journal, clock }: Services) {
  const find = ({ stream, seq }: Place): Result<Entry> => {
    const line = store.line(stream, seq);
    return line === null ? fail('quarantine.entry-unknown') : ok(JSON.parse(line) as Entry);
  };

  const isClosed = ({ kind }: Entry): boolean => journal.toldAs(kind) === CLOSED_ENTRY;

  const mayKnow = (actor: Actor, entry: Entry): boolean =>
    !isClosed(entry) || mayKnowClosed(actor, { author: entry.by, line: JSON.stringify(entry.body) });

  const known = (actor: Actor, place: Place): Result<Entry> => {
    const found = find(place);
    return found.ok && !mayKnow(actor, found.value) ? fail('request.not-allowed') : found;
  };

  return {
    /** The entry, if the actor may know of it; `quarantine.entry-unknown`, `request.not-allowed`. */
    known,

    open(actor: Actor, place: Place): Result<ReadEntry> {
      const found = known(actor, place);
      if (!found.ok) return found;
      const { stream, seq, kind, at, by, body } = found.value;
      const on = localDay(clock());
      if (isClosed(found.value) && !store.wasOpened(stream, seq, actor.id, on))
        journal.append('quarantine.opened', { stream, seq, on }, { id: actor.id, key: null });
      return ok({
        ...{ stream, seq, kind, at },
        station: store.siteName(stream),
        by: store.accountName(by),
        body: withoutResidentIds(body),
        names: Object.fromEntries(namesIn(body, store.personName)),
      });
    },
  };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Who the ids in a body are, where they are people. */
function* namesIn(value: unknown, nameOf: (id: string) => string | null): Generator<[id: string, name: string]> {
  if (typeof value === 'string' && UUID.test(value)) {
    const name = nameOf(value);
    if (name !== null) yield [value, name];
  }
  if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(value)) yield* namesIn(inner, nameOf);
}
