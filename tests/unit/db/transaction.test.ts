import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Db, openDatabase } from '../../../electron/db/open.ts';
import { inStretches } from '../../../electron/db/transaction.ts';

let folder: string;
let db: Db;
let reader: Db;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lijing-stretches-'));
  const key = randomBytes(32);
  db = openDatabase(join(folder, 'lijing.db'), key, 'write');
  db.exec('CREATE TABLE one (n INTEGER) STRICT');
  reader = openDatabase(join(folder, 'lijing.db'), key, 'read');
});
afterEach(async () => {
  reader.close();
  db.close();
  await rm(folder, { recursive: true });
});

const insert = (count: number): void => {
  for (let n = 0; n < count; n += 1) db.prepare('INSERT INTO one VALUES (?)').run(n);
};
const written = (): unknown => reader.prepare('SELECT count(*) FROM one').pluck().get();

it('writes what has come together so far at each settling, and the rest at the end', async () => {
  const seen: unknown[] = [];
  await inStretches(
    db,
    async (settle) => {
      for (const count of [3, 3, 5]) {
        insert(count);
        settle();
        seen.push(written());
      }
      insert(1);
    },
    5,
  );
  expect(seen).toEqual([0, 6, 11]);
  expect(written()).toBe(12);
});

it('undoes the stretch that failed', async () => {
  const failing = inStretches(
    db,
    async (settle) => {
      insert(5);
      settle();
      insert(2);
      throw new Error('pulled out');
    },
    5,
  );
  await expect(failing).rejects.toThrow('pulled out');
  expect(db.inTransaction).toBe(false);
  expect(written()).toBe(5);
});
