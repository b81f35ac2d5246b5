import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { renamePatiently } from './rename.ts';

/** Puts files of one folder aside under `damaged/<instant>/`, whatever there is of them. Nothing is ever deleted. */
export async function setAside(paths: readonly string[], instant: Date): Promise<void> {
  const there = paths.filter((path) => existsSync(path));
  const [first] = there;
  if (first === undefined) return;
  const aside = unusedFolder(join(dirname(first), 'damaged', instant.toISOString().replaceAll(':', '-')), there);
  await mkdir(aside, { recursive: true });
  for (const path of there) await renamePatiently(path, join(aside, basename(path)));
}

/** A clock may show the same instant twice; what lies there already is not written over. */
function unusedFolder(folder: string, paths: readonly string[]): string {
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? folder : `${folder}-${String(count)}`;
    if (!paths.some((path) => existsSync(join(candidate, basename(path))))) return candidate;
  }
}
