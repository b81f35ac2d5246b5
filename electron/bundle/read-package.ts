import { createHash } from 'node:crypto';
import type { KeyChange, Manifest, PackageKind, Pairing } from '../../shared/manifest.ts';
import { ok, orThrow, ProblemError, type Result } from '../../shared/problem.ts';
import { type OpenWith, unsealed } from '../crypto/age.ts';
import { type ByteCursor, byteCursor, readWhole } from '../crypto/byte-cursor.ts';
import { verifyBytes } from '../crypto/ed25519.ts';
import { type Stored, openScratch } from '../crypto/scratch.ts';
import { type Disk, asDiskProblem, readPieces, realDisk, refuseWhenCancelled, settled } from '../files/disk.ts';
import { canonical } from '../journal/entry-line.ts';
import { type PackedEntry, chainWalk, entriesOf, verifiedLines } from './entry-lines.ts';
import { gunzipped } from './gzip.ts';
import { followed } from './key-changes.ts';
import { type Limits, defaultLimits, refuseOversized, contentBytes } from './limits.ts';
import { expectEnd, member, parseManifest, readManifestBytes } from './members.ts';

/** Ed25519. */
const SIGNATURE_BYTES = 64;

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
 * and signature, sizes, digests, counts and the chain. What it holds is staged encrypted. After a refusal nothing
 * is left behind.
 */
export async function openPackage(spec: OpenSpec): Promise<Result<OpenPackage>> {
  const { path, keys, limits = {}, disk = realDisk, signal } = spec;
  return settled(async () => {
    const seen = { digest: createHash('sha256'), sizeBytes: 0 };
    async function* file(): AsyncGenerator<Buffer> {
      for await (const piece of readPieces(disk, path)) {
        refuseWhenCancelled(signal);
        seen.digest.update(piece);
        seen.sizeBytes += piece.length;
        yield piece;
      }
    }
    const cursor = byteCursor(gunzipped(unsealed(file(), keys)));
    try {
      const trusted = await trustedManifest(cursor, { ...defaultLimits, ...limits }, spec);
      const { dispose, ...content } = await stage(cursor, trusted.manifest, spec);
      return ok({ ...trusted, sha256: seen.digest.digest('hex'), sizeBytes: seen.sizeBytes, ...content, dispose });
    } finally {
      await cursor.close();
    }
  });
}

type Trusted = Pick<OpenPackage, 'manifest' | 'proof' | 'signer' | 'newKeys'>;

/** The manifest, once it is for the reader and its sender's signature holds. */
export async function trustedManifest(
  cursor: ByteCursor,
  limits: Limits,
  { expect, keysOf }: Pick<OpenSpec, 'expect' | 'keysOf'>,
): Promise<Trusted> {
  const bytes = await readManifestBytes(cursor, limits.manifestBytes);
  const manifest = parseManifest(bytes, limits.manifestMarks);
  if (manifest.kind !== expect.kind) throw new ProblemError('bundle.wrong-kind', { kind: manifest.kind });
  if (expect.to !== undefined && manifest.to !== expect.to)
    throw new ProblemError('bundle.not-for-us', { to: manifest.to });
  const known = orThrow(keysOf(manifest, manifest.pairing));
  const newKeys = orThrow(followed(manifest.from, known, manifest.succession ?? []));
  const signature = await readWhole(member(cursor, 'manifest.sig', SIGNATURE_BYTES));
  const keys = [...newKeys.map(({ signPublicKey }) => signPublicKey), ...known];
  const signer = keys.find((key) => verifyBytes(key, bytes, signature));
  if (signer === undefined) throw new ProblemError('bundle.signature-invalid', { from: manifest.from });
  refuseOversized(manifest, limits);
  return { manifest, proof: { manifest: bytes, signature }, signer, newKeys };
}

type Content = Pick<OpenPackage, 'entries' | 'attachment' | 'file' | 'dispose'>;

/** Everything behind the manifest, verified on its way into an encrypted temporary file. */
async function stage(cursor: ByteCursor, manifest: Manifest, spec: OpenSpec): Promise<Content> {
  const { tempDir, disk = realDisk, onProgress } = spec;
  const totalBytes = contentBytes(manifest);
  const freeBytes = await disk.freeBytes(tempDir).catch(refusedByDisk);
  if (freeBytes < totalBytes) throw new ProblemError('disk.full', { neededBytes: totalBytes, freeBytes });
  const scratch = await openScratch(tempDir, disk);
  let doneBytes = 0;
  const take = (name: string, { sizeBytes, sha256 }: Sized): AsyncGenerator<Buffer> =>
    matching(
      sha256,
      member(cursor, name, sizeBytes, (bytes) => onProgress?.((doneBytes += bytes), totalBytes)),
    );
  try {
    const walk = chainWalk(manifest);
    const entries = await scratch.store(verifiedLines(take('entries.ndjson', manifest.entries), walk.see));
    refuseOtherChain(walk.result(), manifest);
    const files = new Map<string, Stored>();
    for (const file of manifest.files) files.set(file.name, await scratch.store(take(file.name, file)));
    const attachments = new Map<string, Stored>();
    for (const attachment of manifest.attachments)
      attachments.set(attachment.sha256, await scratch.store(take(`attachments/${attachment.sha256}`, attachment)));
    await expectEnd(cursor);
    return { ...access(entries, files, attachments), dispose: scratch.dispose };
  } catch (error) {
    await scratch.dispose();
    throw error;
  }
}

type Sized = { readonly sizeBytes: number; readonly sha256: string };

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

/** The entries' own chain and counts must be the manifest's. */
function refuseOtherChain(
  found: Pick<Manifest, 'streams' | 'countsByKind'>,
  { streams, countsByKind }: Manifest,
): void {
  if (canonical(found) !== canonical({ streams, countsByKind })) throw new ProblemError('bundle.contents-differ');
}

async function* matching(sha256: string, pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const digest = createHash('sha256');
  for await (const piece of pieces) {
    digest.update(piece);
    yield piece;
  }
  if (digest.digest('hex') !== sha256) throw new ProblemError('bundle.contents-differ', { sha256 });
}

const refusedByDisk = (error: unknown): never => {
  throw asDiskProblem(error);
};
