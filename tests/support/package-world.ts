import { gzipSync } from 'node:zlib';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import type { PackedEntry } from '../../electron/bundle/entry-lines.ts';
import { gunzipped } from '../../electron/bundle/gzip.ts';
import { type OpenPackage, type OpenSpec, openPackage } from '../../electron/bundle/read-package.ts';
import { type PackageContents, writePackage } from '../../electron/bundle/write-package.ts';
import { type OpenWith, type SealTo, sealed, unsealed } from '../../electron/crypto/age.ts';
import { newSigningKey, signBytes } from '../../electron/crypto/ed25519.ts';
import { canonical, sha256 } from '../../electron/journal/entry-line.ts';
import { type Entry, GENESIS } from '../../shared/entry.ts';
import { type Result, ok } from '../../shared/problem.ts';
import { memoryDisk } from './memory-disk.ts';

export const STATION = '999999000001-1';
export const BUREAU = '999999000000-1';

/** Canonical lines of a chain of `count` entries that follows on `prev`. */
export function entryLines(
  count: number,
  spec: { stream?: string; first?: number; prev?: string; text?: string } = {},
): string[] {
  const { stream = STATION, first = 1, text = '每周学习' } = spec;
  let prev = spec.prev ?? GENESIS;
  return Array.from({ length: count }, (_, index) => {
    const entry: Entry = {
      v: 1,
      stream,
      seq: first + index,
      at: new Date(Date.UTC(2026, 10, 24) + index * 60_000).toISOString(),
      by: 'system',
      kind: index % 3 === 0 ? 'training.session-recorded' : 'roster.person-recorded',
      body: { number: index, text },
      prev,
    };
    const line = canonical(entry);
    prev = sha256(line).toString('hex');
    return line;
  });
}

export const anAttachment = (bytes: Uint8Array): PackageContents['attachments'][number] => ({
  sha256: sha256(bytes).toString('hex'),
  sizeBytes: bytes.length,
  read: () => Promise.resolve(ok(bytes)),
});

export type ContentsOver = Partial<PackageContents> & { readonly lines?: readonly string[] };
export const contents = (over: ContentsOver = {}): PackageContents => {
  const { lines = entryLines(3), ...rest } = over;
  return {
    kind: 'report',
    from: STATION,
    to: BUREAU,
    number: 7,
    appVersion: '0.1.0',
    at: '2026-11-24T08:00:00.000Z',
    known: [],
    linePages: () => [lines],
    attachments: [],
    files: [],
    ...rest,
  };
};

/** Sealed to a code with next to no work, for tests that open thousands of packages. */
export const CHEAP_CODE = { code: 'K7QM-3XTR', logN: 1 };

/** A station with its signing key, a bureau with its age identity (classical, for speed), and a stick between them. */
export async function packageWorld() {
  const { disk, files } = memoryDisk();
  const path = '/stick/report.lijing';
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  const { publicKey, privateKey } = newSigningKey();
  const sign = (bytes: Uint8Array): Buffer => signBytes(privateKey, bytes);
  const bureau: OpenWith = { identities: [identity] };

  const write = (over: ContentsOver = {}, to: SealTo = { recipients: [recipient] }) =>
    writePackage(contents(over), { to, sign }, { path, disk });
  const open = (over: Partial<OpenSpec> = {}): Promise<Result<OpenPackage>> =>
    openPackage({
      path,
      keys: bureau,
      tempDir: '/temp',
      expect: { kind: 'report', to: BUREAU },
      keysOf: () => ok([publicKey]),
      disk,
      ...over,
    });
  /** The tar inside the package on the stick. */
  const tarOf = (keys: OpenWith = bureau): Promise<Buffer> =>
    allOf(gunzipped(unsealed(piecesOf(files.get(path) ?? Buffer.alloc(0)), keys)));
  /** Puts any bytes in the package's place, compressed and sealed as they should be. */
  const forge = async (tar: Uint8Array, to: SealTo = { recipients: [recipient] }): Promise<void> =>
    void files.set(path, await allOf(sealed(piecesOf(gzipSync(tar)), to)));
  return { disk, files, path, identity, recipient, publicKey, sign, write, open, tarOf, forge };
}
export type PackageWorld = Awaited<ReturnType<typeof packageWorld>>;

export async function* piecesOf(...pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}

export async function allOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

export async function entriesOf(opened: OpenPackage): Promise<readonly PackedEntry[]> {
  const all: PackedEntry[] = [];
  for await (const batch of opened.entries()) all.push(...batch);
  return all;
}
