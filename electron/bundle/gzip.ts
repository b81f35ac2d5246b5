import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { ProblemError } from '../../shared/problem.ts';
import { errorCode } from '../files/disk.ts';

const PIECE = 256 * 1024;

/** One gzip member at the given level; level 0 stores, at the speed of copying. */
export async function* gzipped(plain: AsyncIterable<Uint8Array>, level: number): AsyncGenerator<Buffer> {
  const gzip = createGzip({ level, chunkSize: PIECE });
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

/** What gzip members hold; `bundle.damaged` when they are cut, altered or followed by anything else. */
export async function* gunzipped(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: PIECE });
  let givenBytes = 0;
  let drained = false;
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
