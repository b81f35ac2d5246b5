import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { renamePatiently } from '../files/rename.ts';
import { databasePath } from './founding.ts';
import { keyringPaths } from './vault.ts';

/** A folder for a former site, in which nothing lies yet: a clock may show the same instant twice. */
export function formerFolder(dataDir: string, instant: Date): string {
  const name = instant.toISOString().replaceAll(':', '-');
  const isUsed = (each: string): boolean => existsSync(join(dataDir, 'former', each));
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? name : `${name}-${String(count)}`;
    if (!isUsed(candidate)) return candidate;
  }
}

/**
 * Moves whatever there is of a former site out of the data folder, into `former/<name>/`, whole and openable as it was:
 * nothing is deleted. Broken off, it goes on where it was; its backups go first, so that none of them ever stands beside
 * another site's database.
 */
export async function setAsideSite(dataDir: string, name: string): Promise<void> {
  const aside = join(dataDir, 'former', name);
  const database = ['', '-wal', '-shm', '-left'].map((suffix) => databasePath(dataDir) + suffix);
  const besides = ['heads-1.json', 'heads-2.json', 'help.json', 'outbox', 'attachments', 'damaged', 'attempts.json'];
  const all = [
    join(dataDir, 'backups'),
    ...database,
    ...besides.map((each) => join(dataDir, each)),
    ...keyringPaths(dataDir),
  ];
  const there = all.filter((path) => existsSync(path));
  if (there.length > 0) await mkdir(aside, { recursive: true });
  for (const path of there) await renamePatiently(path, join(aside, basename(path)));
}
