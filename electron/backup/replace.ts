import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { realDisk } from '../files/disk.ts';
import { renamePatiently } from '../files/rename.ts';
import { setAside } from '../files/set-aside.ts';

const beside = (database: string): readonly string[] => ['', '-wal', '-shm'].map((suffix) => database + suffix);
/** One that is being made, and what is made on the way to it: of no use once that was broken off. */
const unfinished = (database: string): readonly string[] => [
  ...beside(freshOf(database)),
  `${freshOf(database)}.part`,
  ...beside(copyOf(database)),
];
const freshOf = (database: string): string => `${database}.fresh`;
/** Where a damaged database is copied to, to be taken apart. */
export const copyOf = (database: string): string => `${database}.copy`;
/** A replacement under this name is whole, and takes its place now or at the next start. */
const ready = (database: string): string => `${database}.ready`;

/**
 * Builds a new database and puts it in the place of the old one, which is kept aside. What ends the building, a cancel
 * among it, leaves nothing of it. A power cut at any moment leaves the old one in place, or the new one whole and about to
 * be: `finishReplacement` at the next opening sees to it.
 */
export async function replaceDatabase<T>(
  database: string,
  instant: Date,
  build: (path: string) => Promise<T>,
): Promise<T> {
  const fresh = freshOf(database);
  await clearUnfinished(database);
  const result = await build(fresh).catch(async (error: unknown) => {
    // The first failure is the one to tell; what is left is cleared at the next opening.
    await clearUnfinished(database).catch(() => undefined);
    throw error;
  });
  await renamePatiently(fresh, ready(database));
  await realDisk.syncFolder(dirname(database));
  await finishReplacement(database, instant);
  await realDisk.syncFolder(dirname(database));
  return result;
}

/** Whether one was broken off: the site stands, though its database may not be in its place. */
export const isReplacing = (database: string): boolean => existsSync(ready(database));

async function clearUnfinished(database: string): Promise<void> {
  for (const path of unfinished(database)) await rm(path, { force: true });
}

/** Ends a replacement that was broken off between its steps, and clears one that never became whole. */
export async function finishReplacement(database: string, instant: Date): Promise<void> {
  await clearUnfinished(database);
  if (!isReplacing(database)) return;
  await setAside(beside(database), instant);
  await renamePatiently(ready(database), database);
}
