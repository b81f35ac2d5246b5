import type { Entry } from '../../shared/entry.ts';
import { ProblemError } from '../../shared/problem.ts';

export type EntryLimits = {
  /** Of the line without its line feed. */
  readonly bytes: number;
  /** Objects and arrays within each other, the entry itself among them. */
  readonly levels: number;
};

/** What a reader of packages takes; an entry is some hundred bytes, and an attachment is never inside one. */
export const READ_LIMITS: EntryLimits = { bytes: 1 << 20, levels: 32 };

/** What a station writes: so much less that the entry which one day may carry it is read, too. */
export const STATION_LIMITS: EntryLimits = { bytes: READ_LIMITS.bytes - 1024, levels: READ_LIMITS.levels - 2 };

/** Whether no more than so many objects and arrays lie within each other; deeper ones would exhaust the stack. */
export function isWithin(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((member) => isWithin(levels - 1, member));
}

/** Throws `entry.too-large` for what no package could hand over: it would hold up all that follows it. */
export function refuseTooLarge(entry: Entry, line: string, { bytes, levels }: EntryLimits): void {
  if (Buffer.byteLength(line) > bytes || !isWithin(levels, entry)) throw new ProblemError('entry.too-large');
}
