import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Electron's program, where its package has fetched it; null where only the package is there. */
export function findElectron(appDir: string): string | null {
  const folder = join(appDir, 'node_modules', 'electron');
  const named = join(folder, 'path.txt');
  if (!existsSync(named)) return null;
  const program = join(folder, 'dist', readFileSync(named, 'utf8').trim());
  return existsSync(program) ? program : null;
}
