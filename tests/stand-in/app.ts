import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Host } from './host.ts';
import { singleInstance } from './lock.ts';
import { events, refusable, strict } from './strict.ts';

const PackageJson = z.object({ name: z.string(), productName: z.string(), version: z.string() });

/** Electron's `app`; `end` takes down everything else before the exit. */
export function createApp(host: Host, closeWindows: () => Promise<void>, end: () => Promise<void>) {
  const about = PackageJson.parse(JSON.parse(readFileSync(join(host.appDir, 'package.json'), 'utf8')));
  const paths = new Map([
    ['userData', join(process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), about.productName)],
  ]);
  const switches: string[] = [];
  const bus = events('App', ['before-quit', 'window-all-closed', 'second-instance', 'web-contents-created']);
  let lock: ReturnType<typeof singleInstance> | null = null;
  let isOver = false;

  const path = (name: string): string => {
    const found = paths.get(name);
    if (found === undefined) throw new Error(`The stand-in has no app.getPath('${name}')`);
    return found;
  };

  async function exit(code: number): Promise<void> {
    if (isOver) return;
    isOver = true;
    await end();
    lock?.release();
    host.onExit(code);
  }

  async function quit(): Promise<void> {
    const { event, isRefused } = refusable();
    bus.emit('before-quit', event);
    if (isRefused() || isOver) return;
    await closeWindows();
    await exit(0);
  }

  const app = strict('App', {
    ...bus.members,
    isPackaged: false,
    whenReady: (): Promise<void> => Promise.resolve(),
    getVersion: (): string => about.version,
    getPath: path,
    setPath: (name: string, value: string): void => void paths.set(name, value),
    // Windows only, and without effect elsewhere in Electron too.
    setAppUserModelId: (_id: string): void => undefined,
    // Chromium's pages are sandboxed unless it runs as root.
    enableSandbox: (): void => undefined,
    commandLine: strict('CommandLine', {
      appendSwitch: (name: string, value?: string): void =>
        void switches.push(value === undefined ? `--${name}` : `--${name}=${value}`),
      hasSwitch: (name: string): boolean =>
        process.argv.some((argument) => argument === `--${name}` || argument.startsWith(`--${name}=`)),
    }),
    requestSingleInstanceLock: (): boolean => {
      lock ??= singleInstance(path('userData'), () => bus.emit('second-instance', {}, [], ''));
      return lock.has;
    },
    quit: (): void => void quit(),
    exit: (code = 0): void => void exit(code),
  });

  return { app, emit: bus.emit, switches: (): readonly string[] => switches, quit };
}
