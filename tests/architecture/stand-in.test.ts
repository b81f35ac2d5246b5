import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createElectron } from '../stand-in/electron.ts';
import { preloadSurface } from '../stand-in/page-bridge.ts';
import { requestDetails } from '../stand-in/session.ts';
import { events, notOffered, refusable, strict, surface } from '../stand-in/strict.ts';
import { electronAndItsUse } from './electron-declarations.ts';

const { declared, used } = electronAndItsUse();
let names: readonly string[] = [];

beforeAll(async () => {
  names = await offerEverything();
});

describe('the stand-in for Electron', () => {
  it('offers nothing that electron.d.ts does not declare', () => {
    const strangers = [...surface].flatMap(([name, offered]) => {
      const known = declared(name);
      if (!known) return [`${name}: not declared at all`];
      return [
        ...[...offered.members].filter((each) => !known.members.has(each) && each !== 'preventDefault'),
        ...[...offered.events].filter((each) => !known.events.has(each)),
      ].map((each) => `${name}: ${each}`);
    });
    expect(strangers).toEqual([]);
    expect(surface.size).toBeGreaterThan(20);
  });

  it('offers everything the application imports, calls, reads and listens to', () => {
    expect(used.files).toBeGreaterThan(5);
    expect(used.members.size).toBeGreaterThan(40);
    expect(used.events.size).toBeGreaterThan(10);
    expect([...used.imports].filter((name) => !names.includes(name))).toEqual([]);
    expect([...used.members].filter((use) => !isOffered('members', use))).toEqual([]);
    expect([...used.events].filter((use) => !isOffered('events', use))).toEqual([]);
  });

  it('names what it does not have instead of being silently without', () => {
    const app = strict('App', { quit: () => undefined }) as { quit: () => void; hide?: () => void };
    expect(() => app.hide?.()).toThrow(notOffered('App.hide'));
    expect(() => events('App', ['before-quit']).members.on('activate', () => undefined)).toThrow(
      /App\.on\('activate'\)/,
    );
  });
});

/** What an event carries goes by several names in Electron's types; there, any of ours will do. */
function isOffered(kind: 'members' | 'events', use: string): boolean {
  const [owner = '', name = ''] = use.split('#');
  const isOne = surface.has(owner) && owner !== 'Event';
  const owners = isOne ? [owner] : [...surface.keys()].filter((each) => /Event$|EventParams$/.test(each));
  return owners.some((each) => surface.get(each)?.[kind].has(name));
}

/** Makes one of everything, so that all of it is on the list; no browser is started. Gives the names of the exports. */
async function offerEverything(): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lijing-stand-in-'));
  const child = join(folder, 'child.mjs');
  writeFileSync(child, '');
  const { electron, windows } = createElectron({
    appDir: join(import.meta.dirname, '..', '..'),
    headless: true,
    screen: { width: 1920, height: 1040, scale: 1 },
    openContext: () => new Promise(() => undefined),
    dialogs: { open: async () => null, save: async () => null, message: async () => 0 },
    onExit: () => undefined,
  });
  const { app, BrowserWindow, dialog, screen, session, utilityProcess } = electron;
  app.setPath('userData', folder);
  BrowserWindow({
    width: 1,
    height: 1,
    webPreferences: {
      preload: child,
      session: session.defaultSession,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  });
  const frame = { url: () => 'about:blank', parentFrame: () => null };
  windows()[0]?.contents.ipcEvent(frame);
  windows()[0]?.contents.refusesNavigation('about:blank', true);
  await dialog.showOpenDialog({}, {});
  await dialog.showSaveDialog({}, {});
  await dialog.showMessageBox({}, { message: '' });
  requestDetails('');
  refusable();
  Object.keys(screen.getPrimaryDisplay().workAreaSize);
  const { once, kill } = utilityProcess.fork(child);
  await new Promise<void>((resolve) => {
    once('exit', () => {
      resolve();
    });
    kill();
  });
  surface.set('IpcRenderer', { members: new Set(preloadSurface.ipcRenderer), events: new Set() });
  surface.set('ContextBridge', { members: new Set(preloadSurface.contextBridge), events: new Set() });
  surface.set('WebUtils', { members: new Set(preloadSurface.webUtils), events: new Set() });
  rmSync(folder, { recursive: true });
  return [...Object.keys(electron), ...Object.keys(preloadSurface)];
}
