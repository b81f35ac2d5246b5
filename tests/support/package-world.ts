import type { KeyObject } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { type PackageContents, writePackage } from '../../electron/bundle/write-package.ts';
import { type OpenPackage, type OpenSpec, openPackage } from '../../electron/bundle/read-package.ts';
import { newSigningKey, signBytes } from '../../electron/crypto/ed25519.ts';
import { canonical, sha256 } from '../../electron/journal/entry-line.ts';
import { type Entry, GENESIS } from '../../shared/entry.ts';
import { type Result, ok } from '../../shared/problem.ts';

export const STATION = '999999000001-1';
export const BUREAU = '999999000000-1';

export const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'lijing-'));

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

export const contents = (over: Partial<PackageContents> & { lines?: readonly string[] } = {}): PackageContents => {
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

/** A station with its signing key, a bureau with its age identity (classical, for speed), and a folder between them. */
export type PackageWorld = Awaited<ReturnType<typeof packageWorld>>;
export async function packageWorld() {
  const folder = await temporaryFolder();
  const tempDir = await temporaryFolder();
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  const { publicKey, privateKey } = newSigningKey();
  const sign = (bytes: Uint8Array, key: KeyObject = privateKey): Buffer => signBytes(key, bytes);
  const path = join(folder, 'report.lijing');

  const write = (
    over: Parameters<typeof contents>[0] = {},
    to: Parameters<typeof writePackage>[1]['to'] = { recipients: [recipient] },
  ) => writePackage(contents(over), { to, sign }, { path });
  const open = (over: Partial<OpenSpec> = {}): Promise<Result<OpenPackage>> =>
    openPackage({
      path,
      keys: { identities: [identity] },
      tempDir,
      expect: { kind: 'report', to: BUREAU },
      keyOf: () => ok(publicKey),
      ...over,
    });
  return { folder, tempDir, path, identity, recipient, publicKey, sign, write, open };
}
