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
 * The application's window until it shows whose it is, and until a person can press its buttons, beside an empty page in
 * a window of the same shell. In turns: what else the machine does falls on all alike.
 */
export async function opening(): Promise<Figure[]> {
  buildWhenStale(appDir);
  const folder = await mkdtemp(join(tmpdir(), 'lijing-opening-'));
  try {
    const ours = openings(appDir, folder, 'button:enabled');
    const empty = openings(await withEmptyPage(folder), folder, 'h1');
    // The first of each starts the browser and is not counted.
    for (const each of [ours, empty]) await each.open();
    const [our, its]: [Opened[], Opened[]] = [[], []];
    for (let run = 0; run < RUNS; run += 1) {
      our.push(await ours.open());
      its.push(await empty.open());
    }
    for (const each of [ours, empty]) await each.end();
    const beyond = (what: string, moment: keyof Opened): Figure => {
      const median = (runs: readonly Opened[]): number =>
        quantile(
          runs.map((run) => run[moment]),
          0.5,
        );
      const bare = median(its);
      const { limit, ...figure } = absolute(what, median(our) - bare, 300, 'ms');
      return { ...figure, limit: `${limit} (empty ${ms(bare)})` };
    };
    return [
      beyond('window that shows whose it is, beyond an empty one', 'shownMs'),
      beyond('the same until its buttons can be pressed', 'usableMs'),
    ];
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

type Opened = { readonly shownMs: number; readonly usableMs: number };

/** Opens the application in `dir` again and again: until its page has drawn something, and until it shows the sign. */
function openings(dir: string, folder: string, sign: string) {
  const runner = runnerOf(dir);
  return {
    open: async (): Promise<Opened> => {
      const dataDir = await mkdtemp(join(folder, 'data-'));
      const start = performance.now();
      const app = await runner.start({ dataDir, drives: [], screen: { width: 1366, height: 768, scale: 1 } });
      await app.page.locator(sign).first().waitFor();
      const usableMs = performance.now() - start;
      // By the page's own clock: whoever looks on from outside hears of it late.
      const drawn = await app.page.evaluate(
        () => performance.timeOrigin + (performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN),
      );
      await app.close();
      return { shownMs: drawn - performance.timeOrigin - start, usableMs };
    },
    end: runner.end,
  };
}

function runnerOf(dir: string): Runner {
  const electron = findElectron(appDir);
  return electron ? onElectron(electron, dir) : onStandIn(dir);
}
