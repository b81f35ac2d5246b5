import type { Output } from './contract.ts';
import { hoursApart, localDay } from './dates.ts';
import type { StationRow } from './handoff.ts';

/** Days after which a hand-off is missed: a month, and the days the stick needs to the bureau. */
export const SILENT_DAYS = 35;

/** Whole days from an instant to now; see `hoursApart` for one that lies ahead. */
export const daysSince = (at: string, now: Date): number => Math.floor(hoursApart(at, now) / 24);

/**
 * How a bureau sees a station's hand-off; a silent one counts as silent whatever else is wrong with it, and one out of use
 * owes nothing.
 */
export type StationState = 'revoked' | 'forked' | 'kitMissing' | 'kitIssued' | 'silent' | 'gaps' | 'current';

/** A station with a kit owes its first bundle from the day the kit was issued. */
export function stationState(
  { revoked, fork, kitIssuedAt, lastReceivedAt, gaps }: StationRow,
  now: Date,
): StationState {
  if (revoked) return 'revoked';
  if (fork) return 'forked';
  const since = lastReceivedAt ?? kitIssuedAt;
  if (since === null) return 'kitMissing';
  if (daysSince(since, now) > SILENT_DAYS) return 'silent';
  if (lastReceivedAt === null) return 'kitIssued';
  return gaps.length > 0 ? 'gaps' : 'current';
}

/** The county in one line; a computer out of use is not counted. */
export function boardTotals(board: readonly StationRow[], now: Date) {
  const rows = board.filter(({ revoked }) => revoked === null);
  const month = localDay(now).slice(0, 7);
  const count = (holds: (row: StationRow) => boolean): number => rows.filter(holds).length;
  const sum = (of: (row: StationRow) => number): number => rows.reduce((total, row) => total + of(row), 0);
  return {
    stations: rows.length,
    reported: count(({ lastReceivedAt: at }) => at !== null && localDay(new Date(at)).slice(0, 7) === month),
    silent: count((row) => stationState(row, now) === 'silent'),
    gaps: count(({ gaps }) => gaps.length > 0),
    quarantined: sum(({ quarantined }) => quarantined),
    lacking: sum(({ lacking }) => lacking),
    waitingDown: sum(({ waitingDown }) => waitingDown),
  } as const;
}

/** Since the bureau was restored from a backup, it and the station have not come to hold the same again. */
export const isUnsettled = ({ behind, unheard, downForked }: StationRow): boolean =>
  behind.length > 0 || unheard || downForked;

type HandoffState = Output<'handoff.state'>;

/** Whether a station has to report: something waits, and its last bundle is old or was never written. */
export function reportDue({ paired, waiting, bundles: [last] }: HandoffState, now: Date): 'overdue' | 'due' | null {
  if (!paired || waiting === 0) return null;
  if (!last) return 'due';
  return daysSince(last.at, now) > SILENT_DAYS ? 'overdue' : null;
}

/** Days since the oldest bundle that no receipt proves, when they are too many; null while all is well. */
export function receiptMissedDays({ bundles }: HandoffState, now: Date): number | null {
  const oldest = bundles.findLast(({ proven }) => !proven);
  const days = oldest ? daysSince(oldest.at, now) : 0;
  return days > SILENT_DAYS ? days : null;
}
