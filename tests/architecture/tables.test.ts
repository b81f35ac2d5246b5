import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { migrations } from '../../electron/db/migrations/index.ts';
import { projections } from '../../electron/slices.ts';
import { named, sources } from './sources.ts';

/** Released migrations never change: stations already ran them. A new one adds its line. */
const frozen: Readonly<Record<string, string>> = {
  '0001-journal': '9dd5bee79575c78169c30b4ad92fd897ed05a607e7cf59edd560b6665cda5638',
  '0002-kept-aside': '0d005f6b807d55e869ebc7c92a217c72cab1a4e69e0bdf27ae4a31a7e34bf7fc',
  '0003-entry-kinds': 'b029640bcbfab0443854e66910f694e680e4ca8c14024edc36706a496135431b',
};

/** Tables that no journal entry is replayed into, and the folders that write them. */
const lasting: Readonly<Record<string, readonly string[]>> = {
  entry: ['journal'],
  quarantined: ['journal'],
  held: ['handoff'],
  kept_aside: ['handoff'],
  secret: ['db'],
  meta: ['journal', 'opening.ts'],
  sqlite_schema: ['db'],
};

const written = /\b(?:(?:INSERT|REPLACE)(?: OR [A-Z]+)? INTO|UPDATE|DELETE FROM) "?([a-z_]+)"?(?= |\n|$)/g;
const created = /\bCREATE (?:VIRTUAL )?TABLE (?:IF NOT EXISTS )?"?(\w+)/g;
const sql = (text: string) => [{ path: '', text }];

describe('a table', () => {
  it('is written by one slice only, its own', () => {
    const owners = new Map(
      projections.flatMap(({ name, tables }) => tables.map((table) => [table, [name]] as [string, string[]])),
    );
    for (const [table, folders] of Object.entries(lasting)) owners.set(table, [...folders]);
    const writes = sources('electron/**/*.ts')
      .filter(({ path }) => !path.startsWith('electron/db/migrations/'))
      .flatMap(({ path, text }) => [...named(sql(text), written)].map((table) => ({ path, table })));
    expect(writes.length).toBeGreaterThan(20);
    const foreign = writes.filter(({ path, table }) => !owners.get(table)?.includes(path.split('/')[1] ?? ''));
    expect(foreign.map(({ path, table }) => `${path}: ${table}`)).toEqual([]);
  });

  it('is named by its projection, which drops it when its version changes', () => {
    expect(projections.length).toBeGreaterThan(2);
    for (const { name, tables, schema } of projections)
      expect([...named(sql(schema), created)], name).toEqual([...tables]);
    const all = projections.flatMap(({ tables }) => tables);
    expect(new Set(all).size).toBe(all.length);
  });

  it('keeps its types: every one is STRICT', () => {
    const schemas = [...projections.map(({ schema }) => schema), ...migrations.map(({ up }) => String(up))];
    for (const schema of schemas) {
      const tables = schema.match(/CREATE TABLE [^;]*;/g) ?? [];
      expect(tables.filter((table) => !/\) STRICT(, WITHOUT ROWID)?;$/.test(table))).toEqual([]);
    }
  });
});

describe('a migration', () => {
  it('is numbered without a gap', () => {
    const numbers = migrations.map(({ name }) => name.slice(0, 5));
    expect(numbers).toEqual(migrations.map((_each, index) => `${String(index + 1).padStart(4, '0')}-`));
  });

  it('is what it was when it was released', () => {
    const sums = migrations.map(({ name, up }) => [name, createHash('sha256').update(String(up)).digest('hex')]);
    expect(Object.fromEntries(sums)).toEqual(frozen);
  });
});
