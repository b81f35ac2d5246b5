import { ok } from '../../shared/problem.ts';
import type { Actor, HandlersOf, Services } from '../ipc/handlers.ts';
import { type Listed, mayBeTold } from '../ipc/may-know.ts';
import type { StationBoardRow } from './board-reads.ts';
import type { DownStreams } from './down-streams.ts';
import type { HandoffStore } from './store.ts';

/** The county's board: every station as its hand-off stands, counted with the eyes of whoever looks. */
export function stationBoard(
  store: HandoffStore,
  { journal, site, attachments }: Services,
  streams: DownStreams,
): Pick<HandlersOf<'handoff'>, 'handoff.board'> {
  const own = site.code;
  const down = (station: string) => [`${own}/common`, `${own}/${station}`];

  /** Of entries by kind, as many as the actor may be told of. */
  const told = (
    byKind: readonly { readonly kind: string; readonly n: number }[],
    each: (kind: string) => Iterable<Listed>,
    actor: Actor,
  ): number =>
    byKind.reduce((sum, { kind, n }) => {
      if (!journal.isConfidential(kind)) return sum + n;
      return sum + [...each(kind)].filter((entry) => mayBeTold(journal, actor, entry)).length;
    }, 0);

  const waitingDown = (station: string, actor: Actor): number =>
    down(station).reduce((sum, stream) => {
      const known = store.knownDown(station, stream);
      return sum + told(store.sinceByKind(stream, known), (kind) => store.sinceOf(stream, known, kind), actor);
    }, 0);

  /** Attachments that have not come though their entries did. */
  const lacking = async (station: string, actor: Actor): Promise<number> => {
    const missing = new Set<string>();
    for (const { sha256, ...entry } of store.awaited(station))
      if (mayBeTold(journal, actor, entry) && !(await attachments.has(sha256))) missing.add(sha256);
    return missing.size;
  };

  /** What is set aside of a second history, counted by whoever may know of it. */
  const keptAside = (station: string, actor: Actor): number =>
    told(store.asideByKind(station), (kind) => store.asideOf(station, kind), actor);

  const rowOf = async ({ pinned, owed, revokedAt, revokedBecause, ...row }: StationBoardRow, actor: Actor) => {
    const station = row.site;
    const lastSeq = journal.head(station).seq;
    const parted = store.forkOf(station);
    const revoked = revokedAt && revokedBecause ? { at: revokedAt, reason: revokedBecause } : null;
    return {
      ...{ ...row, revoked, lastSeq, pinned: pinned === 1, owed: owed === 1 },
      gaps: store.gaps(station, lastSeq),
      quarantined: store.unsettled(station).filter((entry) => mayBeTold(journal, actor, entry)).length,
      lacking: await lacking(station, actor),
      waitingDown: revoked ? 0 : waitingDown(station, actor),
      behind: streams.behind(station),
      unheard: streams.isUnheard(station),
      fork: parted && { ...parted, entries: keptAside(station, actor) },
      downForked: down(station).some((stream) => streams.isForked(station, stream)),
    };
  };

  return {
    'handoff.board': async (_input, { actor }) => {
      const rows = [];
      for (const row of store.stations(own)) rows.push(await rowOf(row, actor));
      return ok(rows);
    },
  };
}
