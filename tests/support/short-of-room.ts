import { execFile } from 'node:child_process';
import { cp, mkdir } from 'node:fs/promises';
import { promisify } from 'node:util';

const execute = promisify(execFile);
/** What it prints; an error where it is missing or refuses. */
const run = async (command: string, ...args: readonly string[]): Promise<string> =>
  (await execute(command, args)).stdout;

/** A site whose writes the operating system itself refuses for a while, below SQLite and below our own code alike. */
export type Shortage = {
  /** How the operating system was brought to it; told in the summary. */
  readonly how: string;
  /** The site's folder while it lasts. */
  readonly dir: string;
  /** From here on no more than so many bytes, for the process that has the site open. */
  readonly begin: (pid: number, bytes: number) => Promise<void>;
  /** There is room again. */
  readonly lift: (pid: number) => Promise<void>;
  readonly end: () => Promise<void>;
};

/**
 * No file may grow beyond so many bytes (`EFBIG`, and under SQLite `SQLITE_IOERR_WRITE`): a process may be limited so by
 * whoever started it, and Node passes over the signal that comes with it. Needs Linux, and fails where it is not.
 */
export const withLimit = (dir: string): Shortage => ({
  how: 'files limited',
  dir,
  begin: async (pid, bytes) => {
    await run('prlimit', '--pid', String(pid), `--fsize=${String(bytes)}:`);
  },
  lift: async (pid) => {
    await run('prlimit', '--pid', String(pid), '--fsize=unlimited:');
  },
  end: async () => undefined,
});

const ROOMY = 1 << 28;
const PAGE = 4096;

/**
 * The site on a file system of its own that is full after so many bytes (`ENOSPC`). Mounting is for root alone: null where
 * it is refused.
 */
export async function onSmallDisk(site: string): Promise<Shortage | null> {
  const dir = `${site}.small`;
  await mkdir(dir);
  const mount = async (...options: readonly string[]): Promise<void> => {
    await run('mount', '-t', 'tmpfs', '-o', options.join(','), 'lijing-small', dir);
  };
  try {
    await mount(`size=${String(ROOMY)}`, 'mode=0700');
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
  await cp(site, dir, { recursive: true });
  const resize = (bytes: number): Promise<void> => mount('remount', `size=${String(bytes)}`);
  return {
    how: 'disk full',
    dir,
    begin: async (_pid, bytes) => {
      const used = (await run('df', '--block-size=1', '--output=used', dir)).split('\n')[1];
      await resize(Math.max(PAGE, Number(used) + bytes));
    },
    lift: () => resize(ROOMY),
    end: async () => {
      await run('umount', '--lazy', dir);
    },
  };
}
