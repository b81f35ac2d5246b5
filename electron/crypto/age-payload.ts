import { type KeyObject, createCipheriv, createDecipheriv, createSecretKey, getCiphers, hkdfSync, randomBytes } from 'node:crypto';
import { ProblemError } from '../../shared/problem.ts';
import { type ByteCursor, byteCursor } from './byte-cursor.ts';

/** Whether the platform has the cipher of age's payload: Node does, Electron's BoringSSL does not (electron#24024). */
export const hasChaCha: boolean = getCiphers().includes('chacha20-poly1305');

const CHUNK = 64 * 1024;
const TAG = 16;
const NONCE = 16;
/** Chunks given on at once: fewer, larger writes. */
const BATCH = 16;

/** The payload of an age v1 file (c2sp.org/age): nonce, then STREAM chunks under a key derived from the file key. */
export async function* sealPayload(fileKey: Uint8Array, plain: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const nonce = randomBytes(NONCE);
  const key = payloadKey(fileKey, nonce);
  const cursor = byteCursor(plain);
  try {
    yield nonce;
    let counter = 0;
    for (let last = false; !last; ) {
      const batch: Buffer[] = [];
      for (let chunks = 0; !last && chunks < BATCH; chunks += 1) {
        const plainParts = await cursor.parts(CHUNK);
        last = await cursor.atEnd();
        batch.push(...sealChunk(key, chunkNonce(counter++, last), plainParts));
      }
      yield Buffer.concat(batch);
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
  for (let counter = 0, last = false; !last; counter += 1) {
    const sealed = await cursor.upTo(CHUNK + TAG);
    last = await cursor.atEnd();
    const opened = openChunk(key, chunkNonce(counter, last), sealed);
    // Only an empty payload may end in an empty chunk.
    if (counter > 0 && opened.length === 0) throw new ProblemError('bundle.damaged');
    yield opened;
  }
}

const payloadKey = (fileKey: Uint8Array, nonce: Uint8Array): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync('sha256', fileKey, nonce, 'payload', 32)));

/** 11 bytes of counter, big-endian, and the flag of the last chunk. */
function chunkNonce(counter: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(counter, 5, 6);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

function sealChunk(key: KeyObject, nonce: Buffer, plainParts: readonly Buffer[]): Buffer[] {
  const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: TAG });
  const sealed = plainParts.map((part) => cipher.update(part));
  cipher.final();
  return [...sealed, cipher.getAuthTag()];
}

function openChunk(key: KeyObject, nonce: Buffer, chunk: Buffer): Buffer {
  if (chunk.length < TAG) throw new ProblemError('bundle.damaged');
  const cipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: TAG });
  cipher.setAuthTag(chunk.subarray(-TAG));
  const opened = cipher.update(chunk.subarray(0, -TAG));
  try {
    cipher.final();
  } catch (error) {
    throw new ProblemError('bundle.damaged', undefined, { cause: error });
  }
  return opened;
}
