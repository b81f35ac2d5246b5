import { stat, statfs } from 'node:fs/promises';
import { basename } from 'node:path';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { ChosenFile, RemovableDrive } from '../../shared/work.ts';
import type { ChosenPath, Drive } from './channel.ts';

/** The page's ids for paths it never sees; they hold until the application ends. */
export type ChosenFiles = ReturnType<typeof chosenFiles>;

/** What a form kept over a lock may still name; older ones are chosen again. */
const KEPT_AT_MOST = 1_000;

/** Remembers what the person chose in dialogs, before and after a lock, and which drives were offered. */
export function chosenFiles(newId: () => string, before: readonly ChosenPath[] = []) {
  const paths = new Map(before.map(({ id, path }) => [id, path]));
  const ids = new Map(before.map(({ id, path }) => [path, id]));
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
    /** For the process that takes over after a lock: unfinished forms still name them. Never written anywhere. */
    kept: (): readonly ChosenPath[] => [...paths].slice(-KEPT_AT_MOST).map(([id, path]) => ({ id, path })),
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
