import { orThrow, type ProblemCode, ProblemError } from '../../shared/problem.ts';
import { readWhole } from '../crypto/byte-cursor.ts';
import { readPieces, realDisk } from '../files/disk.ts';
import type { ChosenFiles } from '../ipc/chosen-files.ts';

/** A chosen file as a whole; a larger one than it ever is is refused unread. */
export async function smallFile(
  files: ChosenFiles,
  id: string,
  maxBytes: number,
  otherwise: ProblemCode,
): Promise<Buffer> {
  const path = orThrow(files.pathOf(id));
  if (((await realDisk.sizeBytes(path)) ?? 0) > maxBytes) throw new ProblemError(otherwise);
  return readWhole(readPieces(realDisk, path));
}
