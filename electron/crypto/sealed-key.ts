import { createHash } from 'node:crypto';
import { ProblemError } from '../../shared/problem.ts';
import { type OpenWith, type SealTo, sealed, unsealed } from './age.ts';
import { asBuffer, readWhole } from './byte-cursor.ts';

const KEY_BYTES = 32;
/** age's seal knows no context, so the digest of it stands before the key. */
const digestOf = (context: string): Buffer => createHash('sha256').update(context).digest();

/** A data key sealed with age, bound to what it is for. */
export async function sealKey(dataKey: Uint8Array, context: string, to: SealTo): Promise<Buffer> {
  const plain = Buffer.concat([digestOf(context), dataKey]);
  const pieces: Buffer[] = [];
  for await (const piece of sealed(once(plain), to)) pieces.push(Buffer.from(piece));
  plain.fill(0);
  return Buffer.concat(pieces);
}

/** The data key. As `unsealed` throws; `bundle.damaged` too for a key that was sealed for something else. */
export async function openKey(bytes: Uint8Array, context: string, keys: OpenWith): Promise<Buffer> {
  const plain = await readWhole(buffers(unsealed(once(bytes), keys)));
  const digest = digestOf(context);
  if (plain.length !== digest.length + KEY_BYTES || !plain.subarray(0, digest.length).equals(digest)) {
    plain.fill(0);
    throw new ProblemError('bundle.damaged');
  }
  return plain.subarray(digest.length);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** The very bytes, so that overwriting them leaves none. */
async function* buffers(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) yield asBuffer(piece);
}
