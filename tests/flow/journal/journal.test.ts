import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { openDatabase } from '../../../electron/db/open.ts';
import { replay } from '../../../electron/journal/journal.ts';
import { projection } from '../../../electron/journal/projection.ts';
import { verifyChain } from '../../../electron/journal/verify.ts';
import { rosterProjection } from '../../../electron/roster/store.ts';
import { siteProjection } from '../../../electron/site/store.ts';
import { newSigningKey } from '../../../electron/crypto/ed25519.ts';
import { entryKind } from '../../../shared/entry.ts';
import { aJournal, rowsOf, type TestJournal } from '../../support/journal.ts';

const kinds = {
  'note.written': entryKind(z.strictObject({ id: z.string(), text: z.string().min(1) }), { from: 'both' }),
  'note.signed': entryKind(z.strictObject({ id: z.string() }), { from: 'both', signed: true }),
};

/** A slice as small as can be: one table with a rule of its own. */
const notes = projection({
  name: 'note',
  version: 1,
  kinds,
  tables: ['note'],
  schema: `CREATE TABLE note (id TEXT PRIMARY KEY, text TEXT NOT NULL CHECK (text <> 'forbidden'), signed INTEGER NOT NULL DEFAULT 0) STRICT`,
  prepare: (db) => {
    const write = db.prepare('INSERT INTO note (id, text) VALUES (?, ?)');
    const sign = db.prepare('UPDATE note SET signed = 1 WHERE id = ?');
    return {
      'note.written': ({ id, text }) => void write.run(id, text),
      'note.signed': ({ id }) => void sign.run(id),
    };
  },
});

const projections = [siteProjection, rosterProjection, notes];
const opened: TestJournal[] = [];
const open = async (...args: Parameters<typeof aJournal> | []): Promise<TestJournal> => {
  const journal = await aJournal(args[0] ?? projections, args[1]);
  opened.push(journal);
  return journal;
};
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
});

const nobody = { id: 'system', key: null };

/** An account of the site, with its signing key. */
function anAccount({ journal }: TestJournal) {
  const { publicKey, privateKey } = newSigningKey();
  const id = randomUUID();
  const account = { id, name: '王所长', loginName: `w${id.slice(0, 6)}`, roles: ['chief'], personId: null, publicKey };
  journal.append('site.account-created', account, nobody);
  return { id, key: privateKey };
}

test('an entry and its row stand or fall together', async () => {
  const { db, journal, self } = await open();
  expect(() => journal.append('note.written', { id: '1', text: 'forbidden' }, nobody)).toThrow(/CHECK/);
  expect(journal.head(self.site).seq).toBe(0);
  expect(db.prepare('SELECT count(*) AS n FROM note').get()).toEqual({ n: 0 });
});

test('several entries as one change leave nothing when the last is refused', async () => {
  const { journal, self } = await open();
  const both = () =>
    journal.together(() => {
      journal.append('note.written', { id: '1', text: 'kept?' }, nobody);
      journal.append('note.written', { id: '1', text: 'twice' }, nobody);
    });
  expect(both).toThrow(/UNIQUE/);
  expect(journal.head(self.site).seq).toBe(0);
});

test('a personal act without a key is refused, with one it can be checked', async () => {
  const at = await open();
  at.journal.append('note.written', { id: '1', text: 'a' }, nobody);
  expect(() => at.journal.append('note.signed', { id: '1' }, nobody)).toThrow('journal.unsigned');
  const chief = anAccount(at);
  expect(at.journal.append('note.signed', { id: '1' }, chief).sig).toHaveLength(88);
  expect((await verifyChain(at.db, async () => {})).faults).toEqual([]);
});

test('the journal can be neither changed nor shortened through the connection', async () => {
  const { db, journal } = await open();
  journal.append('note.written', { id: '1', text: 'a' }, nobody);
  expect(() => db.prepare(`UPDATE entry SET author = 'x'`).run()).toThrow('append-only');
  expect(() => db.prepare('DELETE FROM entry').run()).toThrow('append-only');
});

test('whatever is changed in any row behind its back is found and named', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 20 }), fc.nat(), async (count, at) => {
      const { db, journal, self, close } = await aJournal(projections);
      const chief = anAccount({ journal } as TestJournal);
      for (let n = 0; n < count; n += 1) {
        journal.append('note.written', { id: String(n), text: 'text' }, nobody);
        journal.append('note.signed', { id: String(n) }, chief);
      }
      const seq = 1 + (at % (count * 2 + 1));
      db.exec('DROP TRIGGER entry_is_never_changed');
      db.prepare(`UPDATE entry SET line = replace(line, '"v":1', '"v":2') WHERE seq = ?`).run(seq);
      const { faults } = await verifyChain(db, async () => {});
      close();
      expect(faults[0]).toEqual({ stream: self.site, seq, code: 'journal.hash-differs' });
    }),
    { numRuns: 20 },
  );
});

test('a forged entry with a right hash breaks the link behind it', async () => {
  const { db, journal, self } = await open();
  for (const id of ['1', '2', '3']) journal.append('note.written', { id, text: id }, nobody);
  db.exec('DROP TRIGGER entry_is_never_changed');
  const { createHash } = await import('node:crypto');
  const row = db.prepare<[], { line: string }>('SELECT line FROM entry WHERE seq = 2').get();
  const line = (row?.line ?? '').replace('"text":"2"', '"text":"9"');
  db.prepare('UPDATE entry SET line = ?, hash = ? WHERE seq = 2').run(line, createHash('sha256').update(line).digest());
  const { faults } = await verifyChain(db, async () => {});
  expect(faults).toEqual([{ stream: self.site, seq: 3, code: 'journal.chain-broken' }]);
});

test('a clock that jumps back is counted, and the order stays that of the entries', async () => {
  const at = await open();
  at.journal.append('note.written', { id: '1', text: 'a' }, nobody);
  at.now.value = new Date('2016-01-01T00:00:00Z');
  at.journal.append('note.written', { id: '2', text: 'b' }, nobody);
  expect(await verifyChain(at.db, async () => {})).toMatchObject({ clockJumps: 1, faults: [] });
});

test('replay makes the same tables, byte for byte, from any history', async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('note.written'), id: fc.uuid(), text: fc.string({ minLength: 1 }) }),
    fc.record({ kind: fc.constant('site.renamed'), id: fc.uuid(), text: fc.constant('城关派出所') }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const { db, journal, self, close } = await aJournal(projections);
      for (const { kind, id, text } of steps)
        journal.append(kind, kind === 'site.renamed' ? { printingName: text } : { id, text }, nobody);
      const before = rowsOf(db, projections);
      await replay(db, projections, self, async () => {});
      const after = rowsOf(db, projections);
      close();
      expect(after).toEqual(before);
    }),
    { numRuns: 25 },
  );
});

test('a replay that is broken off leaves the tables as they were', async () => {
  const { db, journal, self } = await open();
  journal.append('note.written', { id: '1', text: 'a' }, nobody);
  const before = rowsOf(db, projections);
  const stopped = replay(db, projections, self, () => Promise.reject(new Error('cancelled')));
  await expect(stopped).rejects.toThrow('cancelled');
  expect(rowsOf(db, projections)).toEqual(before);
});

test('the file says nothing without its key', async () => {
  const { path, journal } = await open();
  journal.append('note.written', { id: '1', text: 'a' }, nobody);
  expect(() => openDatabase(path, Buffer.alloc(32), 'write')).toThrow('database.damaged');
});

test('the connection for queries cannot write', async () => {
  const { path, dataKey } = await open();
  const reader = openDatabase(path, dataKey, 'read');
  expect(() => reader.prepare(`INSERT INTO note (id, text) VALUES ('x', 'y')`).run()).toThrow(/readonly/);
  reader.close();
});
