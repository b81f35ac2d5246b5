import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Puts files of a site aside under `damaged/<instant>/`, whatever there is of them. Nothing is ever deleted. */
export function setAside(paths: readonly string[], instant: Date): void {
  for (const path of paths.filter((each) => existsSync(each))) {
    const aside = join(dirname(path), 'damaged', instant.toISOString().replaceAll(':', '-'));
    mkdirSync(aside, { recursive: true });
    renameSync(path, join(aside, basename(path)));
  }
}
