import { createHash, webcrypto } from 'node:crypto';
import { Manifest, MANIFEST_VERSION } from '../../shared/manifest.ts';
import { ProblemError, type Result, ok } from '../../shared/problem.ts';
import { type SealTo, sealed } from '../crypto/age.ts';
import { realDisk, refuseWhenCancelled, settled } from '../files/disk.ts';
import { keptCopy } from '../files/keep-copy.ts';
import { type SafeWrite, type Written, safeWrite } from '../files/safe-write.ts';
import { canonical, placeOf, sha256 } from '../journal/entry-line.ts';
import { chainWalk } from './entry-lines.ts';
import { gzipStored, gzipped } from './gzip.ts';
import { TAR_END, memberBytes, paddingBytes, tarHeader } from './tar-layout.ts';

const PIECE = 1 << 20;

/** What goes into a package; everything of the manifest that is not computed from it. */
export type PackageContents = Pick<
  Manifest,
  'kind' | 'from' | 'to' | 'number' | 'appVersion' | 'at' | 'known' | 'medium' | 'pairing' | 'succession'
> & {
  /** Pages of canonical entry lines, stream by stream, without line feeds; asked for twice, and must say the same. */
  readonly linePages: () => Iterable<readonly string[]> | AsyncIterable<readonly string[]>;
  readonly attachments: readonly PackedAttachment[];
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
};
export type PackedAttachment = {
  readonly sha256: string;
  readonly sizeBytes: number;
  /** Asked for once, when its turn comes. */
  readonly read: () => Promise<Result<Uint8Array>>;
};

export type Sealing = {
  readonly to: SealTo;
  /** The sending site's Ed25519 signature, 64 bytes. */
  readonly sign: (bytes: Uint8Array) => Uint8Array;
  readonly signal?: AbortSignal;
  /** Of the bytes before packing. */
  readonly onProgress?: (doneBytes: number, totalBytes: number) => void;
};

/** A package whose manifest stands; its bytes can be made once. */
export type PreparedPackage = {
  readonly manifest: Manifest;
  /** The sealed bytes; throws a ProblemError when cancelled or when an attachment is not what it should be. */
  readonly bytes: () => AsyncGenerator<Uint8Array>;
  readonly atMostBytes: number;
};

/** Goes through the entries once, and makes and signs the manifest that commits to everything. */
export async function preparePackage(contents: PackageContents, sealing: Sealing): Promise<Result<PreparedPackage>> {
  return settled(async () => {
    const manifest = await manifestOf(contents, sealing.signal);
    const manifestBytes = Buffer.from(canonical(manifest));
    const signature = sealing.sign(manifestBytes);
    const small = [
      { name: 'manifest.json', bytes: manifestBytes },
      { name: 'manifest.sig', bytes: signature },
    ];
    const sizes = [manifestBytes.length, signature.length, manifest.entries.sizeBytes].concat(
      [...manifest.files, ...manifest.attachments].map(({ sizeBytes }) => sizeBytes),
    );
    const totalBytes = sizes.reduce((sum, size) => sum + memberBytes(size), TAR_END.length);
    const watch = watcher(totalBytes, sealing);
    async function* compressed(): AsyncGenerator<Uint8Array> {
      yield* gzipped(watch(headOfTar(small, contents, manifest)));
      const packTail = contents.attachments.length > 0 ? gzipStored : gzipped;
      yield* packTail(watch(tailOfTar(contents.attachments)));
    }
    return ok({ manifest, bytes: () => sealed(compressed(), sealing.to), atMostBytes: sealedAtMost(totalBytes) });
  });
}

export type PackageTarget = Omit<SafeWrite, 'bytes' | 'atMostBytes' | 'signal'> & {
  /** Where a copy stays on this computer; it is there when the package is. */
  readonly copy?: string;
  /** Where the sender knows better than the package how little it will need. */
  readonly atMostBytes?: number;
};

/** Prepares a package and writes it by the rules of `safeWrite`. */
export async function writePackage(
  contents: PackageContents,
  sealing: Sealing,
  { copy, ...target }: PackageTarget,
): Promise<Result<Written & { readonly manifest: Manifest }>> {
  const prepared = await preparePackage(contents, sealing);
  if (!prepared.ok) return prepared;
  const { manifest, bytes } = prepared.value;
  const { disk = realDisk } = target;
  const { signal } = sealing;
  const atMostBytes = Math.min(prepared.value.atMostBytes, target.atMostBytes ?? Infinity);
  const written = await safeWrite({
    ...target,
    bytes: copy === undefined ? bytes() : keptCopy(bytes(), copy, atMostBytes, disk),
    atMostBytes,
    ...(signal ? { signal } : {}),
  });
  if (!written.ok && copy !== undefined) await disk.remove(copy).catch(() => undefined);
  return written.ok ? ok({ ...written.value, manifest }) : written;
}

async function manifestOf(contents: PackageContents, signal: AbortSignal | undefined): Promise<Manifest> {
  const { linePages, attachments, files, ...stated } = contents;
  const entries = createHash('sha256');
  const walk = chainWalk();
  let sizeBytes = 0;
  for await (const page of linePages()) {
    refuseWhenCancelled(signal);
    for (const line of page) {
      const bytes = Buffer.from(`${line}\n`);
      walk.see(placeOf(line), sha256(bytes.subarray(0, -1)));
      entries.update(bytes);
      sizeBytes += bytes.length;
    }
  }
  // Parsed, so that no package leaves that the other side would refuse: a fault here is ours, and thrown.
  return Manifest.parse({
    ...stated,
    format: 'lijing-bundle',
    version: MANIFEST_VERSION,
    ...walk.result(),
    entries: { sizeBytes, sha256: entries.digest('hex') },
    attachments: inOrder(attachments).map(({ sha256, sizeBytes }) => ({ sha256, sizeBytes })),
    files: files.map(({ name, bytes }) => ({ name, sizeBytes: bytes.length, sha256: sha256(bytes).toString('hex') })),
  });
}

/** Counts what goes by, and stops it when the job is cancelled. */
function watcher(totalBytes: number, { signal, onProgress }: Sealing) {
  let doneBytes = 0;
  return async function* watched(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      refuseWhenCancelled(signal);
      yield piece;
      doneBytes += piece.length;
      onProgress?.(doneBytes, totalBytes);
    }
  };
}

/** Stored deflate adds 5 bytes to 16 KiB at worst, age 16 to 64 KiB; the rest is for the headers. */
export const sealedAtMost = (plainBytes: number): number => Math.ceil(plainBytes * 1.001) + 64 * 1024;

const inOrder = (attachments: readonly PackedAttachment[]): readonly PackedAttachment[] =>
  attachments.toSorted((a, b) => (a.sha256 < b.sha256 ? -1 : 1));

/** What compresses: manifest, signature, entries, further files. */
async function* headOfTar(
  small: readonly Member[],
  { linePages, files }: PackageContents,
  { entries }: Manifest,
): AsyncGenerator<Uint8Array> {
  for (const member of small) yield* memberPieces(member);
  yield tarHeader('entries.ndjson', entries.sizeBytes);
  const digest = createHash('sha256');
  for await (const page of linePages()) {
    const bytes = Buffer.from(page.map((line) => `${line}\n`).join(''));
    digest.update(bytes);
    yield bytes;
  }
  if (digest.digest('hex') !== entries.sha256) throw new Error('the entries were not the same the second time');
  yield Buffer.alloc(paddingBytes(entries.sizeBytes));
  for (const file of files) yield* memberPieces(file);
}

/** What does not: pictures and PDF. The next one is read and checked while this one is sealed. */
async function* tailOfTar(attachments: readonly PackedAttachment[]): AsyncGenerator<Uint8Array> {
  const queue = inOrder(attachments);
  let next = queue[0] && readAttachment(queue[0]);
  for (const [index, { sha256 }] of queue.entries()) {
    const bytes = next && (await next);
    const following = queue[index + 1];
    next = following && readAttachment(following);
    // Its failure is met on the next turn, if that comes.
    next?.catch(() => undefined);
    if (bytes) yield* memberPieces({ name: `attachments/${sha256}`, bytes });
  }
  yield TAR_END;
}

type Member = { readonly name: string; readonly bytes: Uint8Array };

function* memberPieces({ name, bytes }: Member): Generator<Uint8Array> {
  yield tarHeader(name, bytes.length);
  for (let start = 0; start < bytes.length; start += PIECE) yield bytes.subarray(start, start + PIECE);
  yield Buffer.alloc(paddingBytes(bytes.length));
}

async function readAttachment({ sha256: expected, sizeBytes, read }: PackedAttachment): Promise<Uint8Array> {
  const result = await read();
  if (!result.ok) throw new ProblemError(result.problem.code, result.problem.detail);
  const differs = result.value.length !== sizeBytes || (await digestOf(result.value)) !== expected;
  if (differs) throw new ProblemError('bundle.contents-differ', { attachment: expected });
  return result.value;
}

/** Off the main thread. */
const digestOf = async (bytes: Uint8Array): Promise<string> =>
  Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes)).toString('hex');
