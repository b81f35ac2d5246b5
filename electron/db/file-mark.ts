import { existsSync, statSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { digestOfFile, realDisk } from '../files/disk.ts';

/** A closed database's file as the file system tells it: the same mark, nobody has written to it since. */
export type FileMark = { readonly sizeBytes: number; readonly modifiedMs: number; readonly changedMs: number };

/** Null where there is no such file, or where its write-ahead log is not yet in it. */
export function markOf(database: string): FileMark | null {
  const stats = statSync(database, { throwIfNoEntry: false });
  if (!stats || existsSync(`${database}-wal`)) return null;
  return { sizeBytes: stats.size, modifiedMs: stats.mtimeMs, changedMs: stats.ctimeMs };
}

/** Beside a closed database: the digest of its file, as it was closed. */
export const digestBeside = (database: string): string => `${database}-left`;

/** Keeps the digest of a database that was closed. Not flushed: a torn one is like none. */
export async function keepDigest(database: string): Promise<void> {
  if (markOf(database)) await writeFile(digestBeside(database), await digestOfFile(realDisk, database));
}

/** The mark of a database whose file is, to the last byte, what it was when it was closed; else, or unread, null. */
export async function markAsKept(database: string): Promise<FileMark | null> {
  const mark = markOf(database);
  if (!mark || !existsSync(digestBeside(database))) return null;
  const kept = await readFile(digestBeside(database), 'utf8');
  return (await digestOfFile(realDisk, database)) === kept ? mark : null;
}

export const isSameMark = (one: FileMark | null, other: FileMark | null): boolean =>
  one !== null &&
  other !== null &&
  one.sizeBytes === other.sizeBytes &&
  one.modifiedMs === other.modifiedMs &&
  one.changedMs === other.changedMs;
