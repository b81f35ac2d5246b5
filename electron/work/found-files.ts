import { opendir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fail, ok, type Result } from '../../shared/problem.ts';
import { MAX_FOUND_FILES } from '../../shared/work.ts';

/** How far below the chosen folder is looked: a stick's own folders, and those of its stations in them. */
const DEPTH = 3;
/** Folders looked into at most, so that a whole disk chosen by mistake ends soon. */
const MAX_FOLDERS = 2_000;

/**
 * Paths as the person means them: a file is itself, whatever it is called; a folder stands for the files with one of
 * the extensions in it and in its folders, by name. Links are not followed. `file.unknown`, `file.too-many`.
 */
export async function foundFiles(paths: readonly string[], extensions: readonly string[]): Promise<Result<string[]>> {
  const found: string[] = [];
  let folders = 0;
  const isTooMany = (): boolean => found.length > MAX_FOUND_FILES || folders > MAX_FOLDERS;

  const look = async (folder: string, depth: number): Promise<void> => {
    folders += 1;
    const below: string[] = [];
    // What may not be looked into, such as a drive's own bookkeeping, holds none of ours.
    for await (const each of await opendir(folder).catch(() => [])) {
      const path = join(folder, each.name);
      if (each.isDirectory() && depth < DEPTH) below.push(path);
      if (each.isFile() && extensions.includes(extname(each.name).slice(1).toLowerCase())) found.push(path);
      if (isTooMany()) return;
    }
    for (const path of below) if (!isTooMany()) await look(path, depth + 1);
  };

  for (const path of paths) {
    const stats = await stat(path).catch(() => null);
    if (!stats) return fail('file.unknown');
    if (stats.isDirectory()) await look(path, 1);
    else found.push(path);
  }
  return isTooMany() ? fail('file.too-many', { limit: MAX_FOUND_FILES }) : ok([...new Set(found)].sort());
}
