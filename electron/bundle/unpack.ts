import { createHash } from 'node:crypto';
import type { Manifest } from '../../shared/manifest.ts';
import { ProblemError } from '../../shared/problem.ts';
import { type OpenWith, unsealed } from '../crypto/age.ts';
import { type ByteCursor, byteCursor, readWhole } from '../crypto/byte-cursor.ts';
import { canonical } from '../journal/entry-line.ts';
import { chainWalk, verifiedLines } from './entry-lines.ts';
import { gunzipped } from './gzip.ts';
import type { Limits } from './limits.ts';
import { expectEnd, member, parseManifest, readManifestBytes } from './members.ts';

/** Ed25519. */
const SIGNATURE_BYTES = 64;

export type UnpackOrder = {
  readonly keys: OpenWith;
  readonly limits: Limits;
  /** Whether only the manifest is asked for, and not a byte behind its signature. */
  readonly headOnly: boolean;
};

/** What comes out of a package, in this order: once, once, and as often as it takes. */
export type Unpacked =
  | { readonly manifest: Manifest; readonly bytes: Uint8Array }
  | { readonly signature: Uint8Array }
  /** Of the entries, files and attachments, one behind the other, as long as the manifest says each is. */
  | { readonly piece: Uint8Array };

/**
 * Takes a package apart: the seal to its last chunk, sizes, digests, counts and the chain against its manifest. Only the
 * end of the iteration proves them; whether the manifest is the sender's is for the reader to judge.
 */
export async function* unpack(file: AsyncIterable<Uint8Array>, order: UnpackOrder): AsyncGenerator<Unpacked> {
  const { keys, limits, headOnly } = order;
  const cursor = byteCursor(gunzipped(unsealed(file, keys)));
  try {
    const bytes = await readManifestBytes(cursor, limits.manifestBytes);
    const manifest = parseManifest(bytes, limits.manifestMarks);
    yield { manifest, bytes };
    yield { signature: await readWhole(member(cursor, 'manifest.sig', SIGNATURE_BYTES)) };
    if (!headOnly) for await (const piece of contentOf(cursor, manifest)) yield { piece };
  } finally {
    await cursor.close();
  }
}

async function* contentOf(cursor: ByteCursor, manifest: Manifest): AsyncGenerator<Buffer> {
  const taken = (name: string, { sizeBytes, sha256 }: Sized): AsyncGenerator<Buffer> =>
    matching(sha256, member(cursor, name, sizeBytes));
  const walk = chainWalk(manifest);
  yield* verifiedLines(taken('entries.ndjson', manifest.entries), walk.see);
  refuseOtherChain(walk.result(), manifest);
  for (const file of manifest.files) yield* taken(file.name, file);
  for (const attachment of manifest.attachments) yield* taken(`attachments/${attachment.sha256}`, attachment);
  await expectEnd(cursor);
}

type Sized = { readonly sizeBytes: number; readonly sha256: string };

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
