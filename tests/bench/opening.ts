import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWhenStale } from '../stand-in/build.ts';
import { findElectron } from '../stand-in/find-electron.ts';
import { onElectron } from '../e2e/support/on-electron.ts';
import { onStandIn } from '../e2e/support/on-stand-in.ts';
import type { Runner } from '../e2e/support/running-app.ts';
import { absolute, type Figure, ms, quantile } from './measure.ts';

const RUNS = 5;
const appDir = join(import.meta.dirname, '..', '..');

/** The first screen of the application, beside an empty page in a window of the same shell. */
export async function opening(): Promise<Figure> {
  buildWhenStale(appDir);
  const folder = await mkdtemp(join(tmpdir(), 'lijing-opening-'));
  try {
    const emptyDir = await withEmptyPage(folder);
    const [ours, empty] = [await opened(appDir, folder), await opened(emptyDir, folder)];
    const { limit, ...figure } = absolute('window with the first screen, beyond an empty one', ours - empty, 300, 'ms');
    return { ...figure, limit: `${limit} (empty ${ms(empty)})` };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The built application with nothing on its page. */
async function withEmptyPage(folder: string): Promise<string> {
  const dir = join(folder, 'empty');
  await mkdir(dir);
  await cp(join(appDir, 'package.json'), join(dir, 'package.json'));
  await cp(join(appDir, 'out'), join(dir, 'out'), { recursive: true });
  await symlink(join(appDir, 'node_modules'), join(dir, 'node_modules'));
  await writeFile(join(dir, 'out', 'renderer', 'index.html'), '<!doctype html><title>empty</title><h1>empty</h1>');
  return dir;
}

async function opened(dir: string, folder: string): Promise<number> {
  const runner = runnerOf(dir);
  const times: number[] = [];
  // The first run starts the browser and is not counted.
  for (let run = 0; run <= RUNS; run += 1) {
    const dataDir = await mkdtemp(join(folder, 'data-'));
    const start = performance.now();
    const app = await runner.start({ dataDir, drives: [], screen: { width: 1366, height: 768, scale: 1 } });
    await app.page.locator('h1, h2, [role=heading]').first().waitFor();
    if (run > 0) times.push(performance.now() - start);
    await app.close();
  }
  await runner.end();
  return quantile(times, 0.5);
}

function runnerOf(dir: string): Runner {
  const electron = findElectron(appDir);
  return electron ? onElectron(electron, dir) : onStandIn(dir);
}
