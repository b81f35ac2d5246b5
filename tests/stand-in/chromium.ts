import { type Browser, chromium } from 'playwright-core';
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
  '--disable-features=OptimizationHints,MediaRouter,Translate,AutofillServerCommunication,DialMediaRouteProvider',
  '--no-default-browser-check',
  '--no-first-run',
  '--no-pings',
  '--dns-over-https-mode=off',
  '--metrics-recording-only',
  '--lang=zh-CN',
];

/** Starts Chromium over a pipe; `switches` are those the application gave its command line. */
export async function launchChromium(switches: readonly string[], headless: boolean): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('No Chromium, Chrome or Edge found: install one, e.g. apt-get install chromium');
  return chromium.launch({
    executablePath,
    headless,
    // Chromium refuses to start its sandbox as root.
    chromiumSandbox: process.getuid?.() !== 0,
    args: [...quiet, ...switches],
    handleSIGINT: false,
  });
}

/** One browser for every set of switches, shared by the applications of a test run. */
export function sharedChromium(headless: boolean) {
  const running = new Map<string, Promise<Browser>>();
  return {
    launch(switches: readonly string[]): Promise<Browser> {
      const key = switches.join(' ');
      const browser = running.get(key) ?? launchChromium(switches, headless);
      running.set(key, browser);
      return browser;
    },
    async close(): Promise<void> {
      await Promise.all([...running.values()].map(async (browser) => (await browser).close()));
      running.clear();
    },
  };
}
