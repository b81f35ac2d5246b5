import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const sources = ['electron', 'renderer', 'shared', 'resources', 'electron.vite.config.ts', 'package.json'];

/** Builds when a source is younger than the last build; what stands in `out` is always a whole build. */
export function buildWhenStale(appDir: string): void {
  const built = join(appDir, 'out', 'main', 'main.js');
  if (existsSync(built) && newest(sources.map((source) => join(appDir, source))) < statSync(built).mtimeMs) return;

  const fresh = join(appDir, '.cache', `build-${process.pid}`);
  const tool = join(appDir, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const { status } = spawnSync(process.execPath, [tool, 'build', '--logLevel', 'warn'], {
    cwd: appDir,
    env: { ...process.env, LIJING_OUT_DIR: fresh, NODE_OPTIONS: '' },
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('The build failed; its messages stand above.');
  const old = `${fresh}-old`;
  if (existsSync(join(appDir, 'out'))) renameSync(join(appDir, 'out'), old);
  renameSync(fresh, join(appDir, 'out'));
  rmSync(old, { recursive: true, force: true });
}

const newest = (paths: readonly string[]): number =>
  Math.max(0, ...paths.filter((path) => existsSync(path)).map(newestIn));

function newestIn(path: string): number {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return newest(readdirSync(path).map((name) => join(path, name)));
}
