import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { newSigningKey, signBytes } from '../../../electron/crypto/ed25519.ts';
import { migrate } from '../../../electron/db/migrate.ts';
import { migrations } from '../../../electron/db/migrations/index.ts';
import { inTransaction } from '../../../electron/db/transaction.ts';
import { unwatched } from '../../../electron/ipc/handlers.ts';
import { canonical, sha256, signedBytes } from '../../../electron/journal/entry-line.ts';
import { openJournal } from '../../../electron/journal/journal.ts';
import { projection } from '../../../electron/journal/projection.ts';
import { type Kit, takeKit } from '../../../electron/site/kit.ts';
import { rosterProjection } from '../../../electron/roster/store.ts';
import { siteProjection, siteStore } from '../../../electron/site/store.ts';
import { type Entry, entryKind, GENESIS } from '../../../shared/entry.ts';
import { aJournal, type TestJournal } from '../../support/journal.ts';

const STATION = '999999010100-1';
const named = z.strictObject({ id: z.string().min(1) });

/** A slice as small as can be: a table that takes every id once. */
const notes = projection({
  name: 'note',
  version: 1,
  kinds: {
    'note.written': entryKind(named, { from: 'both' }),
    'note.decreed': entryKind(named, { from: 'bureau' }),
    'note.signed': entryKind(named, { from: 'both', signed: true }),
  },
  tables: ['note'],
  schema: 'CREATE TABLE note (id TEXT PRIMARY KEY) STRICT',
  prepare: (db) => {
    const write = db.prepare('INSERT INTO note (id) VALUES (?)');
    const note = ({ id }: { id: string }): void => void write.run(id);
    return { 'note.written': note, 'note.decreed': note, 'note.signed': note };
  },
});

let at: TestJournal;
let prev = GENESIS;
beforeEach(async () => {
  at = await aJournal([siteProjection, rosterProjection, notes], { site: '999999010000-1', kind: 'bureau' });
  prev = GENESIS;
});
afterEach(() => {
  at.close();
});

/** Takes the station's next entry; where it is kept but not believed, the code. */
function takes(part: Pick<Entry, 'kind' | 'body'> & Partial<Entry>, sign: (entry: Entry) => Entry = (same) => same) {
  const { seq } = at.journal.head(STATION);
  const entry = sign({ v: 1, stream: STATION, seq: seq + 1, at: '2026-11-24T01:00:00Z', by: 'system', prev, ...part });
  const line = canonical(entry);
  const hash = sha256(line);
  prev = hash.toString('hex');
  const applied = at.db.transaction(() => at.journal.take(entry, line, hash))();
  return applied === 'accepted' ? applied : applied.quarantined;
}

test('what a station may not say, or not so, is kept apart and named; what follows is taken', () => {
  const id = '1';
  expect(takes({ kind: 'note.sung', body: { id } })).toBe('entry.kind-unknown');
  expect(takes({ kind: 'note.decreed', body: { id } })).toBe('entry.not-allowed-here');
  expect(takes({ kind: 'note.written', body: { id: '' } })).toBe('entry.body-invalid');
  expect(takes({ kind: 'note.written', body: { id } })).toBe('accepted');
  expect(takes({ kind: 'note.written', body: { id } })).toBe('entry.refused-by-rules');
  expect(takes({ kind: 'note.written', body: { id: '2' } })).toBe('accepted');
});

test('a personal act counts only under a key its author is known by', () => {
  const { publicKey, privateKey } = newSigningKey();
  const stranger = newSigningKey();
  const by = randomUUID();
  const account = { id: by, name: '王所长', loginName: 'wang', roles: ['chief'], personId: null, publicKey };
  const signedWith =
    (key: typeof privateKey) =>
    (entry: Entry): Entry => ({ ...entry, sig: signBytes(key, signedBytes(entry)).toString('base64') });
  expect(takes({ kind: 'site.account-created', body: account })).toBe('accepted');
  expect(takes({ kind: 'note.signed', body: { id: '1' }, by })).toBe('journal.unsigned');
  const forged = { kind: 'note.signed', body: { id: '1' }, by };
  expect(takes(forged, signedWith(stranger.privateKey))).toBe('entry.signature-invalid');
  expect(takes(forged, signedWith(privateKey))).toBe('accepted');
});

/** A kit with one entry. */
function kitWith(entry: Entry): Kit {
  const line = canonical(entry);
  return {
    site: at.self.site,
    station: '城关派出所',
    bureau: '青山县公安局',
    bureauSite: '999999010000-1',
    signPublicKey: '',
    recipient: '',
    secret: Buffer.alloc(32),
    signed: { manifest: { streams: [] } } as unknown as Kit['signed'],
    people: 0,
    formerEntries: null,
    attachments: [],
    attachment: async () => Buffer.alloc(0),
    entries: async function* () {
      yield [{ entry, line, hash: sha256(line) }];
    },
    dispose: async () => {},
  };
}

const takesKit = (kit: Kit): Promise<number> =>
  takeKit({ db: at.db, journal: at.journal, attachments: { add: () => expect.unreachable() } }, kit, unwatched);

const first = (stream: string, id: string): Entry => {
  const place = { v: 1, stream, seq: 1, at: '2026-11-24T01:00:00Z', by: 'system', prev: GENESIS } as const;
  return { ...place, kind: 'note.written', body: { id } };
};

test('a kit that brings entries of the site’s own stream is refused', async () => {
  await expect(takesKit(kitWith(first(at.self.site, '1')))).rejects.toThrow('journal.not-its-stream');
  expect(at.journal.head(at.self.site).seq).toBe(0);
});

test('a kit that tells another history than the one that is here is refused', async () => {
  const kit = kitWith(first('999999010000-1/common', '1'));
  const { hash } = at.journal.append('note.written', { id: '9' }, { id: 'system', key: null });
  const other = first('999999010000-1/common', '2');
  at.journal.together(() => at.journal.take(other, canonical(other), sha256(canonical(other))));
  await expect(takesKit(kit)).rejects.toThrow('site.kit-differs');
  // The same under the number of an entry of its own.
  await expect(takesKit(kitWith(first(at.self.site, '1')))).rejects.toThrow('site.kit-differs');
  expect(at.journal.head(at.self.site)).toEqual({ seq: 1, hash });
});

test('a database of a newer version is left as it is', () => {
  expect(() => {
    migrate(at.db, []);
  }).toThrow('database.too-new');
  expect(at.db.pragma('user_version', { simple: true })).toBe(migrations.length);
});

const quarantined = () => at.db.prepare('SELECT seq, code FROM quarantined ORDER BY seq').all();
const reconsider = (...seqs: readonly number[]) =>
  inTransaction(at.db, () =>
    at.journal.reconsider(
      seqs.map((seq) => ({ stream: STATION, seq })),
      async () => {},
    ),
  );

/** The same journal under an application that knows one kind more. */
function updated(): void {
  const kinds = { ...notes.kinds, 'note.sung': entryKind(named, { from: 'both' }) };
  const newer = projection({
    ...notes,
    kinds,
    prepare: (db) => {
      const write = db.prepare('INSERT INTO note (id) VALUES (?)');
      const note = ({ id }: { id: string }): void => void write.run(id);
      return { 'note.written': note, 'note.decreed': note, 'note.signed': note, 'note.sung': note };
    },
  });
  const projections = [siteProjection, rosterProjection, newer];
  const { publicKeysOf } = siteStore(at.db, at.self.site);
  at = { ...at, journal: openJournal(at.db, projections, at.self, () => at.now.value, publicKeysOf) };
}

test('what an update has learnt to read is taken in its place, and what waited for it as well', async () => {
  expect(takes({ kind: 'note.sung', body: { id: '1' } })).toBe('entry.kind-unknown');
  expect(takes({ kind: 'note.written', body: { id: '2' } })).toBe('accepted');
  expect(takes({ kind: 'note.written', body: { id: '' } })).toBe('entry.body-invalid');
  expect(await reconsider(1, 3)).toEqual([
    { quarantined: 'entry.kind-unknown' },
    { quarantined: 'entry.body-invalid' },
  ]);
  updated();
  expect(await reconsider(3, 1)).toEqual([{ quarantined: 'entry.body-invalid' }, 'accepted']);
  expect(quarantined()).toEqual([{ seq: 3, code: 'entry.body-invalid' }]);
  expect(at.db.prepare('SELECT id FROM note ORDER BY rowid').all()).toEqual([{ id: '1' }, { id: '2' }]);
});

test('an entry is not taken at the price of one that stands behind it', async () => {
  expect(takes({ kind: 'note.sung', body: { id: '1' } })).toBe('entry.kind-unknown');
  expect(takes({ kind: 'note.written', body: { id: '1' } })).toBe('accepted');
  updated();
  await expect(reconsider(1)).rejects.toMatchObject({
    problem: { code: 'journal.displaces-others', detail: { seq: 2, code: 'entry.refused-by-rules' } },
  });
  expect(quarantined()).toEqual([{ seq: 1, code: 'entry.kind-unknown' }]);
  expect(at.db.prepare('SELECT id FROM note').all()).toEqual([{ id: '1' }]);
});
