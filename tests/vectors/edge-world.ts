import type { KeyObject } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  Encrypter,
  generateHybridIdentity,
  generateX25519Identity,
  identityToRecipient,
  type Recipient,
} from 'age-encryption';
import { pairingMac } from '../../electron/bundle/pairing.ts';
import { newSigningKey, signBytes } from '../../electron/crypto/ed25519.ts';
import { newSpokenKey } from '../../electron/crypto/spoken-key.ts';
import { canonical, sha256 } from '../../electron/journal/entry-line.ts';
import type { Entry } from '../../shared/entry.ts';
import { joined, type Member, tarOf } from '../support/tar.ts';
import { BUREAU, entryLines, STATION } from '../support/package-world.ts';
import type { Vector, Vectors } from './vectors.ts';

/** Everything of a package that a vector may have otherwise; each part is made right from the ones before it. */
export type Edge = {
  readonly kind?: Vector['kind'];
  readonly to?: string;
  readonly lines?: readonly string[];
  /** In place of the lines, whose digest the manifest then has. */
  readonly entries?: Buffer;
  readonly files?: readonly Member[];
  readonly scans?: readonly Buffer[];
  /** What the manifest says otherwise. */
  readonly manifest?: object;
  readonly manifestBytes?: (bytes: Buffer) => Buffer;
  /** In place of the key that is trusted. */
  readonly by?: KeyObject;
  readonly signature?: (signature: Buffer) => Buffer;
  readonly members?: (members: readonly Member[]) => readonly Member[];
  readonly tar?: (tar: Buffer) => Buffer;
  readonly gzip?: (tar: Buffer) => Buffer;
  readonly recipients?: readonly (string | Recipient)[];
  /** Of the code, where the package is sealed to one. */
  readonly logN?: number;
  readonly sealed?: (file: Buffer) => Buffer | Promise<Buffer>;
};

const digestOf = (bytes: Buffer) => ({ sizeBytes: bytes.length, sha256: sha256(bytes).toString('hex') });

/** What a manifest says of these lines. */
function stated(lines: readonly string[]) {
  const entries = lines.map((line) => ({ ...(JSON.parse(line) as Entry), hash: sha256(line).toString('hex') }));
  const range = (own: typeof entries) => ({
    first: own[0]?.seq ?? 0,
    last: own.at(-1)?.seq ?? 0,
    prev: own[0]?.prev ?? '',
    head: own.at(-1)?.hash ?? '',
    count: own.length,
  });
  return {
    streams: [...Map.groupBy(entries, ({ stream }) => stream)].map(([stream, own]) => ({ stream, ...range(own) })),
    countsByKind: Object.fromEntries(
      [...Map.groupBy(entries, ({ kind }) => kind)].map(([kind, own]) => [kind, own.length]),
    ),
  };
}

/** The keys of the list, and how its packages are made and put down. */
export async function edgeWorld(folder: string) {
  const [identity, hybridIdentity] = [await generateX25519Identity(), await generateHybridIdentity()];
  const [recipient, hybridRecipient] = [await identityToRecipient(identity), await identityToRecipient(hybridIdentity)];
  const first = newSigningKey();
  const { publicKey: signPublicKey, privateKey } = first;
  const spokenCode = newSpokenKey(12);
  const secret = Buffer.alloc(32, 7);
  const vectors: Vector[] = [];

  /** The sender's keys, proven with the kit's secret. */
  const pairing = (from: string, to: string) => {
    const keys = { signPublicKey, recipient };
    return { ...keys, mac: pairingMac(secret, { from, to, ...keys }) };
  };

  function manifestOf({
    kind = 'report',
    to: given,
    lines = entryLines(3),
    entries,
    files = [],
    scans = [],
    manifest,
  }: Edge) {
    const [from, to] = kind === 'report' ? [STATION, BUREAU] : [BUREAU, given ?? STATION];
    return {
      ...{ format: 'lijing-bundle', version: 1, kind, from, to, number: 1, appVersion: '0.1.0' },
      ...{ at: '2026-11-24T08:00:00.000Z', known: [], ...stated(lines), entries: digestOf(entries ?? joined(lines)) },
      attachments: scans.map(digestOf).toSorted((a, b) => (a.sha256 < b.sha256 ? -1 : 1)),
      files: files.map(([name, bytes]) => ({ name, ...digestOf(bytes) })),
      ...(kind === 'return' ? {} : { pairing: pairing(from, to) }),
      ...manifest,
    };
  }

  async function bytesOf(edge: Edge): Promise<Buffer> {
    const { kind = 'report', lines = entryLines(3), entries, files = [], scans = [] } = edge;
    const same = <T>(value: T): T => value;
    const manifest = (edge.manifestBytes ?? same)(Buffer.from(canonical(manifestOf(edge))));
    const signature = (edge.signature ?? same)(signBytes(edge.by ?? privateKey, manifest));
    const members: readonly Member[] = [
      ['manifest.json', manifest],
      ['manifest.sig', signature],
      ['entries.ndjson', entries ?? joined(lines)],
      ...files,
      ...scans
        .map((bytes): Member => [`attachments/${sha256(bytes).toString('hex')}`, bytes])
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ];
    const tar = (edge.tar ?? same)(tarOf((edge.members ?? same)(members)));
    const packed = (edge.gzip ?? gzipSync)(tar);
    const encrypter = new Encrypter();
    if (kind === 'kit' && !edge.recipients) {
      encrypter.setPassphrase(spokenCode.replaceAll('-', ''));
      encrypter.setScryptWorkFactor(edge.logN ?? 10);
    } else for (const one of edge.recipients ?? [recipient]) encrypter.addRecipient(one);
    return (edge.sealed ?? same)(Buffer.from(await encrypter.encrypt(packed)));
  }

  await mkdir(folder, { recursive: true });
  const put = async (
    name: string,
    about: string,
    code: string | null,
    edge: Edge,
    then: Pick<Vector, 'after' | 'together' | 'revoked'> = {},
  ): Promise<Buffer> => {
    const file = `${name}.lijing`;
    const bytes = await bytesOf(edge);
    await writeFile(join(folder, file), bytes);
    const after = then.after?.map((one) => `${one}.lijing`);
    const { kind = 'report' } = edge;
    vectors.push({ file, about, kind, code, ...then, ...(after ? { after } : {}) });
    return bytes;
  };
  const finish = async (): Promise<void> => {
    const keys = { identity, hybridIdentity, spokenCode, signPublicKey };
    const list: Vectors = { ...keys, bureau: BUREAU, station: STATION, vectors };
    await writeFile(join(folder, 'vectors.json'), `${JSON.stringify(list, null, 2)}\n`);
  };
  return {
    recipient,
    hybridRecipient,
    spokenCode,
    secret,
    /** The key that is trusted. */
    first,
    sign: (bytes: Buffer) => signBytes(privateKey, bytes),
    pairing,
    put,
    finish,
  };
}
export type EdgeWorld = Awaited<ReturnType<typeof edgeWorld>>;
