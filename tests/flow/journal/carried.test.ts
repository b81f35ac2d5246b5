import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { newSigningKey, signBytes } from '../../../electron/crypto/ed25519.ts';
import { handoffProjection } from '../../../electron/handoff/store.ts';
import { canonical, sha256, signedBytes } from '../../../electron/journal/entry-line.ts';
import { projection } from '../../../electron/journal/projection.ts';
import { rosterProjection } from '../../../electron/roster/store.ts';
import { siteProjection } from '../../../electron/site/store.ts';
import { type Entry, entryKind, GENESIS } from '../../../shared/entry.ts';
import { aJournal, type TestJournal } from '../../support/journal.ts';

const BUREAU = '999999010000-1';
const FORMER = '999999010100-1';
const ANEW = '999999010100-2';
const OTHER = '999999010200-1';
const named = z.strictObject({ id: z.string().min(1) });

/** A slice as small as can be: a table that takes every id once, and says whose it is. */
const notes = projection({
  name: 'note',
  version: 1,
  kinds: {
    'note.written': entryKind(named, { from: 'both' }),
    'note.decreed': entryKind(named, { from: 'bureau' }),
    'note.hidden': entryKind(named, { from: 'station', closed: true }),
    'note.signed': entryKind(named, { from: 'station', signed: true }),
  },
  tables: ['note'],
  schema: 'CREATE TABLE note (id TEXT PRIMARY KEY, owner TEXT NOT NULL, by TEXT NOT NULL) STRICT',
  prepare: (db) => {
    const write = db.prepare('INSERT INTO note (id, owner, by) VALUES (?, ?, ?)');
    const note = ({ id }: { id: string }, { owner, by }: { owner: string; by: string }): void =>
      void write.run(id, owner, by);
    return { 'note.written': note, 'note.decreed': note, 'note.hidden': note, 'note.signed': note };
  },
});

let at: TestJournal;
const heads = new Map<string, string>();
beforeEach(async () => {
  heads.clear();
  at = await aJournal([siteProjection, handoffProjection, rosterProjection, notes], { site: ANEW, kind: 'station' });
  takes('site.station-registered', { site: ANEW, name: '城关派出所' });
  takes('site.station-succeeded', { site: ANEW, former: FORMER });
});
afterEach(() => {
  at.close();
});

const anEntry = (part: Pick<Entry, 'stream' | 'kind' | 'body'> & Partial<Entry>): Entry => ({
  ...{ v: 1, seq: 9, at: '2026-11-24T01:00:00Z', by: 'system', prev: GENESIS },
  ...part,
});

/** Takes the next entry of a stream; where it is kept but not believed, the code. */
function takes(kind: string, body: Entry['body'], stream = `${BUREAU}/${ANEW}`) {
  const entry = anEntry({
    stream,
    seq: at.journal.head(stream).seq + 1,
    prev: heads.get(stream) ?? GENESIS,
    kind,
    body,
  });
  const line = canonical(entry);
  heads.set(stream, sha256(line).toString('hex'));
  const applied = at.db.transaction(() => at.journal.take(entry, line, sha256(line)))();
  return applied === 'accepted' ? applied : applied.quarantined;
}
function carries(entry: Entry, over: { readonly kind?: string; readonly hash?: string } = {}) {
  const { kind = 'handoff.entry-carried', hash = sha256(canonical(entry)).toString('hex') } = over;
  return takes(kind, { entry: { ...entry } as Entry['body'], hash });
}
const rows = () => at.db.prepare('SELECT id, owner, by FROM note ORDER BY id').all();
const note = (id: string, kind = 'note.written', stream: string = FORMER) => anEntry({ stream, kind, body: { id } });

test('it counts as the entry inside, of the station, by its author, and once', () => {
  const by = randomUUID();
  expect(carries({ ...note('1'), by })).toBe('accepted');
  expect(carries({ ...note('1'), by })).toBe('entry.refused-by-rules');
  expect(rows()).toEqual([{ id: '1', owner: FORMER, by }]);
  // What the computer in use writes is the same station's.
  at.journal.append('note.written', { id: '2' }, { id: by, key: null });
  expect(rows()).toEqual([
    { id: '1', owner: FORMER, by },
    { id: '2', owner: FORMER, by },
  ]);
});

test('it is refused when it is not what its stream knew, or not of a former computer of the station', () => {
  expect(carries(note('1'), { hash: 'a'.repeat(64) })).toBe('journal.hash-differs');
  for (const stream of [OTHER, ANEW, `${BUREAU}/${FORMER}`])
    expect(carries(note('1', 'note.written', stream))).toBe('journal.not-its-stream');
  expect(rows()).toEqual([]);
});

test('it is refused when a station may not write it, or the computer wrote it of itself', () => {
  expect(carries(note('1', 'note.decreed'))).toBe('entry.not-allowed-here');
  expect(carries(note('1', 'note.sung'))).toBe('entry.kind-unknown');
  expect(carries(anEntry({ stream: FORMER, kind: 'note.written', body: { id: '' } }))).toBe('entry.body-invalid');
  expect(carries(anEntry({ stream: FORMER, kind: 'site.signed-in', body: { failuresBefore: 0 } }))).toBe(
    'entry.not-allowed-here',
  );
  const own = note('1');
  const body = { entry: { ...own } as Entry['body'], hash: sha256(canonical(own)).toString('hex') };
  expect(takes('handoff.entry-carried', body, FORMER)).toBe('entry.not-allowed-here');
});

test('what is confidential is carried as confidential, and nothing else is', () => {
  const closed = { kind: 'handoff.closed-entry-carried' };
  expect(carries(note('1', 'note.hidden'))).toBe('entry.not-allowed-here');
  expect(carries(note('1'), closed)).toBe('entry.not-allowed-here');
  expect(carries(note('1', 'note.hidden'), closed)).toBe('accepted');
});

test('a personal act counts only under a key its author had at the former computer', () => {
  const { publicKey, privateKey } = newSigningKey();
  const by = randomUUID();
  const signed = (key: typeof privateKey): Entry => {
    const entry = { ...note('1', 'note.signed'), by };
    return { ...entry, sig: signBytes(key, signedBytes(entry)).toString('base64') };
  };
  expect(carries({ ...note('1', 'note.signed'), by })).toBe('journal.unsigned');
  expect(carries(signed(privateKey))).toBe('entry.signature-invalid');
  const account = { id: by, name: '王所长', loginName: 'wang', roles: ['chief'], personId: null, publicKey };
  expect(carries(anEntry({ stream: FORMER, kind: 'site.account-created', body: account }))).toBe('accepted');
  expect(carries(signed(newSigningKey().privateKey))).toBe('entry.signature-invalid');
  expect(carries(signed(privateKey))).toBe('accepted');
});
