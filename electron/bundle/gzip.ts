import { pipeline } from 'node:stream/promises';
import { crc32, createGunzip, createGzip } from 'node:zlib';
import { ProblemError } from '../../shared/problem.ts';
import { errorCode } from '../files/disk.ts';

const PIECE = 256 * 1024;

/** One gzip member, compressed. */
export async function* gzipped(plain: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gzip = createGzip({ chunkSize: PIECE });
  const feeding = pipeline(plain, gzip);
  // Its failure destroys the stream and is met there.
  feeding.catch(() => undefined);
  try {
    yield* gzip as AsyncIterable<Buffer>;
  } finally {
    gzip.destroy();
    await feeding.catch(() => undefined);
  }
}

const MEMBER_HEADER = Buffer.from('1f8b08000000000000ff', 'hex');
const STORED_MAX = 0xffff;

/**
 * One gzip member of stored blocks (RFC 1951, 3.2.4): for what is compressed already, at the speed of copying, where
 * zlib would take a hundred times as long to find nothing.
 */
export async function* gzipStored(plain: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let checksum = 0;
  let sizeBytes = 0;
  yield MEMBER_HEADER;
  for await (const piece of plain) {
    checksum = crc32(piece, checksum);
    sizeBytes += piece.length;
    for (let start = 0; start < piece.length; start += STORED_MAX) {
      const block = piece.subarray(start, start + STORED_MAX);
      yield storedHeader(block.length, false);
      yield block;
    }
  }
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(checksum, 0);
  trailer.writeUInt32LE(sizeBytes % 2 ** 32, 4);
  yield Buffer.concat([storedHeader(0, true), trailer]);
}

function storedHeader(length: number, last: boolean): Buffer {
  const header = Buffer.alloc(5);
  header[0] = last ? 1 : 0;
  header.writeUInt16LE(length, 1);
  header.writeUInt16LE(length ^ 0xffff, 3);
  return header;
}

/** What gzip members hold; `bundle.damaged` when they are cut, altered or followed by anything else. */
export async function* gunzipped(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: PIECE });
  let givenBytes = 0;
  // Set by the generator below, which the compiler does not follow.
  let drained = false as boolean;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const piece of source) {
      givenBytes += piece.length;
      yield piece;
    }
    drained = true;
  }
  const feeding = pipeline(counted(), gunzip);
  feeding.catch(() => undefined);
  try {
    yield* gunzip as AsyncIterable<Buffer>;
    // zlib passes over zero bytes behind the last member.
    if (!drained || gunzip.bytesWritten !== givenBytes) throw new ProblemError('bundle.damaged');
  } catch (error) {
    throw errorCode(error).startsWith('Z_') ? new ProblemError('bundle.damaged', undefined, { cause: error }) : error;
  } finally {
    gunzip.destroy();
    await feeding.catch(() => undefined);
  }
}
