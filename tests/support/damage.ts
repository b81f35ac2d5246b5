import { readFile, writeFile } from 'node:fs/promises';
import { openVault } from '../../electron/site/vault.ts';
import { databasePath } from '../../electron/site/founding.ts';
import { type Db, openDatabase } from '../../electron/db/open.ts';
import { PASSWORD } from './site.ts';

const PAGE = 4096;

/** Works on a closed site's database with its own key, as somebody who has it could. */
export async function withDatabase<T>(dir: string, work: (db: Db) => T, loginName = 'suozhang'): Promise<T> {
  const { dataKey } = await openVault(dir, () => new Date()).unlock(loginName, PASSWORD);
  const db = openDatabase(databasePath(dir), dataKey, 'write');
  try {
    const result = work(db);
    db.pragma('wal_checkpoint(TRUNCATE)');
    return result;
  } finally {
    db.close();
  }
}

/** The pages a table or an index of a closed site lies on, its root first, its youngest leaf last. */
export const pagesOf = (dir: string, name: string): Promise<readonly number[]> =>
  withDatabase(dir, (db) =>
    db
      .prepare<[string], { pageno: number }>('SELECT pageno FROM dbstat WHERE name = ? ORDER BY path')
      .all(name)
      .map(({ pageno }) => pageno),
  );

/** Overwrites a page of a closed site's database, as a bad sector would. */
export async function spoil(dir: string, page: number): Promise<void> {
  const path = databasePath(dir);
  const whole = await readFile(path);
  whole.fill(0xa5, (page - 1) * PAGE, page * PAGE);
  await writeFile(path, whole);
}
