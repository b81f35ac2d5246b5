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

/**
 * The first screen of the application, until a person can press its buttons, beside an empty page in a window of the same
 * shell. In turns: what else the machine does falls on both alike.
 */
export async function opening(): Promise<Figure> {
  buildWhenStale(appDir);
  const folder = await mkdtemp(join(tmpdir(), 'lijing-opening-'));
  try {
    const ours = openings(appDir, folder, 'button:enabled');
    const empty = openings(await withEmptyPage(folder), folder, 'h1');
    // The first of each starts the browser and is not counted.
    for (const each of [ours, empty]) await each.open();
    const [our, its]: [number[], number[]] = [[], []];
    for (let run = 0; run < RUNS; run += 1) {
      our.push(await ours.open());
      its.push(await empty.open());
    }
    for (const each of [ours, empty]) await each.end();
    const bare = quantile(its, 0.5);
    const { limit, ...figure } = absolute(
      'window with the first screen, beyond an empty one',
      quantile(our, 0.5) - bare,
      300,
      'ms',
    );
    return { ...figure, limit: `${limit} (empty ${ms(bare)})` };
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

/** Opens the application in `dir` again and again, each time until the page shows what `sign` names. */
function openings(dir: string, folder: string, sign: string) {
  const runner = runnerOf(dir);
  return {
    open: async (): Promise<number> => {
      const dataDir = await mkdtemp(join(folder, 'data-'));
      const start = performance.now();
      const app = await runner.start({ dataDir, drives: [], screen: { width: 1366, height: 768, scale: 1 } });
      await app.page.locator(sign).first().waitFor();
      const took = performance.now() - start;
      await app.close();
      return took;
    },
    end: runner.end,
  };
}

function runnerOf(dir: string): Runner {
  const electron = findElectron(appDir);
  return electron ? onElectron(electron, dir) : onStandIn(dir);
}
