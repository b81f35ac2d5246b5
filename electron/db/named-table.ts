import type { Db } from './open.ts';

/* eslint-disable no-restricted-syntax -- the name of a table and of its key cannot be a parameter; these are our own */

export const dropTable = (db: Db, table: string): void => void db.exec(`DROP TABLE IF EXISTS "${table}"`);

/** A row with the values of its key, in the order of the key. */
export type KeyedRow = { readonly key: readonly unknown[]; readonly row: object };

/** Rows read at once. */
const PAGE = 2_000;

/** All rows of a table in the order of its key, page by page, so that no read stays open between them. */
export function* rowsByKey(db: Db, table: string): Generator<KeyedRow> {
  const names = db
    .prepare<[string], { name: string }>('SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk')
    .all(table)
    .map(({ name }) => name);
  const order = names.map((name) => `"${name}"`).join(', ');
  const values = names.map(() => '?').join(', ');
  const first = db.prepare<[], object>(`SELECT * FROM "${table}" ORDER BY ${order} LIMIT ${PAGE}`);
  const next = db.prepare<unknown[], object>(
    `SELECT * FROM "${table}" WHERE (${order}) > (${values}) ORDER BY ${order} LIMIT ${PAGE}`,
  );
  const keyOf = (row: object): readonly unknown[] =>
    names.map((name) => (row as Readonly<Record<string, unknown>>)[name]);
  for (let rows = first.all(); rows.length > 0;) {
    yield* rows.map((row) => ({ key: keyOf(row), row }));
    const last = rows.at(-1);
    rows = last && rows.length === PAGE ? next.all(...keyOf(last)) : [];
  }
}
