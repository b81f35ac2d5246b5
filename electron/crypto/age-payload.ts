import { createCipheriv, createDecipheriv, getCiphers, hkdfSync, randomBytes } from 'node:crypto';
import { ProblemError } from '../../shared/problem.ts';
import { type ByteCursor, byteCursor } from './byte-cursor.ts';

/** Whether the platform has the cipher of age's payload: Node does, Electron's BoringSSL does not (electron#24024). */
export const hasChaCha: boolean = getCiphers().includes('chacha20-poly1305');

const CHUNK = 64 * 1024;
const TAG = 16;
const NONCE = 16;
/** Chunks per piece read and given on: fewer, larger writes. */
const BATCH = 16;

/** The payload of an age v1 file (c2sp.org/age): nonce, then STREAM chunks under a key derived from the file key. */
export async function* sealPayload(fileKey: Uint8Array, plain: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const nonce = randomBytes(NONCE);
  const key = payloadKey(fileKey, nonce);
  const cursor = byteCursor(plain);
  let counter = 0;
  try {
    yield nonce;
    for (let last = false; !last; ) {
      const piece = await cursor.upTo(BATCH * CHUNK);
      last = await cursor.atEnd();
      const chunks = split(piece, CHUNK);
      yield Buffer.concat(
        chunks.flatMap((chunk, index) => sealChunk(key, counter + index, last && index === chunks.length - 1, chunk)),
      );
      counter += chunks.length;
    }
  } finally {
    await cursor.close();
  }
}

/** Opens what `sealPayload` wrote; `bundle.damaged` at the first chunk that is not genuine, or when the end is missing. */
export async function* openPayload(fileKey: Uint8Array, cursor: ByteCursor): AsyncGenerator<Buffer> {
  const nonce = await cursor.upTo(NONCE);
  if (nonce.length < NONCE) throw new ProblemError('bundle.damaged');
  const key = payloadKey(fileKey, nonce);
  let counter = 0;
  for (let last = false; !last; ) {
    const piece = await cursor.upTo(BATCH * (CHUNK + TAG));
    last = await cursor.atEnd();
    const chunks = split(piece, CHUNK + TAG);
    const opened = chunks.map((chunk, index) =>
      openChunk(key, counter + index, last && index === chunks.length - 1, chunk),
    );
    counter += chunks.length;
    // Only an empty payload may end in an empty chunk.
    if (counter > 1 && opened.at(-1)?.length === 0) throw new ProblemError('bundle.damaged');
    yield Buffer.concat(opened);
  }
}

const payloadKey = (fileKey: Uint8Array, nonce: Uint8Array): Buffer =>
  Buffer.from(hkdfSync('sha256', fileKey, nonce, 'payload', 32));

/** An empty piece is one empty chunk. */
const split = (piece: Buffer, size: number): Buffer[] =>
  Array.from({ length: Math.max(1, Math.ceil(piece.length / size)) }, (_, index) =>
    piece.subarray(index * size, (index + 1) * size),
  );

/** 11 bytes of counter, big-endian, and the flag of the last chunk. */
function chunkNonce(counter: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(counter, 5, 6);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

function sealChunk(key: Buffer, counter: number, last: boolean, chunk: Buffer): Buffer[] {
  const cipher = createCipheriv('chacha20-poly1305', key, chunkNonce(counter, last), { authTagLength: TAG });
  const sealed = cipher.update(chunk);
  cipher.final();
  return [sealed, cipher.getAuthTag()];
}

function openChunk(key: Buffer, counter: number, last: boolean, chunk: Buffer): Buffer {
  if (chunk.length < TAG) throw new ProblemError('bundle.damaged');
  const cipher = createDecipheriv('chacha20-poly1305', key, chunkNonce(counter, last), { authTagLength: TAG });
  cipher.setAuthTag(chunk.subarray(-TAG));
  const opened = cipher.update(chunk.subarray(0, -TAG));
  try {
    cipher.final();
  } catch (error) {
    throw new ProblemError('bundle.damaged', undefined, { cause: error });
  }
  return opened;
}
