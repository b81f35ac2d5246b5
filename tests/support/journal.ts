import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../../electron/db/migrate.ts';
import { migrations } from '../../electron/db/migrations/index.ts';
import { type Db, openDatabase } from '../../electron/db/open.ts';
import { type Journal, openJournal, replay, type Self } from '../../electron/journal/journal.ts';
import type { Projection } from '../../electron/journal/projection.ts';
import { siteStore } from '../../electron/site/store.ts';

export type TestJournal = {
  readonly db: Db;
  readonly journal: Journal;
  readonly path: string;
  readonly dataKey: Buffer;
  readonly now: { value: Date };
  readonly self: Self;
  readonly close: () => void;
};

/** A journal over the given projections in a real, encrypted file. */
export async function aJournal(
  projections: readonly Projection[],
  self: Self = { site: '999999010100-1', kind: 'station' },
): Promise<TestJournal> {
  const dir = mkdtempSync(join(tmpdir(), 'lijing-journal-'));
  const path = join(dir, 'lijing.db');
  const dataKey = randomBytes(32);
  const now = { value: new Date('2026-11-24T01:00:00Z') };
  const db = openDatabase(path, dataKey, 'write');
  migrate(db, migrations);
  await replay(db, projections, self, async () => {});
  const knowsSigners = projections.some(({ name }) => name === 'site');
  const keys = knowsSigners ? siteStore(db, self.site).publicKeysOf : () => [];
  const journal = openJournal(db, projections, self, () => now.value, keys);
  const close = (): void => {
    db.close();
    rmSync(dir, { recursive: true, force: true });
  };
  return { db, journal, path, dataKey, now, self, close };
}

/** Every row of the projections' tables, in an order of their own: two databases agree when these do. */
export function rowsOf(db: Db, projections: readonly Projection[]): Record<string, string[]> {
  const tables = projections.flatMap((projection) => projection.tables);
  return Object.fromEntries(
    tables.map((table) => [
      table,
      db
        .prepare(`SELECT * FROM "${table}"`)
        .all()
        .map((row) => JSON.stringify(row))
        .sort(),
    ]),
  );
}
