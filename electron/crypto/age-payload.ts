import { createCipheriv, createDecipheriv, createSecretKey, getCiphers, hkdfSync, randomBytes } from 'node:crypto';
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { ProblemError } from '../../shared/problem.ts';
import { type ByteCursor, asBuffer, byteCursor } from './byte-cursor.ts';

/** Whether the platform has the cipher of age's payload: Node does, Electron's BoringSSL does not (electron#24024). */
export const hasChaCha: boolean = getCiphers().includes('chacha20-poly1305');

const CHUNK = 64 * 1024;
const TAG = 16;
const NONCE = 16;
/** Chunks given on at once: fewer, larger writes. */
const BATCH = 16;

/** ChaCha20-Poly1305 under the payload's key; `open` answers null for what is not genuine. */
type ChunkCipher = {
  readonly seal: (nonce: Buffer, plainParts: readonly Buffer[]) => readonly Uint8Array[];
  readonly open: (nonce: Buffer, chunk: Buffer) => Buffer | null;
};

/**
 * The payload of an age v1 file (c2sp.org/age): nonce, then STREAM chunks under a key derived from the file key; by the
 * platform's cipher where there is one, several times faster than noble's.
 */
export async function* sealPayload(
  fileKey: Uint8Array,
  plain: AsyncIterable<Uint8Array>,
  native: boolean = hasChaCha,
): AsyncGenerator<Buffer> {
  const nonce = randomBytes(NONCE);
  const cipher = payloadCipher(fileKey, nonce, native);
  const cursor = byteCursor(plain);
  try {
    yield nonce;
    let counter = 0;
    for (let last = false; !last;) {
      const batch: Uint8Array[] = [];
      for (let chunks = 0; !last && chunks < BATCH; chunks += 1) {
        const plainParts = await cursor.parts(CHUNK);
        last = await cursor.atEnd();
        batch.push(...cipher.seal(chunkNonce(counter++, last), plainParts));
      }
      yield Buffer.concat(batch);
    }
  } finally {
    await cursor.close();
  }
}

/**
 * Opens what `sealPayload` wrote; `bundle.damaged` at the first chunk that is not genuine, or when the end is missing.
 * Every genuine chunk before that has been given out, no less and no more than age's own tools would give.
 */
export async function* openPayload(
  fileKey: Uint8Array,
  cursor: ByteCursor,
  native: boolean = hasChaCha,
): AsyncGenerator<Buffer> {
  const nonce = await cursor.upTo(NONCE);
  if (nonce.length < NONCE) throw new ProblemError('bundle.damaged');
  const cipher = payloadCipher(fileKey, nonce, native);
  for (let counter = 0, last = false; !last; counter += 1) {
    const sealed = await cursor.upTo(CHUNK + TAG);
    const atEnd = await cursor.atEnd();
    if (sealed.length < TAG) throw new ProblemError('bundle.damaged');
    let opened = cipher.open(chunkNonce(counter, atEnd), sealed);
    last = opened ? atEnd : !atEnd;
    // A genuine full chunk in the wrong place, cut off behind or gone on behind, is given out before the refusal.
    if (!opened && sealed.length === CHUNK + TAG) opened = cipher.open(chunkNonce(counter, last), sealed);
    // Only an empty payload may end in an empty chunk.
    if (!opened || (counter > 0 && opened.length === 0)) throw new ProblemError('bundle.damaged');
    yield opened;
    if (last !== atEnd) throw new ProblemError('bundle.damaged');
  }
}

function payloadCipher(fileKey: Uint8Array, nonce: Uint8Array, native: boolean): ChunkCipher {
  const key = Buffer.from(hkdfSync('sha256', fileKey, nonce, 'payload', 32));
  return native ? platformCipher(key) : nobleCipher(key);
}

/** 11 bytes of counter, big-endian, and the flag of the last chunk. */
function chunkNonce(counter: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(counter, 5, 6);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

function platformCipher(bytes: Buffer): ChunkCipher {
  const key = createSecretKey(bytes);
  return {
    seal: (nonce, plainParts) => {
      const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: TAG });
      const sealed = plainParts.map((part) => cipher.update(part));
      cipher.final();
      return [...sealed, cipher.getAuthTag()];
    },
    open: (nonce, chunk) => {
      const cipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: TAG });
      cipher.setAuthTag(chunk.subarray(-TAG));
      const opened = cipher.update(chunk.subarray(0, -TAG));
      return nullWhenNotGenuine(() => {
        cipher.final();
        return opened;
      });
    },
  };
}

const nobleCipher = (key: Buffer): ChunkCipher => ({
  seal: (nonce, plainParts) => [chacha20poly1305(key, nonce).encrypt(Buffer.concat(plainParts))],
  open: (nonce, chunk) => nullWhenNotGenuine(() => asBuffer(chacha20poly1305(key, nonce).decrypt(chunk))),
});

function nullWhenNotGenuine(open: () => Buffer): Buffer | null {
  try {
    return open();
  } catch (error) {
    // The one expected failure here: the tag does not fit.
    if (error instanceof Error) return null;
    throw error;
  }
}
