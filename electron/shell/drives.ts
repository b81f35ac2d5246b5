import { access, constants, readFile, statfs } from 'node:fs/promises';
import { basename, delimiter, parse } from 'node:path';
import type { Drive } from '../ipc/channel.ts';

type Mount = Pick<Drive, 'path' | 'label' | 'fileSystem' | 'readOnly'>;

/** Milliseconds before a drive that does not answer (an empty reader, a lost network drive) is left out. */
const PATIENCE = 2_000;

/**
 * Drives a bundle can be handed over on. Linux: what is mounted below /media and /run/media. Windows tells without a
 * native module neither what is removable nor how it is formatted: every lettered drive is offered but the system's
 * and the one that keeps our data. `folders` (a path list) stand for drives where a site has fixed its hand-over place.
 */
export async function removableDrives(folders: string | undefined, dataDir: string): Promise<readonly Drive[]> {
  const mounts = folders !== undefined ? await listedFolders(folders) : await mountedDrives(dataDir);
  const drives = await Promise.all(mounts.map(withSpace));
  return drives.filter((drive) => drive !== null);
}

const listedFolders = (folders: string): Promise<readonly Mount[]> =>
  Promise.all(
    folders
      .split(delimiter)
      .filter((path) => path !== '')
      .map(async (path) => ({ path, label: basename(path), fileSystem: '', readOnly: await isReadOnly(path) })),
  );

const mountedDrives = async (dataDir: string): Promise<readonly Mount[]> =>
  process.platform === 'win32'
    ? letteredDrives([process.env['SystemDrive'] ?? 'C:', parse(dataDir).root])
    : mountsBelowMedia(await readFile('/proc/mounts', 'utf8'));

/** `taken` are drives by any path on them. */
export function letteredDrives(taken: readonly string[]): readonly Mount[] {
  const inUse = new Set(taken.map((path) => path.slice(0, 1).toUpperCase()));
  return Array.from('DEFGHIJKLMNOPQRSTUVWXYZ')
    .filter((letter) => !inUse.has(letter))
    .map((letter) => ({ path: `${letter}:\\`, label: `${letter}:`, fileSystem: '', readOnly: false }));
}

/** Reads the kernel's table of mounts (proc_pid_mounts(5)); blanks in a path stand there as `\040`. */
export function mountsBelowMedia(table: string): readonly Mount[] {
  return table
    .split('\n')
    .map((line) => line.split(' '))
    .flatMap(([, path = '', fileSystem = '', options = '']) => {
      const mountPoint = path.replace(/\\([0-7]{3})/g, (_, code: string) => String.fromCharCode(parseInt(code, 8)));
      if (!/^(\/run)?\/media\/./.test(mountPoint)) return [];
      const readOnly = options.split(',').includes('ro');
      return [{ path: mountPoint, label: basename(mountPoint), fileSystem, readOnly }];
    });
}

const isReadOnly = (path: string): Promise<boolean> =>
  access(path, constants.W_OK).then(
    () => false,
    () => true,
  );

async function withSpace(mount: Mount): Promise<Drive | null> {
  const tooLate = new Promise<null>((resolve) => setTimeout(resolve, PATIENCE, null).unref());
  const space = await Promise.race([statfs(mount.path).catch(() => null), tooLate]);
  if (!space) return null;
  return { ...mount, freeBytes: space.bavail * space.bsize, totalBytes: space.blocks * space.bsize };
}
