import { stat, statfs } from 'node:fs/promises';
import { basename } from 'node:path';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { ChosenFile, RemovableDrive } from '../../shared/work.ts';
import type { Drive } from './channel.ts';

/** The page's ids for paths it never sees; they hold until the application ends. */
export type ChosenFiles = ReturnType<typeof chosenFiles>;

/** Remembers what the person chose in dialogs and which drives were offered. */
export function chosenFiles(newId: () => string) {
  const paths = new Map<string, string>();
  const ids = new Map<string, string>();
  const drives = new Map<string, Drive>();

  return {
    /** The same file keeps its id, however it is chosen; one that cannot be looked at is left out. */
    async remember(path: string): Promise<ChosenFile | null> {
      const stats = await stat(path).catch(() => null);
      if (!stats?.isFile()) return null;
      const id = ids.get(path) ?? newId();
      ids.set(path, id);
      paths.set(id, path);
      return { id, name: basename(path), sizeBytes: stats.size };
    },
    /** `file.unknown` for an id that no dialog gave out. */
    pathOf(id: string): Result<string> {
      const path = paths.get(id);
      return path === undefined ? fail('file.unknown') : ok(path);
    },
    rememberDrive({ path, ...drive }: Drive): RemovableDrive {
      const id = [...drives].find(([, known]) => known.path === path)?.[0] ?? newId();
      drives.set(id, { path, ...drive });
      return { id, ...drive };
    },
    /** A folder the person chose, used like a drive. */
    async rememberFolder(path: string): Promise<RemovableDrive> {
      const { bavail, blocks, bsize } = await statfs(path);
      const known = { path, label: basename(path), fileSystem: '', readOnly: false };
      return this.rememberDrive({ ...known, freeBytes: bavail * bsize, totalBytes: blocks * bsize });
    },
    drive: (id: string): Drive | null => drives.get(id) ?? null,
  };
}
