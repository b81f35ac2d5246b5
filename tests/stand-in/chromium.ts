import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';
import { findChromium } from './find-chromium.ts';

/** Keeps Chromium's own services from ever asking for anything. */
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-default-apps',
  '--disable-extensions',
  '--disable-sync',
  '--disable-quic',
  '--no-default-browser-check',
  '--no-first-run',
  '--no-pings',
  // Painted without a graphics card either way; so it costs less.
  '--disable-gpu',
  '--dns-over-https-mode=off',
  '--metrics-recording-only',
  '--lang=zh-CN',
];

function launchOptions(switches: readonly string[]) {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('No Chromium, Chrome or Edge found: install one, e.g. apt-get install chromium');
  return {
    executablePath,
    // Chromium refuses to start its sandbox as root.
    chromiumSandbox: process.getuid?.() !== 0,
    args: [...quiet, ...switches],
    handleSIGINT: false,
    handleSIGTERM: false,
  };
}

/** Chromium without a window, over a pipe: one for every set of switches, shared by the applications of a test run. */
export function headlessChromium() {
  const running = new Map<string, Promise<Browser>>();
  return {
    openContext: async (switches: readonly string[], options: BrowserContextOptions): Promise<BrowserContext> => {
      const key = switches.join(' ');
      const browser = running.get(key) ?? chromium.launch({ ...launchOptions(switches), headless: true });
      running.set(key, browser);
      return (await browser).newContext(options);
    },
    close: async (): Promise<void> => {
      await Promise.all([...running.values()].map(async (browser) => (await browser).close()));
      running.clear();
    },
  };
}

/** Chromium in a window without an address bar, over a pipe; `page` is the address it will be used for. */
export const windowedChromium =
  (page: string, { width, height }: { readonly width: number; readonly height: number }) =>
  async (switches: readonly string[], options: BrowserContextOptions): Promise<BrowserContext> => {
    const profile = await mkdtemp(join(tmpdir(), 'lijing-window-'));
    await mkdir(join(profile, 'Default'));
    await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify({ translate: { enabled: false } }));
    const looks = [`--app=${page}`, `--window-size=${String(width)},${String(height)}`, '--window-position=0,0'];
    // `test-type` keeps Chromium from warning about switches above the page.
    const started = launchOptions([...looks, '--test-type', ...switches]);
    const context = await chromium.launchPersistentContext(profile, { ...options, ...started, headless: false });
    // At once: the program ends with its window.
    context.on('close', () => rmSync(profile, { recursive: true, force: true, maxRetries: 5 }));
    return context;
  };
