import { type Result, ok } from '../../shared/problem.ts';
import { unsealed } from '../crypto/age.ts';
import { byteCursor } from '../crypto/byte-cursor.ts';
import { readPieces, realDisk, refuseWhenCancelled, settled } from '../files/disk.ts';
import { gunzipped } from './gzip.ts';
import { defaultLimits } from './limits.ts';
import { type OpenPackage, type OpenSpec, trustedManifest } from './read-package.ts';

export type Peeked = Pick<OpenPackage, 'manifest' | 'signer'>;

/**
 * What a package says of itself: its sealed manifest and its sender's signature (by which key), and not a byte behind
 * them. Whether the rest is whole, only `openPackage` proves; nothing may be applied on this word.
 */
export async function peekPackage(spec: Omit<OpenSpec, 'tempDir' | 'onProgress'>): Promise<Result<Peeked>> {
  const { path, keys, limits = {}, disk = realDisk, signal } = spec;
  return settled(async () => {
    async function* file(): AsyncGenerator<Buffer> {
      for await (const piece of readPieces(disk, path)) {
        refuseWhenCancelled(signal);
        yield piece;
      }
    }
    const cursor = byteCursor(gunzipped(unsealed(file(), keys)));
    try {
      return ok(await trustedManifest(cursor, { ...defaultLimits, ...limits }, spec));
    } finally {
      await cursor.close();
    }
  });
}
