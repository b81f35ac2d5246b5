import { existsSync, statSync } from 'node:fs';

/** A closed database's file as the file system tells it: the same mark, nobody has written to it since. */
export type FileMark = { readonly sizeBytes: number; readonly modifiedMs: number; readonly changedMs: number };

/** Null where there is no such file, or where its write-ahead log is not yet in it. */
export function markOf(database: string): FileMark | null {
  const stats = statSync(database, { throwIfNoEntry: false });
  if (!stats || existsSync(`${database}-wal`)) return null;
  return { sizeBytes: stats.size, modifiedMs: stats.mtimeMs, changedMs: stats.ctimeMs };
}

export const isSameMark = (one: FileMark | null, other: FileMark | null): boolean =>
  one !== null &&
  other !== null &&
  one.sizeBytes === other.sizeBytes &&
  one.modifiedMs === other.modifiedMs &&
  one.changedMs === other.changedMs;
