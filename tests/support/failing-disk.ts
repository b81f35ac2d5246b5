import type { PathLike } from 'node:fs';
import promises, { type FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

/** One thing asked of the operating system. */
export type DiskAct = {
  readonly what: 'open' | 'read' | 'write' | 'sync' | 'rename' | 'copy' | 'mkdir';
  readonly path: string;
  /** Counted from 1, over all of them. */
  readonly nth: number;
};

/** What the operating system answers instead of doing it, by errno; null lets it happen. May do something itself. */
export type Refuses = (act: DiskAct) => string | null | Promise<string | null>;

type Patched = Record<string, unknown>;
const original: Patched = { ...promises };

const refusal = (code: string): Error => Object.assign(new Error(code), { code });

/**
 * Runs the work on a disk that refuses as it is told, below all of our own code: `node:fs/promises` itself is exchanged
 * meanwhile. A refused write leaves half of its bytes. Waits between tries end at once. Answers what was asked of the
 * disk. One at a time in a process.
 */
export async function onFailingDisk<T>(
  refuses: Refuses,
  work: () => Promise<T>,
): Promise<{ readonly value: T; readonly acts: readonly DiskAct[] }> {
  const acts: DiskAct[] = [];
  const ask = async (what: DiskAct['what'], path: PathLike): Promise<string | null> => {
    const act = { what, path: String(path), nth: acts.length + 1 };
    acts.push(act);
    return refuses(act);
  };
  const orRefuse = async (what: DiskAct['what'], path: PathLike): Promise<void> => {
    const code = await ask(what, path);
    if (code !== null) throw refusal(code);
  };

  const watched = (handle: FileHandle, path: PathLike): FileHandle => {
    const own = (name: string, ...args: readonly unknown[]): Promise<unknown> =>
      (Reflect.get(prototype, name) as (...each: unknown[]) => Promise<unknown>).call(handle, ...args);
    const prototype = Object.getPrototypeOf(handle) as object;
    const writing =
      (name: 'write' | 'writeFile') =>
      async (bytes: Uint8Array | string, ...rest: readonly unknown[]): Promise<unknown> => {
        const code = await ask('write', path);
        if (code === null) return own(name, bytes, ...rest);
        const half = Buffer.from(bytes as Uint8Array);
        await own('write', half.subarray(0, half.length >> 1));
        throw refusal(code);
      };
    const before =
      (what: 'read' | 'sync') =>
      async (...args: readonly unknown[]): Promise<unknown> => {
        await orRefuse(what, path);
        return own(what, ...args);
      };
    return Object.assign(handle, {
      ...{ write: writing('write'), writeFile: writing('writeFile') },
      ...{ read: before('read'), sync: before('sync') },
    });
  };

  const first =
    (what: DiskAct['what'], name: string, at = 0) =>
    async (...args: unknown[]): Promise<unknown> => {
      await orRefuse(what, args[at] as PathLike);
      return (original[name] as (...each: unknown[]) => unknown)(...args);
    };
  Object.assign(promises, {
    open: async (path: PathLike, ...rest: unknown[]) =>
      watched((await first('open', 'open')(path, ...rest)) as FileHandle, path),
    rename: first('rename', 'rename', 1),
    copyFile: first('copy', 'copyFile', 1),
    mkdir: first('mkdir', 'mkdir'),
    readFile: first('read', 'readFile'),
  });
  const waiting = timers.setTimeout;
  Object.assign(timers, { setTimeout: async () => undefined });
  syncBuiltinESMExports();
  try {
    return { value: await work(), acts };
  } finally {
    Object.assign(promises, original);
    Object.assign(timers, { setTimeout: waiting });
    syncBuiltinESMExports();
  }
}
