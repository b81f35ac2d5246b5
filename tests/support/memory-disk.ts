import type { Disk, DiskFile } from '../../electron/files/disk.ts';

/** What befalls the disk at its nth operation: one error, or every operation from there on. */
export type Fault = { readonly at: number; readonly code: string; readonly lasting?: boolean };

const diskError = (code: string): Error => Object.assign(new Error(code), { code });

/** A disk in memory that counts its operations and can fail at any of them; a failing write leaves half of its bytes. */
export function memoryDisk(fault?: Fault) {
  const files = new Map<string, Buffer>();
  let operations = 0;

  const step = (): boolean => {
    operations += 1;
    return fault !== undefined && (fault.lasting ? operations >= fault.at : operations === fault.at);
  };
  const orFail = async (): Promise<void> => {
    if (step()) throw diskError(fault?.code ?? '');
  };
  const contentOf = (path: string): Buffer => {
    const content = files.get(path);
    if (!content) throw diskError('ENOENT');
    return content;
  };
  const put = (path: string, bytes: Uint8Array, position: number): void => {
    const before = contentOf(path);
    const content = Buffer.alloc(Math.max(before.length, position + bytes.length));
    before.copy(content);
    content.set(bytes, position);
    files.set(path, content);
  };
  const write = (path: string, bytes: Uint8Array, position: number): void => {
    const fails = step();
    put(path, fails ? bytes.subarray(0, bytes.length >> 1) : bytes, position);
    if (fails) throw diskError(fault?.code ?? '');
  };

  const opened = (path: string): DiskFile => {
    let cursor = 0;
    return {
      read: async (into, offset, length, position) => {
        await orFail();
        const from = position ?? cursor;
        const bytesRead = contentOf(path).copy(into, offset, from, from + length);
        if (position === null) cursor += bytesRead;
        return { bytesRead };
      },
      write: async (bytes, offset, length, position) => {
        write(path, bytes.subarray(offset, offset + length), position);
        return { bytesWritten: length };
      },
      writeFile: async (bytes) => {
        write(path, bytes, cursor);
        cursor += bytes.length;
      },
      sync: orFail,
      close: orFail,
    };
  };

  const disk: Disk = {
    freeBytes: async () => {
      await orFail();
      return 2 ** 40;
    },
    open: async (path, flags) => {
      await orFail();
      if (flags !== 'r') files.set(path, Buffer.alloc(0));
      contentOf(path);
      return opened(path);
    },
    rename: async (from, to) => {
      await orFail();
      files.set(to, contentOf(from));
      files.delete(from);
    },
    remove: async (path) => {
      await orFail();
      files.delete(path);
    },
    sizeBytes: async (path) => {
      await orFail();
      return files.get(path)?.length ?? null;
    },
    syncFolder: orFail,
  };
  return { disk, files, operations: () => operations };
}
