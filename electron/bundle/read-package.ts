import { type Hash, createHash } from 'node:crypto';
import type { KeyChange, Manifest, PackageKind, Pairing } from '../../shared/manifest.ts';
import { ok, orThrow, ProblemError, type Result } from '../../shared/problem.ts';
import type { OpenWith } from '../crypto/age.ts';
import { asBuffer, byteCursor, readWhole } from '../crypto/byte-cursor.ts';
import { verifyBytes } from '../crypto/ed25519.ts';
import { type Stored, openScratch } from '../crypto/scratch.ts';
import { type Disk, asDiskProblem, readPieces, realDisk, refuseWhenCancelled, settled } from '../files/disk.ts';
import { type PackedEntry, entriesOf } from './entry-lines.ts';
import { followed } from './key-changes.ts';
import { type Limits, contentBytes, defaultLimits, refuseOversized } from './limits.ts';
import { type ThreadLimits, unpackApart } from './unpack-apart.ts';
import type { Unpacked, UnpackOrder } from './unpack.ts';

export type OpenSpec = {
  readonly path: string;
  readonly keys: OpenWith;
  /** A folder of its own: a crash may leave unreadable `.scratch` files there, to be deleted at the next start. */
  readonly tempDir: string;
  /** `to` is left out only where the reader is not founded yet and the kit says who it is. */
  readonly expect: { readonly kind: PackageKind; readonly to?: string };
  /**
   * The signing keys (raw, base64) the sender is trusted by, any of which will do, or why it is not accepted. Keys that
   * the manifest's succession leads to from there are trusted too.
   */
  readonly keysOf: (manifest: Manifest, pairing: Pairing | undefined) => Result<readonly string[]>;
  readonly limits?: Partial<Limits>;
  /** What its thread may take. */
  readonly thread?: Partial<ThreadLimits>;
  readonly disk?: Disk;
  readonly signal?: AbortSignal;
  /** Of the bytes after unpacking. */
  readonly onProgress?: (doneBytes: number, totalBytes: number) => void;
};

/** A package of which everything has been verified but the personal signatures and bodies of its entries. */
export type OpenPackage = {
  readonly manifest: Manifest;
  /** The manifest's bytes and the sender's signature of them. */
  readonly proof: { readonly manifest: Buffer; readonly signature: Buffer };
  /** The key that signed it. */
  readonly signer: string;
  /** The sender's keys that were not trusted before, oldest first. */
  readonly newKeys: readonly KeyChange[];
  /** Of the sealed file. */
  readonly sha256: string;
  readonly sizeBytes: number;
  /** The entries in the manifest's order, in batches; can be asked for again. */
  readonly entries: () => AsyncGenerator<readonly PackedEntry[]>;
  /** One of the manifest's attachments. */
  readonly attachment: (sha256: string) => Promise<Buffer>;
  /** One of the manifest's further files, or null. */
  readonly file: (name: string) => Promise<Buffer | null>;
  /** Wipes what was staged; call it whatever happens. */
  readonly dispose: () => Promise<void>;
};

/**
 * Opens a package and verifies it as a whole, before anything of it may be applied: the seal to its last chunk, sender
 * and signature, sizes, digests, counts and the chain. It is taken apart in a thread of its own; what it holds is
 * staged encrypted. After a refusal nothing is left behind.
 */
export async function openPackage(spec: OpenSpec): Promise<Result<OpenPackage>> {
  return settled(async () => {
    const seen = { digest: createHash('sha256'), sizeBytes: 0 };
    const found = unpackApart(fileOf(spec, seen), orderOf(spec, false), { ...spec.thread, signal: spec.signal });
    try {
      const trusted = await trustedHead(found, spec);
      const content = await stage(found, trusted.manifest, spec);
      return ok({ ...trusted, sha256: seen.digest.digest('hex'), sizeBytes: seen.sizeBytes, ...content });
    } finally {
      await found.return(undefined);
    }
  });
}

/** What a package says of itself, once it is for the reader and its sender's signature holds. Nothing may be applied on it. */
export const peekPackage = (spec: Omit<OpenSpec, 'tempDir' | 'onProgress'>): Promise<Result<Manifest>> =>
  settled(async () => {
    const found = unpackApart(fileOf(spec), orderOf(spec, true), { ...spec.thread, signal: spec.signal });
    try {
      const { manifest } = await trustedHead(found, spec);
      await found.next();
      return ok(manifest);
    } finally {
      await found.return(undefined);
    }
  });

type Seen = { readonly digest: Hash; sizeBytes: number };

async function* fileOf(
  { path, disk = realDisk, signal }: Pick<OpenSpec, 'path' | 'disk' | 'signal'>,
  seen?: Seen,
): AsyncGenerator<Buffer> {
  for await (const piece of readPieces(disk, path)) {
    refuseWhenCancelled(signal);
    seen?.digest.update(piece);
    if (seen) seen.sizeBytes += piece.length;
    yield piece;
  }
}

const limitsOf = ({ limits }: Pick<OpenSpec, 'limits'>): Limits => ({ ...defaultLimits, ...limits });
const orderOf = (spec: Pick<OpenSpec, 'keys' | 'limits'>, headOnly: boolean): UnpackOrder => ({
  ...{ keys: spec.keys, limits: limitsOf(spec), headOnly },
});

type Trusted = Pick<OpenPackage, 'manifest' | 'proof' | 'signer' | 'newKeys'>;

/** The manifest, once it is for the reader and its sender's signature holds. */
async function trustedHead(
  found: AsyncGenerator<Unpacked>,
  spec: Pick<OpenSpec, 'expect' | 'keysOf' | 'limits'>,
): Promise<Trusted> {
  const { expect, keysOf } = spec;
  const head = (await found.next()).value as Unpacked;
  if (!('manifest' in head)) throw new Error('a package began without its manifest');
  const { manifest, bytes } = head;
  if (manifest.kind !== expect.kind) throw new ProblemError('bundle.wrong-kind', { kind: manifest.kind });
  if (expect.to !== undefined && manifest.to !== expect.to)
    throw new ProblemError('bundle.not-for-us', { to: manifest.to });
  const known = orThrow(keysOf(manifest, manifest.pairing));
  const newKeys = orThrow(followed(manifest.from, known, manifest.succession ?? []));
  const proven = (await found.next()).value as Unpacked;
  if (!('signature' in proven)) throw new Error('a manifest came without its signature');
  const proof = { manifest: asBuffer(bytes), signature: asBuffer(proven.signature) };
  const keys = [...newKeys.map(({ signPublicKey }) => signPublicKey), ...known];
  const signer = keys.find((key) => verifyBytes(key, proof.manifest, proof.signature));
  if (signer === undefined) throw new ProblemError('bundle.signature-invalid', { from: manifest.from });
  refuseOversized(manifest, limitsOf(spec));
  return { manifest, proof, signer, newKeys };
}

type Content = Pick<OpenPackage, 'entries' | 'attachment' | 'file' | 'dispose'>;

/** Everything behind the manifest, verified on its way into an encrypted temporary file. */
async function stage(found: AsyncGenerator<Unpacked>, manifest: Manifest, spec: OpenSpec): Promise<Content> {
  const { tempDir, disk = realDisk, onProgress } = spec;
  const totalBytes = contentBytes(manifest);
  const freeBytes = await disk.freeBytes(tempDir).catch(refusedByDisk);
  if (freeBytes < totalBytes) throw new ProblemError('disk.full', { neededBytes: totalBytes, freeBytes });
  const scratch = await openScratch(tempDir, disk);
  const cursor = byteCursor(piecesOf(found, (doneBytes) => onProgress?.(doneBytes, totalBytes)));
  const take = ({ sizeBytes }: { readonly sizeBytes: number }): Promise<Stored> =>
    scratch.store(cursor.through(sizeBytes));
  try {
    const entries = await take(manifest.entries);
    const files = new Map<string, Stored>();
    for (const file of manifest.files) files.set(file.name, await take(file));
    const attachments = new Map<string, Stored>();
    for (const attachment of manifest.attachments) attachments.set(attachment.sha256, await take(attachment));
    // Its end is the proof of all that came before.
    if (!(await cursor.atEnd())) throw new Error('more was found than the manifest holds');
    return { ...access(entries, files, attachments), dispose: scratch.dispose };
  } catch (error) {
    await scratch.dispose();
    throw error;
  }
}

async function* piecesOf(
  found: AsyncIterable<Unpacked>,
  onProgress: (doneBytes: number) => void,
): AsyncGenerator<Uint8Array> {
  let doneBytes = 0;
  for await (const one of found) {
    if (!('piece' in one)) continue;
    yield one.piece;
    onProgress((doneBytes += one.piece.length));
  }
}

const access = (
  entries: Stored,
  files: ReadonlyMap<string, Stored>,
  attachments: ReadonlyMap<string, Stored>,
): Omit<Content, 'dispose'> => ({
  entries: () => entriesOf(entries.open()),
  attachment: (sha256) => {
    const stored = attachments.get(sha256);
    if (!stored) throw new Error('not an attachment of this package');
    return readWhole(stored.open());
  },
  file: async (name) => {
    const stored = files.get(name);
    return stored ? readWhole(stored.open()) : null;
  },
});

const refusedByDisk = (error: unknown): never => {
  throw asDiskProblem(error);
};
