import { existsSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { renamePatiently } from '../files/rename.ts';
import { databasePath } from './founding.ts';
import { keyringPaths } from './vault.ts';

/**
 * Moves a former site out of the data folder, into `former/<instant>/`, whole and openable as it was: nothing is deleted.
 * Its keyring is copied first, so that wherever this is broken off there is a keyring beside each database. Its backups
 * go before its database, so that none of them stands beside another site's. Waits for what is still being written.
 */
export async function setAsideSite(dataDir: string, instant: Date, written: Promise<void> | undefined): Promise<void> {
  await written;
  const aside = join(dataDir, 'former', instant.toISOString().replaceAll(':', '-'));
  const keyrings = [...keyringPaths(dataDir), join(dataDir, 'attempts.json')];
  const database = ['', '-wal', '-shm'].map((suffix) => databasePath(dataDir) + suffix);
  const besides = ['heads-1.json', 'heads-2.json', 'help.json', 'outbox', 'attachments', 'damaged'];
  const moved = [join(dataDir, 'backups'), ...database, ...besides.map((name) => join(dataDir, name))];
  await mkdir(aside, { recursive: true });
  for (const path of keyrings.filter((each) => existsSync(each))) await copyFile(path, join(aside, basename(path)));
  for (const path of moved.filter((each) => existsSync(each))) await renamePatiently(path, join(aside, basename(path)));
}
