import { type KeyObject, createCipheriv, createDecipheriv, generateKeySync, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Disk, type DiskFile, asDiskProblem, realDisk } from '../files/disk.ts';
import { byteCursor } from './byte-cursor.ts';

const PIECE = 256 * 1024;
const TAG = 16;

export type Scratch = Awaited<ReturnType<typeof openScratch>>;
export type Stored = { readonly sizeBytes: number; readonly open: () => AsyncGenerator<Buffer> };

/**
 * A temporary file for people's data: what stands on the disk is AES-256-GCM under a key that is only ever in memory,
 * so a file left by a crash is noise. Each stored stream can be read back any number of times until `dispose`.
 */
export async function openScratch(folder: string, disk: Disk = realDisk) {
  const path = join(folder, `${randomUUID()}.scratch`);
  const file = await refused(disk.open(path, 'wx+'));
  const key = generateKeySync('aes', { length: 256 });
  const sealed = Buffer.allocUnsafeSlow(PIECE + TAG);
  let end = 0;
  let pieces = 0;

  const store = async (source: AsyncIterable<Uint8Array>): Promise<Stored> => {
    const cursor = byteCursor(source);
    const start = end;
    const firstPiece = pieces;
    let sizeBytes = 0;
    try {
      while (!(await cursor.atEnd())) {
        const length = sealPiece(key, pieces, await cursor.parts(PIECE), sealed);
        await refused(writeAll(file, sealed.subarray(0, length), end));
        pieces += 1;
        end += length;
        sizeBytes += length - TAG;
      }
    } finally {
      await cursor.close();
    }
    return { sizeBytes, open: () => read(start, firstPiece, sizeBytes) };
  };

  async function* read(start: number, firstPiece: number, sizeBytes: number): AsyncGenerator<Buffer> {
    for (let done = 0, position = start, piece = firstPiece; done < sizeBytes; piece += 1) {
      const length = Math.min(PIECE, sizeBytes - done) + TAG;
      const buffer = Buffer.allocUnsafe(length);
      const { bytesRead } = await refused(file.read(buffer, 0, length, position));
      yield openPiece(key, piece, buffer.subarray(0, bytesRead));
      position += length;
      done += length - TAG;
    }
  }

  const dispose = async (): Promise<void> => {
    await file.close();
    await disk.remove(path);
  };

  return { store, dispose };
}

async function writeAll(file: DiskFile, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

const refused = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    throw asDiskProblem(error, 'own');
  }
};

/** One key per file and one number per piece: a nonce never comes twice. */
const pieceNonce = (piece: number): Buffer => {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(piece, 6, 6);
  return nonce;
};

/** Seals into the buffer, which is used again for the next piece; answers the sealed length. */
function sealPiece(key: KeyObject, piece: number, plainParts: readonly Buffer[], into: Buffer): number {
  const cipher = createCipheriv('aes-256-gcm', key, pieceNonce(piece));
  let length = 0;
  for (const part of plainParts) length += cipher.update(part).copy(into, length);
  cipher.final();
  return length + cipher.getAuthTag().copy(into, length);
}

/** Throws when somebody wrote to the file: no expected failure. */
function openPiece(key: KeyObject, piece: number, sealed: Buffer): Buffer {
  const cipher = createDecipheriv('aes-256-gcm', key, pieceNonce(piece), { authTagLength: TAG });
  cipher.setAuthTag(sealed.subarray(-TAG));
  return Buffer.concat([cipher.update(sealed.subarray(0, -TAG)), cipher.final()]);
}
