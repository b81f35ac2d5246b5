import { spawnSync, type SpawnSyncOptions } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { buildWhenStale } from './stand-in/build.ts';
import { findChromium } from './stand-in/find-chromium.ts';
import { findElectron } from './stand-in/find-electron.ts';

/** Everything `npm test` runs: first what needs no window, then the built application as a person uses it. */

type Tally = { readonly passed: number; readonly failed: number; readonly skipped: number };

const root = join(import.meta.dirname, '..');
const packages = ['chromium', 'fonts-noto-cjk', 'xvfb'];
const found = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));

/** Chromium for the stand-in: the one that is there, else Debian's, where we may install it. */
function provideChromium(): void {
  if (findChromium()) return;
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  if (process.getuid?.() !== 0 || !found('apt-get'))
    throw new Error(`Neither Electron nor Chromium, Chrome or Edge is here. On Debian: sudo ${command}`);
  console.log(`No Chromium here; installing: ${packages.join(', ')}`);
  const quiet: SpawnSyncOptions = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  spawnSync('apt-get', ['update', '-q'], quiet);
  spawnSync('apt-get', command.split(' ').slice(1), quiet);
  if (!findChromium()) throw new Error(`Chromium could not be installed: ${command}`);
}

/** A part that ended badly without naming a test still counts as one failure. */
function tallyOf(report: string, status: number | null, read: (report: never) => Tally): Tally {
  const tally = existsSync(report)
    ? read(JSON.parse(readFileSync(report, 'utf8')) as never)
    : { passed: 0, failed: 0, skipped: 0 };
  return status === 0 || tally.failed > 0 ? tally : { ...tally, failed: 1 };
}

type VitestReport = { numPassedTests: number; numFailedTests: number; numPendingTests: number; numTodoTests: number };
type PlaywrightReport = { stats: { expected: number; unexpected: number; flaky: number; skipped: number } };

/** Unit, flow and architecture tests. */
function withoutWindow(report: string): Tally {
  const tool = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { status } = spawnSync(process.execPath, [tool, 'run', ...reporters], { cwd: root, stdio: 'inherit' });
  return tallyOf(report, status, (told: VitestReport) => ({
    passed: told.numPassedTests,
    failed: told.numFailedTests,
    skipped: told.numPendingTests + told.numTodoTests,
  }));
}

/** The built application, on Electron where its program is installed, else on the stand-in. */
function withWindow(report: string): Tally {
  const electron = findElectron(root);
  if (!electron) provideChromium();
  buildWhenStale(root);
  console.log(electron ? `e2e: on Electron, ${electron}` : `e2e: on the stand-in, ${String(findChromium())}`);
  const tool = join(root, 'node_modules', '@playwright', 'test', 'cli.js');
  const command = [process.execPath, tool, 'test', '--reporter=list,json'];
  const needsScreen = electron && process.platform === 'linux' && !process.env['DISPLAY'] && found('xvfb-run');
  const [program = '', ...args] = needsScreen ? ['xvfb-run', '-a', ...command] : command;
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: report };
  const { status } = spawnSync(program, args, { cwd: root, stdio: 'inherit', env });
  return tallyOf(report, status, ({ stats }: PlaywrightReport) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  }));
}

const reports = mkdtempSync(join(tmpdir(), 'lijing-tests-'));
const parts: readonly Tally[] = [withoutWindow(join(reports, 'vitest.json')), withWindow(join(reports, 'e2e.json'))];
rmSync(reports, { recursive: true });
const sum = (what: keyof Tally): number => parts.reduce((total, part) => total + part[what], 0);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
process.exitCode = sum('failed') === 0 && parts.every(({ passed }) => passed > 0) ? 0 : 1;
