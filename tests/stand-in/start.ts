import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { APP_PAGE } from '../../electron/shell/origin.ts';
import { toChromium } from './addresses.ts';
import { buildWhenStale } from './build.ts';
import { headlessChromium, windowedChromium } from './chromium.ts';
import { findElectron } from './find-electron.ts';
import type { DialogAnswers } from './host.ts';
import { runOnStandIn } from './run.ts';

const appDir = join(import.meta.dirname, '..', '..');

/** Dialogs as questions in the page, for somebody who tries the application without Electron. */
function askInPage(page: () => Promise<Page>): DialogAnswers {
  const ask = async (question: string, suggested = ''): Promise<string | null> =>
    (await page()).evaluate(([text, value]) => window.prompt(text, value), [question, suggested] as const);
  return {
    open: async ({ title = '' }) => {
      const answer = await ask(`${title}：请输入完整路径，多个路径用英文竖线 | 隔开`);
      return answer ? answer.split('|').map((path) => path.trim()) : null;
    },
    save: ({ title = '', defaultPath }) => ask(`${title}：请输入完整路径`, defaultPath),
    message: async ({ message, detail = '', buttons = [] }) => {
      const choices = buttons.map((button, index) => `${String(index)} ${button}`).join('，');
      return Number((await ask(`${message}\n${detail}\n${choices}`, '0')) ?? buttons.length - 1);
    },
  };
}

const headless = process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'];

async function startStandIn(): Promise<void> {
  const how = headless ? 'without a window, as there is no display' : 'in a window';
  console.log(`砺警 runs on the stand-in, in Chromium ${how}: Electron's program is not installed.`);
  const chromium = headlessChromium();
  const standIn = await runOnStandIn({
    appDir,
    headless,
    screen: { width: 1920, height: 1040, scale: 1 },
    openContext: headless ? chromium.openContext : windowedChromium(toChromium(APP_PAGE), { width: 1366, height: 768 }),
    dialogs: askInPage(async () => {
      const [window] = standIn.windows();
      if (!window) throw new Error('No window is open.');
      return window.page;
    }),
    onExit: (code) => void chromium.close().finally(() => process.exit(code)),
  });
  // Playwright closes a question at once unless somebody listens; these are for the person.
  await standIn.windows()[0]?.page.then((page) => page.on('dialog', () => undefined));
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void standIn.quit());
}

buildWhenStale(appDir);
const electron = findElectron(appDir);
if (electron) {
  console.log(`砺警 runs in Electron: ${electron}`);
  spawn(electron, [appDir], { stdio: 'inherit' }).on('exit', (code) => process.exit(code ?? 1));
} else {
  await startStandIn();
}
