import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ProblemError, type Result, ok } from '../../shared/problem.ts';
import {
  type Disk,
  type DiskFile,
  type DiskPlace,
  digestOfFile,
  realDisk,
  refuseWhenCancelled,
  settled,
} from './disk.ts';
import { type Patience, renamePatiently } from './rename.ts';

/** Largest file of FAT32. */
const FAT32_MAX_BYTES = 2 ** 32 - 1;
const FAT_NAMES = ['vfat', 'msdos', 'fat32', 'fat'];

/** The bytes a file may have there; a file system nobody can name is taken for FAT32, as sticks mostly are. */
export const largestFileOn = (fileSystem: string): number =>
  ['', ...FAT_NAMES].includes(fileSystem.toLowerCase()) ? FAT32_MAX_BYTES : Infinity;

export type Written = { readonly sha256: string; readonly sizeBytes: number };

export type SafeWrite = Patience & {
  readonly path: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** No more than this will come; checked against free space and FAT32 before anything is written. */
  readonly atMostBytes: number;
  readonly drive?: { readonly fileSystem?: string | null; readonly readOnly?: boolean };
  /** Where the path lies, as a refusal tells of it; a stick where nothing is said. */
  readonly place?: DiskPlace;
  readonly signal?: AbortSignal;
  /** Bytes written so far. */
  readonly onProgress?: (doneBytes: number) => void;
  /** Bytes read back so far, of twice the file's. */
  readonly onReadBack?: (doneBytes: number, totalBytes: number) => void;
};

/**
 * Writes a file that may be pulled out afterwards: checks, `name.part`, flush, read back, compare, rename, read back.
 * After a refusal the target holds the old file or none; where the medium is gone and cannot be tidied, perhaps the
 * whole new one, never a part of it.
 */
export async function safeWrite(spec: SafeWrite): Promise<Result<Written>> {
  const {
    path,
    bytes,
    atMostBytes,
    drive = {},
    place = 'stick',
    disk = realDisk,
    wait = setTimeout,
    signal,
    onProgress,
    onReadBack,
  } = spec;
  const part = `${path}.part`;
  return settled(async () => {
    await refuseUnfit(disk, dirname(path), atMostBytes, drive);
    const written = await removingOnFailure(disk, part, async () => {
      const sealed = await writePart(disk, part, bytes, signal, onProgress);
      await readBack(disk, part, sealed, signal, (done) => onReadBack?.(done, 2 * sealed.sizeBytes));
      refuseWhenCancelled(signal);
      await renamePatiently(part, path, { disk, wait });
      return sealed;
    });
    await removingOnFailure(disk, path, async () => {
      await disk.syncFolder(dirname(path));
      const before = written.sizeBytes;
      await readBack(disk, path, written, undefined, (done) => onReadBack?.(before + done, 2 * before));
    });
    return ok(written);
  }, place);
}

/** Replaces a small file such that a crash at any moment leaves the old or the new one, whole. */
export async function writeAtomically(
  path: string,
  bytes: Uint8Array,
  { disk = realDisk, wait = setTimeout, place = 'stick' }: Patience & Pick<SafeWrite, 'place'> = {},
): Promise<Result<void>> {
  const part = `${path}.part`;
  return settled(async () => {
    await removingOnFailure(disk, part, async () => {
      await flushed(disk, part, (file) => file.writeFile(bytes));
      await renamePatiently(part, path, { disk, wait });
    });
    await disk.syncFolder(dirname(path));
    return ok(undefined);
  }, place);
}

async function refuseUnfit(
  disk: Disk,
  folder: string,
  bytes: number,
  drive: NonNullable<SafeWrite['drive']>,
): Promise<void> {
  if (drive.readOnly) throw new ProblemError('disk.read-only');
  if (bytes > FAT32_MAX_BYTES && FAT_NAMES.includes(drive.fileSystem?.toLowerCase() ?? ''))
    throw new ProblemError('disk.file-too-large-for-fat32', { bytes });
  const freeBytes = await disk.freeBytes(folder);
  if (freeBytes < bytes) throw new ProblemError('disk.full', { neededBytes: bytes, freeBytes });
}

async function removingOnFailure<T>(disk: Disk, path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // The first failure is the one to tell; a medium that was pulled out cannot be tidied.
    await disk.remove(path).catch(() => undefined);
    throw error;
  }
}

async function writePart(
  disk: Disk,
  part: string,
  bytes: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
  onProgress: ((doneBytes: number) => void) | undefined,
): Promise<Written> {
  const digest = createHash('sha256');
  let sizeBytes = 0;
  await flushed(disk, part, async (file) => {
    let writing = Promise.resolve();
    for await (const piece of bytes) {
      refuseWhenCancelled(signal);
      await writing;
      // The next piece is made while this one is on its way; its failure is met on the next turn.
      writing = file.writeFile(piece);
      writing.catch(() => undefined);
      digest.update(piece);
      sizeBytes += piece.length;
      onProgress?.(sizeBytes);
    }
    await writing;
  });
  return { sha256: digest.digest('hex'), sizeBytes };
}

async function flushed(disk: Disk, path: string, write: (file: DiskFile) => Promise<void>): Promise<void> {
  const file = await disk.open(path, 'w');
  try {
    await write(file);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function readBack(
  disk: Disk,
  path: string,
  { sha256, sizeBytes }: Written,
  signal: AbortSignal | undefined,
  onProgress: (doneBytes: number) => void,
): Promise<void> {
  if ((await digestOfFile(disk, path, signal, onProgress)) !== sha256)
    throw new ProblemError('disk.read-back-differs', { sizeBytes });
}
