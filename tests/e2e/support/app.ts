import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { isOwnUrl } from '../../../electron/shell/origin.ts';
import { findElectron } from '../../stand-in/find-electron.ts';
import { onElectron } from './on-electron.ts';
import { onStandIn } from './on-stand-in.ts';
import type { Runner, RunningApp, StartOptions } from './running-app.ts';

const appDir = join(import.meta.dirname, '..', '..', '..');

/** An application of the test's: a site with a data folder of its own. */
export type TestApp = Omit<RunningApp, 'close' | 'address'> & {
  readonly dataDir: string;
  /** A fault the test itself provokes; it must have come by the test's end. */
  readonly expectFault: (fault: RegExp) => void;
  /** Quits it; start it again on the same data with `launch({ dataDir })`. */
  readonly close: () => Promise<void>;
};

type Fixtures = {
  /** A folder of this test's. */
  readonly folder: string;
  /** The folder that all applications of the test see as their one removable drive. */
  readonly stick: string;
  /** Starts the application: on a fresh data folder, unless told otherwise. */
  readonly launch: (options?: Partial<StartOptions>) => Promise<TestApp>;
  /** The application, started. `page` is its page. */
  readonly app: TestApp;
};

/** Playwright's test with the built application; fails on any request that leaves it and on any uncaught error. */
export const test = base.extend<Fixtures, { runner: Runner }>({
  runner: [
    async ({}, use) => {
      const electron = findElectron(appDir);
      const runner = electron ? onElectron(electron, appDir) : onStandIn(appDir);
      console.log(`e2e runs on ${runner.name}.`);
      await use(runner);
      await runner.end();
    },
    { scope: 'worker' },
  ],

  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'lijing-e2e-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },

  stick: async ({ folder }, use) => {
    const stick = join(folder, 'stick');
    await mkdir(stick);
    await use(stick);
  },

  launch: async ({ runner, folder, stick }, use) => {
    const open = new Set<TestApp>();
    const faults: string[] = [];
    const expected: RegExp[] = [];
    await use(async (options = {}) => {
      const dataDir = options.dataDir ?? (await mkdtemp(join(folder, 'data-')));
      const running = await runner.start({
        dataDir,
        drives: options.drives ?? [stick],
        screen: options.screen ?? { width: 1920, height: 1040, scale: 1 },
      });
      watch(running, faults);
      const app: TestApp = {
        ...running,
        dataDir,
        expectFault: (fault) => void expected.push(fault),
        close: async () => {
          if (open.delete(app)) faults.push(...(await running.close()));
        },
      };
      open.add(app);
      return app;
    });
    for (const app of [...open]) await app.close();
    const missing = expected.filter((fault) => !faults.some((each) => fault.test(each)));
    const unexpected = faults.filter((fault) => !expected.some((each) => each.test(fault)));
    const wrong = [...unexpected, ...missing.map((fault) => `expected, but never came: ${String(fault)}`)];
    if (wrong.length > 0) throw new Error(`In the application:\n${wrong.join('\n')}`);
  },

  app: async ({ launch }, use) => {
    await use(await launch());
  },

  page: async ({ app }, use) => {
    await use(app.page);
  },
});

export { expect } from '@playwright/test';

function watch({ page, address }: RunningApp, faults: string[]): void {
  page.on('request', (request) => {
    const url = address(request.url());
    if (!isOwnUrl(url)) faults.push(`a request left the application: ${url}`);
  });
  page.on('pageerror', (error) => faults.push(`an uncaught error in the page: ${error.stack ?? error.message}`));
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) faults.push(message.text());
  });
}
