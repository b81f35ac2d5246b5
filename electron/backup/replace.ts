import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { realDisk } from '../files/disk.ts';
import { renamePatiently } from '../files/rename.ts';
import { setAside } from '../files/set-aside.ts';

const beside = (database: string): readonly string[] => ['', '-wal', '-shm'].map((suffix) => database + suffix);
/** A replacement under this name is whole, and takes its place now or at the next start. */
const ready = (database: string): string => `${database}.ready`;

/**
 * Builds a new database and puts it in the place of the old one, which is kept aside. A power cut at any moment leaves
 * the old one in place, or the new one whole and about to be: `finishReplacement` at the next opening sees to it.
 */
export async function replaceDatabase<T>(
  database: string,
  instant: Date,
  build: (path: string) => Promise<T>,
): Promise<T> {
  const fresh = `${database}.fresh`;
  for (const path of beside(fresh)) await rm(path, { force: true });
  const result = await build(fresh);
  await renamePatiently(fresh, ready(database));
  await realDisk.syncFolder(dirname(database));
  await finishReplacement(database, instant);
  await realDisk.syncFolder(dirname(database));
  return result;
}

/** Whether one was broken off: the site stands, though its database may not be in its place. */
export const isReplacing = (database: string): boolean => existsSync(ready(database));

/** Ends a replacement that was broken off between its steps; does nothing where there is none. */
export async function finishReplacement(database: string, instant: Date): Promise<void> {
  if (!isReplacing(database)) return;
  await setAside(beside(database), instant);
  await renamePatiently(ready(database), database);
}
