import { isUtf8 } from 'node:buffer';
import { z } from 'zod';
import { Manifest, MANIFEST_VERSION } from '../../shared/manifest.ts';
import { ProblemError } from '../../shared/problem.ts';
import type { ByteCursor } from '../crypto/byte-cursor.ts';
import { isCanonical } from './entry-lines.ts';
import { BLOCK, TAR_END, claimedSize, paddingBytes, tarHeader } from './tar-layout.ts';

/** The bytes of the first member, which must be the manifest and no larger than `atMost`. */
export async function readManifestBytes(cursor: ByteCursor, atMost: number): Promise<Buffer> {
  const header = await cursor.upTo(BLOCK);
  if (header.length < BLOCK) throw new ProblemError('bundle.damaged');
  const sizeBytes = claimedSize(header);
  if (sizeBytes === null || !header.equals(tarHeader('manifest.json', sizeBytes)))
    throw new ProblemError('bundle.manifest-invalid');
  if (sizeBytes > atMost) throw new ProblemError('bundle.too-large', { bytes: sizeBytes });
  const bytes = await cursor.upTo(sizeBytes);
  if (bytes.length < sizeBytes) throw new ProblemError('bundle.damaged');
  await expectBytes(cursor, Buffer.alloc(paddingBytes(sizeBytes)));
  return bytes;
}

const AnyVersion = z.looseObject({ format: z.literal('lijing-bundle'), version: z.int().positive() });

/**
 * `bundle.too-large` when parsing would cost too much, `bundle.too-new` for a later version, whatever else it says;
 * `bundle.manifest-invalid` for anything but a manifest.
 */
export function parseManifest(bytes: Buffer, atMostMarks: number): Manifest {
  const marks = bytes.reduce((sum, byte) => sum + (MARKS.has(byte) ? 1 : 0), 0);
  if (marks > atMostMarks) throw new ProblemError('bundle.too-large', { marks });
  const text = bytes.toString();
  const value = jsonOf(text);
  const any = AnyVersion.safeParse(value);
  if (any.success && any.data.version > MANIFEST_VERSION)
    throw new ProblemError('bundle.too-new', { version: any.data.version });
  const manifest = Manifest.safeParse(value);
  if (!manifest.success)
    throw new ProblemError('bundle.manifest-invalid', { at: manifest.error.issues[0]?.path.join('.') ?? '' });
  if (!isUtf8(bytes) || !isCanonical(text, value))
    throw new ProblemError('bundle.manifest-invalid', { at: 'canonical form' });
  return manifest.data;
}

const MARKS: ReadonlySet<number> = new Set(Buffer.from('[{,'));

/** What the text says as JSON; null when it is none. */
export const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
};

/** The bytes of the next member, which must be this one, of this size. */
export async function* member(
  cursor: ByteCursor,
  name: string,
  sizeBytes: number,
  onBytes?: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  await expectBytes(cursor, tarHeader(name, sizeBytes));
  let missing = sizeBytes;
  for await (const piece of cursor.through(sizeBytes)) {
    missing -= piece.length;
    yield piece;
    onBytes?.(piece.length);
  }
  if (missing > 0) throw new ProblemError('bundle.damaged');
  await expectBytes(cursor, Buffer.alloc(paddingBytes(sizeBytes)));
}

/** Nothing may follow; asking for it also proves seal and compression to their last byte. */
export async function expectEnd(cursor: ByteCursor): Promise<void> {
  await expectBytes(cursor, TAR_END);
  if (!(await cursor.atEnd())) throw new ProblemError('bundle.contents-differ');
}

async function expectBytes(cursor: ByteCursor, expected: Buffer): Promise<void> {
  const found = await cursor.upTo(expected.length);
  if (found.length < expected.length) throw new ProblemError('bundle.damaged');
  if (!found.equals(expected)) throw new ProblemError('bundle.contents-differ');
}
