import { generateKeyPairSync, sign } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Entry } from '../../../shared/entry.ts';
import type { Kept } from '../../../shared/give-back.ts';
import type { Manifest } from '../../../shared/manifest.ts';
import { keepStreamProofs } from '../../../electron/bundle/stream-proofs.ts';
import { broughtBack as writtenBack, takeBack } from '../../../electron/handoff/give-back.ts';
import { canonical, sha256 } from '../../../electron/journal/entry-line.ts';
import { inTransaction } from '../../../electron/db/transaction.ts';
import { SYSTEM } from '../../../electron/journal/journal.ts';
import { projections } from '../../../electron/slices.ts';
import { broughtBack } from '../../verify/kept.ts';
import { ed25519Key } from '../../verify/succession.ts';
import { aJournal, type TestJournal } from '../../support/journal.ts';

const BUREAU = '999999010000-1';
const STATION = '999999010100-1';
const STREAM = `${BUREAU}/${STATION}`;
const ours = generateKeyPairSync('ed25519');
const theirs = generateKeyPairSync('ed25519');
const rawKey = (key: typeof ours.publicKey): string =>
  Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64');
const OWN_KEYS = [rawKey(ours.publicKey)];

let written: TestJournal;
let restored: TestJournal;
beforeEach(async () => {
  const self = { site: BUREAU, kind: 'bureau' } as const;
  written = await aJournal(projections, self);
  restored = await aJournal(projections, self);
});
afterEach(() => {
  written.close();
  restored.close();
});

/** The stream before it was lost: three entries, of which the restored bureau has the first. */
function lost(): string[] {
  const lines = ['甲', '乙', '丙'].map((name) => {
    const { hash: _hash, ...entry } = written.journal.append(
      'site.station-registered',
      { site: STATION, name },
      SYSTEM,
      STATION,
    );
    return canonical(entry);
  });
  const [first = ''] = lines;
  restored.journal.together(() => restored.journal.take(JSON.parse(first) as Entry, first, sha256(first)));
  return lines.slice(1);
}

type Signed = { readonly key?: typeof ours.privateKey; readonly manifest?: Record<string, unknown> };

/** The file of a report, with the manifest of a return that ends at the last line of the true stream. */
function kept(lines: readonly string[], { key = ours.privateKey, manifest = {} }: Signed = {}): Buffer {
  const head = written.journal.head(STREAM);
  const bytes = Buffer.from(
    canonical({
      ...{ format: 'lijing-bundle', version: 1, kind: 'return', from: BUREAU, to: STATION, number: 1, appVersion: '0' },
      ...{ at: '2026-11-24T01:00:00.000Z', known: [], attachments: [], files: [] },
      ...{ entries: { sizeBytes: 0, sha256: '0'.repeat(64) }, countsByKind: { 'site.station-registered': 2 } },
      streams: [{ stream: STREAM, first: 2, last: 3, prev: '0'.repeat(64), head: head.hash, count: 2 }],
      ...manifest,
    }),
  );
  const sig = sign(null, bytes, key).toString('base64');
  return Buffer.from(JSON.stringify({ v: 1, streams: [{ stream: STREAM, lines, manifest: bytes.toString(), sig }] }));
}

/** What the restored bureau takes of it. */
const taken = (...files: readonly (Buffer | null)[]): Promise<number> => {
  const named = new Map(
    files.map((file, index) => [index === 0 ? 'kept.json' : `kept-${String(index + 1)}.json`, file]),
  );
  return inTransaction(restored.db, async () =>
    takeBack(async (name) => named.get(name) ?? null, restored.journal, OWN_KEYS),
  );
};

/** What the verifier, which shares no code with the application, makes of it. */
const verified = (...files: readonly (Buffer | null)[]) =>
  broughtBack(
    files.map((file) => JSON.parse(file?.toString() ?? 'null') as unknown),
    BUREAU,
    ed25519Key(rawKey(ours.publicKey)),
  );

test('entries of its own that a bureau has lost are taken in as they were, up to where it has signed itself', async () => {
  const lines = lost();
  expect(await taken(kept(lines))).toBe(2);
  expect(restored.journal.head(STREAM)).toEqual(written.journal.head(STREAM));
  expect(await taken(kept(lines))).toBe(0);
  expect(verified(kept(lines))).toHaveLength(2);
});

test('what one file does not hold goes on in the next, and is taken whole or not at all', async () => {
  const [second = '', third = ''] = lost();
  const parts = [kept([second]), kept([third])];
  expect(await taken(parts[0] ?? null)).toBe(0);
  expect(await taken(...parts.toReversed())).toBe(0);
  expect(() => verified(...parts.toReversed())).toThrow();
  expect(verified(...parts)).toHaveLength(2);
  expect(await taken(...parts)).toBe(2);
  expect(restored.journal.head(STREAM)).toEqual(written.journal.head(STREAM));
  expect(await taken(...parts)).toBe(0);
});

test('a station brings back all it holds, in as many files as that takes', async () => {
  const lines = lost();
  const station = await aJournal(projections, { site: STATION, kind: 'station' });
  const entries = written.db.prepare<[], { line: string }>('SELECT line FROM entry ORDER BY seq').all();
  station.journal.together(() => {
    for (const { line } of entries) station.journal.take(JSON.parse(line) as Entry, line, sha256(line));
  });
  const { streams } = JSON.parse(kept(lines).toString()) as Kept;
  const [proof] = streams;
  const signed = { manifest: Buffer.from(proof?.manifest ?? ''), signature: Buffer.from(proof?.sig ?? '', 'base64') };
  keepStreamProofs(station.db, { manifest: JSON.parse(proof?.manifest ?? '') as Manifest, proof: signed });
  const wanted = [{ stream: STREAM, seq: 1 }];
  const whole = writtenBack(station, wanted);
  expect(whole?.files.map(({ name }) => name)).toEqual(['kept.json']);
  const halfBytes = (whole?.files[0]?.bytes.length ?? 0) - 100;
  const back = writtenBack(station, wanted, halfBytes);
  expect(() => writtenBack(station, wanted, halfBytes, 1)).toThrow('handoff.kept-too-large');
  station.close();
  expect(back?.files.map(({ name }) => name)).toEqual(['kept.json', 'kept-2.json']);
  expect(back?.ranges).toEqual([{ stream: STREAM, first: 2, last: 3 }]);
  expect(await taken(...(back?.files ?? []).map(({ bytes }) => bytes))).toBe(2);
  expect(restored.journal.head(STREAM)).toEqual(written.journal.head(STREAM));
});

test('nothing is taken that the bureau has not signed itself, word for word', async () => {
  const [second = '', third = ''] = lost();
  const forged: Readonly<Record<string, Buffer | null>> = {
    'no file': null,
    'no such file': Buffer.from('{}'),
    'another signer': kept([second, third], { key: theirs.privateKey }),
    'another word': kept([second.replace('乙', '丁'), third]),
    'another end': kept([second]),
    'a report': kept([second, third], { manifest: { kind: 'report', from: BUREAU, streams: [] } }),
    'another bureau': kept([second, third], { manifest: { from: '999999020000-1', streams: [] } }),
    'no manifest': kept([second, third], { manifest: { version: 2 } }),
    'no entry': kept([second, `${third} `]),
  };
  for (const [what, file] of Object.entries(forged)) {
    expect(await taken(file), what).toBe(0);
    expect(() => verified(file), what).toThrow();
  }
  // A run of entries in itself, but none that goes on from here.
  expect(await taken(kept([third]))).toBe(0);
  expect(restored.journal.head(STREAM).seq).toBe(1);
});

test('what does not go on from where the bureau stands is left to people', async () => {
  const lines = lost();
  restored.journal.append('site.station-registered', { site: STATION, name: '戊' }, SYSTEM, STATION);
  expect(await taken(kept(lines))).toBe(0);
});
