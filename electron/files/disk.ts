import { createHash } from 'node:crypto';
import { open, rename, rm, stat, statfs } from 'node:fs/promises';
import { ProblemError, type ProblemCode, type Result, fail } from '../../shared/problem.ts';

/** The few things done to a disk, so that tests can make each of them fail. */
export type Disk = {
  readonly freeBytes: (folder: string) => Promise<number>;
  readonly open: (path: string, flags: 'r' | 'wx+' | 'w') => Promise<DiskFile>;
  readonly rename: (from: string, to: string) => Promise<void>;
  readonly remove: (path: string) => Promise<void>;
  /** Null when there is none. */
  readonly sizeBytes: (path: string) => Promise<number | null>;
  /** Makes a rename in the folder durable, where the platform can (not on Windows). */
  readonly syncFolder: (folder: string) => Promise<void>;
};
export type DiskFile = {
  /** At `position`, or where the last one ended. */
  readonly read: (
    into: Buffer,
    offset: number,
    length: number,
    position: number | null,
  ) => Promise<{ bytesRead: number }>;
  readonly write: (
    bytes: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ) => Promise<{ bytesWritten: number }>;
  /** All of the bytes, behind those written so before. */
  readonly writeFile: (bytes: Uint8Array) => Promise<void>;
  readonly sync: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export const realDisk: Disk = {
  freeBytes: async (folder) => {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  },
  open: (path, flags) => open(path, flags, 0o600),
  rename: (from, to) => rename(from, to),
  remove: (path) => rm(path, { force: true }),
  sizeBytes: (path) =>
    stat(path).then(
      ({ size }) => size,
      (error: unknown) => {
        if (errorCode(error) === 'ENOENT') return null;
        throw error;
      },
    ),
  syncFolder: async (folder) => {
    if (process.platform === 'win32') return;
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } catch (error) {
      // vfat and some network mounts know no sync of a folder; the file itself is on the medium already.
      if (!['EINVAL', 'EBADF', 'ENOTSUP'].includes(errorCode(error))) throw error;
    } finally {
      await handle.close();
    }
  },
};

const codeOf: Readonly<Record<string, ProblemCode>> = {
  ENOSPC: 'disk.full',
  EDQUOT: 'disk.full',
  EROFS: 'disk.read-only',
  EACCES: 'disk.read-only',
  EPERM: 'disk.read-only',
  EBUSY: 'disk.locked',
  EFBIG: 'disk.file-too-large-for-fat32',
  ENOENT: 'disk.gone',
  ENOTDIR: 'disk.gone',
  ENODEV: 'disk.gone',
  ENXIO: 'disk.gone',
  EIO: 'disk.gone',
  EBADF: 'disk.gone',
};

/** What the computer's own disk says otherwise than a stick: it is not pulled out, and no stick's format is to blame. */
const ownCodeOf: Readonly<Record<string, ProblemCode>> = {
  EFBIG: 'disk.failing',
  EIO: 'disk.failing',
  ENODEV: 'disk.failing',
  ENXIO: 'disk.failing',
};

export type DiskPlace = 'stick' | 'own';

export const errorCode = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

/** The operating system's refusal as a problem; anything else stays what it is. */
export function asDiskProblem(error: unknown, place: DiskPlace = 'stick'): unknown {
  const os = errorCode(error);
  const code = (place === 'own' ? ownCodeOf[os] : undefined) ?? codeOf[os];
  return code ? new ProblemError(code, { os }, { cause: error }) : error;
}

/** Runs the work; a refusal by the disk, or a problem on its way out, becomes the result. A bug is thrown on. */
export async function settled<T>(work: () => Promise<Result<T>>, place: DiskPlace = 'stick'): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    const problem = asDiskProblem(error, place);
    if (problem instanceof ProblemError) return fail(problem.problem.code, problem.problem.detail);
    throw error;
  }
}

/** Stops a long job that was cancelled: `request.cancelled`. */
export function refuseWhenCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new ProblemError('request.cancelled');
}

const PIECE = 256 * 1024;

/** A file's bytes in pieces; the disk's refusals come as problems. */
export async function* readPieces(disk: Disk, path: string): AsyncGenerator<Buffer> {
  try {
    const file = await disk.open(path, 'r');
    try {
      for (;;) {
        const buffer = Buffer.allocUnsafeSlow(PIECE);
        const { bytesRead } = await file.read(buffer, 0, PIECE, null);
        if (bytesRead === 0) return;
        yield buffer.subarray(0, bytesRead);
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    throw asDiskProblem(error);
  }
}

/** The first bytes of a file; fewer where it is shorter. */
export async function firstBytes(disk: Disk, path: string, count: number): Promise<Buffer> {
  const buffer = Buffer.alloc(count);
  const file = await disk.open(path, 'r');
  try {
    const { bytesRead } = await file.read(buffer, 0, count, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Hex SHA-256 of a file, in a quarter of a megabyte of memory. */
export async function digestOfFile(
  disk: Disk,
  path: string,
  signal?: AbortSignal,
  onProgress?: (doneBytes: number) => void,
): Promise<string> {
  const digest = createHash('sha256');
  let doneBytes = 0;
  const buffer = Buffer.allocUnsafeSlow(PIECE);
  const file = await disk.open(path, 'r');
  try {
    for (;;) {
      refuseWhenCancelled(signal);
      const { bytesRead } = await file.read(buffer, 0, PIECE, null);
      if (bytesRead === 0) return digest.digest('hex');
      digest.update(buffer.subarray(0, bytesRead));
      onProgress?.((doneBytes += bytesRead));
    }
  } finally {
    await file.close();
  }
}
