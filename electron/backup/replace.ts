import { existsSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { realDisk } from '../files/disk.ts';
import { setAside } from '../files/set-aside.ts';

const beside = (database: string): readonly string[] => ['', '-wal', '-shm'].map((suffix) => database + suffix);
/** A replacement under this name is whole, and takes its place now or at the next start. */
const ready = (database: string): string => `${database}.ready`;

/**
 * Builds a new database and puts it in the place of the old one, which is kept aside. A power cut at any moment leaves
 * the old one in place, or the new one whole and about to be: `finishReplacement` at the next start sees to it.
 */
export async function replaceDatabase<T>(
  database: string,
  instant: Date,
  build: (path: string) => Promise<T>,
): Promise<T> {
  const fresh = `${database}.fresh`;
  for (const path of beside(fresh)) rmSync(path, { force: true });
  const result = await build(fresh);
  renameSync(fresh, ready(database));
  await realDisk.syncFolder(dirname(database));
  finishReplacement(database, instant);
  await realDisk.syncFolder(dirname(database));
  return result;
}

/** Ends a replacement that was broken off between its steps; does nothing where there is none. */
export function finishReplacement(database: string, instant: Date): void {
  if (!existsSync(ready(database))) return;
  setAside(beside(database), instant);
  renameSync(ready(database), database);
}
