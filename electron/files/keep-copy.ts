import { dirname } from 'node:path';
import { ProblemError } from '../../shared/problem.ts';
import { type Disk, asDiskProblem, realDisk } from './disk.ts';
import { renamePatiently } from './rename.ts';

/**
 * Passes the bytes on while they go into a file of this computer as well; the file is there, flushed, once the last has
 * passed, and not at all when they end before. `disk.full` before the first when there is no room for `atMostBytes`.
 */
export async function* keptCopy(
  bytes: AsyncIterable<Uint8Array>,
  path: string,
  atMostBytes: number,
  disk: Disk = realDisk,
): AsyncGenerator<Uint8Array> {
  const part = `${path}.part`;
  let isWhole = false;
  try {
    const freeBytes = await disk.freeBytes(dirname(path));
    if (freeBytes < atMostBytes) throw new ProblemError('disk.full', { neededBytes: atMostBytes, freeBytes });
    const file = await disk.open(part, 'w');
    try {
      for await (const piece of bytes) {
        // Written while the receiver works on it; its failure is met behind that.
        const writing = file.writeFile(piece);
        writing.catch(() => undefined);
        yield piece;
        await writing;
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await renamePatiently(part, path, { disk });
    isWhole = true;
  } catch (error) {
    throw asDiskProblem(error, 'own');
  } finally {
    if (!isWhole) await disk.remove(part).catch(() => undefined);
  }
}
