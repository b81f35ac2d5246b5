import { createHash, type Hash, type KeyObject, verify } from 'node:crypto';
import { openContainer, type Opening, type Pieces } from './container.ts';
import { type Hashed, lineReader, summaryOf } from './entries.ts';
import { LIMITS, type Manifest, readManifest, refuseOversized, type Sized } from './manifest.ts';
import { canonicalBytes } from './published.ts';
import { must } from './refusal.ts';
import { withSuccession } from './succession.ts';
import { tarReader, whole } from './tar.ts';

export type Package = {
  readonly manifest: Manifest;
  /** Of the sealed file. */
  readonly sha256: string;
  /** The key that signed it. */
  readonly signer: KeyObject;
  readonly entries: readonly Hashed[];
  /** Further files by name. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** Attachments that are neither JPEG nor PNG nor PDF, by digest. */
  readonly foreign: readonly string[];
};

/** What an attachment begins with (section 5). */
const PICTURES = ['ffd8ff', '89504e470d0a1a0a', '255044462d'];

export type Expectation = {
  /** Every kind that opens this way when left out. */
  readonly kind?: Manifest['kind'];
  /** Whose packages it may be; anybody's when left out. */
  readonly to?: readonly string[];
  /** Senders that were put out of use: nothing of theirs is read, whatever key it is signed with. */
  readonly revoked?: readonly string[];
  /** The sender's keys, any of which will do, or one they lead to; none means the sender is not known. */
  readonly signersOf: (manifest: Manifest) => readonly KeyObject[];
};

/**
 * Checks all that a package claims of itself (sections 2 to 6), in the order of section 9; throws a Refusal. Attachments
 * go by in pieces; entries and further files are kept.
 */
export async function readPackage(file: Pieces, opening: Opening, expected: Expectation): Promise<Package> {
  const digest = createHash('sha256');
  const tar = tarReader(openContainer(watched(file, digest), opening));
  try {
    const manifestBytes = await tar.manifest(LIMITS.manifest);
    const manifest = readManifest(manifestBytes);
    must((manifest.kind === 'kit') === 'codes' in opening, 'bundle.wrong-kind', manifest.kind);
    must(manifest.kind === (expected.kind ?? manifest.kind), 'bundle.wrong-kind', manifest.kind);
    must(!expected.to || expected.to.includes(manifest.to), 'bundle.not-for-us', manifest.to);
    const isRevoked = manifest.kind === 'report' && expected.revoked?.includes(manifest.from) === true;
    must(!isRevoked, 'handoff.sender-revoked', manifest.from);
    const signers = expected.signersOf(manifest);
    must(signers.length > 0, 'bundle.unknown-sender', manifest.from);
    const keys = withSuccession(signers, manifest);
    const signature = await whole(tar.member('manifest.sig', 64));
    const signer = keys.find((key) => verify(null, manifestBytes, key, signature));
    must(signer !== undefined, 'bundle.signature-invalid');
    refuseOversized(manifest);
    return { manifest, signer, ...(await contents(tar, manifest)), sha256: digest.digest('hex') };
  } finally {
    await tar.close();
  }
}

async function* watched(file: Pieces, digest: Hash): AsyncGenerator<Uint8Array> {
  for await (const piece of file) {
    digest.update(piece);
    yield piece;
  }
}

async function contents(
  tar: ReturnType<typeof tarReader>,
  manifest: Manifest,
): Promise<Pick<Package, 'entries' | 'files' | 'foreign'>> {
  const member = (name: string, { sizeBytes, sha256 }: Sized): AsyncGenerator<Buffer> =>
    matching(tar.member(name, sizeBytes), sha256, name);

  const lines = lineReader(manifest);
  for await (const piece of member('entries.ndjson', manifest.entries)) lines.take(piece);
  lines.end();
  const { entries } = lines;
  const { streams, countsByKind } = manifest;
  const agrees = canonicalBytes(summaryOf(entries)).equals(canonicalBytes({ streams, countsByKind }));
  must(agrees, 'bundle.contents-differ', 'streams, countsByKind');

  const files = new Map<string, Buffer>();
  for (const file of manifest.files) files.set(file.name, await whole(member(file.name, file)));
  const foreign: string[] = [];
  for (const attachment of manifest.attachments) {
    const start = await startOf(member(`attachments/${attachment.sha256}`, attachment));
    if (!PICTURES.some((magic) => start.startsWith(magic))) foreign.push(attachment.sha256);
  }
  await tar.end();
  return { entries, files, foreign };
}

async function* matching(pieces: AsyncIterable<Buffer>, sha256: string, where: string): AsyncGenerator<Buffer> {
  const digest = createHash('sha256');
  for await (const piece of pieces) {
    digest.update(piece);
    yield piece;
  }
  must(digest.digest('hex') === sha256, 'bundle.contents-differ', where);
}

/** The first bytes, in hex, once all have gone by. */
async function startOf(pieces: AsyncIterable<Buffer>): Promise<string> {
  let start = '';
  for await (const piece of pieces) if (start.length < 16) start += piece.toString('hex', 0, 8);
  return start;
}
