import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../../electron/db/migrate.ts';
import { migrations } from '../../electron/db/migrations/index.ts';
import { type Db, openDatabase } from '../../electron/db/open.ts';
import { replay } from '../../electron/journal/journal.ts';
import { projections } from '../../electron/slices.ts';

/** Rows read from the one database before they are written into the other. */
const PAGE = 10_000;

/** A database of the same form beside the one measured, for the limits. */
export async function besides<T>(work: (db: Db) => Promise<T> | T): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'lijing-limit-'));
  const db = openDatabase(join(dir, 'limit.db'), Buffer.alloc(32, 1), 'write');
  try {
    return await work(db);
  } finally {
    db.close();
    await rm(dir, { recursive: true, force: true });
  }
}

/** Milliseconds of bare prepared inserts of the same rows into the same tables, in one transaction; reading not counted. */
export const bareInserts = (source: Db, isCounted: (table: string) => boolean = () => true): Promise<number> =>
  besides(async (db) => {
    migrate(db, migrations);
    await replay(db, projections, { site: '999999010100-1', kind: 'station' }, async () => {});
    db.pragma('foreign_keys = OFF');
    let tookMs = 0;
    const timedWork = (work: () => void): void => {
      const start = performance.now();
      work();
      tookMs += performance.now() - start;
    };
    db.exec('BEGIN IMMEDIATE');
    for (const { name } of tablesOf(source)) {
      if (!isCounted(name)) continue;
      const all = source.prepare(`SELECT * FROM "${name}"`);
      const insert = db.prepare(
        `INSERT INTO "${name}" VALUES (${all
          .columns()
          .map(() => '?')
          .join(', ')})`,
      );
      for (const page of pagesOf(all.raw().iterate()))
        timedWork(() => {
          for (const values of page) insert.run(...values);
        });
    }
    timedWork(() => db.exec('COMMIT'));
    return tookMs;
  });

const tablesOf = (db: Db) =>
  db
    .prepare<[], { name: string }>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('meta', 'secret') AND name NOT LIKE 'sqlite_%'`,
    )
    .all();

function* pagesOf(rows: IterableIterator<unknown>): Generator<readonly unknown[][]> {
  let page: unknown[][] = [];
  for (const row of rows) {
    page.push(row as unknown[]);
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  yield page;
}
