import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Disk, asDiskProblem, realDisk } from '../files/disk.ts';
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
  const key = randomBytes(32);
  let end = 0;
  let pieces = 0;

  const store = async (source: AsyncIterable<Uint8Array>): Promise<Stored> => {
    const cursor = byteCursor(source);
    const start = end;
    const firstPiece = pieces;
    let sizeBytes = 0;
    try {
      while (!(await cursor.atEnd())) {
        const plain = await cursor.upTo(PIECE);
        const sealed = sealPiece(key, pieces, plain);
        await refused(writeAll(file, sealed, end));
        pieces += 1;
        end += sealed.length;
        sizeBytes += plain.length;
      }
    } finally {
      await cursor.close();
    }
    return { sizeBytes, open: () => read(start, firstPiece, sizeBytes) };
  };

  async function* read(start: number, firstPiece: number, sizeBytes: number): AsyncGenerator<Buffer> {
    for (let done = 0, position = start, piece = firstPiece; done < sizeBytes; piece += 1) {
      const length = Math.min(PIECE, sizeBytes - done) + TAG;
      const { bytesRead, buffer } = await refused(file.read(Buffer.allocUnsafe(length), 0, length, position));
      yield openPiece(key, piece, buffer.subarray(0, bytesRead));
      position += length;
      done += length - TAG;
    }
  }

  const dispose = async (): Promise<void> => {
    key.fill(0);
    await file.close();
    await disk.remove(path);
  };

  return { store, dispose };
}

async function writeAll(file: Awaited<ReturnType<Disk['open']>>, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

const refused = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    throw asDiskProblem(error);
  }
};

/** One key per file and one number per piece: a nonce never comes twice. */
const pieceNonce = (piece: number): Buffer => {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(piece, 6, 6);
  return nonce;
};

function sealPiece(key: Buffer, piece: number, plain: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, pieceNonce(piece));
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Throws when somebody wrote to the file: no expected failure. */
function openPiece(key: Buffer, piece: number, sealed: Buffer): Buffer {
  const cipher = createDecipheriv('aes-256-gcm', key, pieceNonce(piece), { authTagLength: TAG });
  cipher.setAuthTag(sealed.subarray(-TAG));
  return Buffer.concat([cipher.update(sealed.subarray(0, -TAG)), cipher.final()]);
}
