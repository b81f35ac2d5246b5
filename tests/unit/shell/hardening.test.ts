import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WebPreferences } from 'electron';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { APP_PAGE } from '../../../electron/shell/origin.ts';
import { sources } from '../../architecture/sources.ts';
import { recordedElectron, type RecordedElectron } from '../../support/recorded-electron.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const shell = sources('electron/main.ts', 'electron/preload.ts', 'electron/shell/*.ts');
const product = sources('{electron,renderer,shared}/**/*.{ts,tsx,html}');
const named = (pattern: RegExp, files = product) =>
  files.filter(({ text }) => pattern.test(text)).map(({ path }) => path);

/** Starts the shell as it is packaged, on an Electron that keeps what it is told. */
async function started(switches: readonly string[] = []): Promise<RecordedElectron> {
  vi.resetModules();
  const recorded = recordedElectron({ isPackaged: true, switches });
  vi.doMock('electron', () => recorded.electron);
  await import('../../../electron/main.ts');
  await vi.waitFor(() => {
    if (recorded.exits.length === 0 && !recorded.told.some((each) => each.startsWith('load')))
      throw new Error('starting');
  });
  recorded.listeners.get('app web-contents-created')?.({} as never, recorded.contents() as never);
  return recorded;
}

let recorded: RecordedElectron;
let preferences: WebPreferences;
beforeAll(async () => {
  recorded = await started();
  preferences = recorded.windows[0]?.webPreferences ?? {};
});

const everySession = () => [...recorded.sessions.values()];
/** What a handler answers through its callback or by itself. */
const verdict = (handler: ((...args: never[]) => unknown) | undefined, ...args: unknown[]): unknown => {
  if (!handler) throw new Error('no handler was set');
  let answered: unknown;
  const returned = handler(...([...args, (value: unknown) => (answered = value)] as never[]));
  return answered ?? returned;
};
/** Whether a listener refuses the event. */
function refuses(event: string, details: object = {}): boolean {
  let isRefused = false;
  const given = { ...details, preventDefault: () => (isRefused = true) };
  const listener = recorded.listeners.get(`contents ${event}`);
  if (!listener) throw new Error(`nobody listens to ${event}`);
  listener(given as never);
  return isRefused;
}
const requested = (url: string): boolean =>
  everySession().every((session) => (verdict(session.get('request'), { url }) as { cancel: boolean }).cancel);

describe("Electron's own list", () => {
  it('1: only our own content is ever loaded', () => {
    expect(recorded.told.filter((each) => each.startsWith('load'))).toEqual([`load ${APP_PAGE}`]);
    for (const url of ['https://example.invalid/', 'http://localhost/', 'file:///etc/passwd', 'ws://example.invalid/'])
      expect(requested(url), url).toBe(true);
    expect(requested(APP_PAGE)).toBe(false);
  });

  it('2: the page has no Node, nor has any worker or frame of it', () => {
    expect(preferences.nodeIntegration).toBe(false);
    expect(preferences.nodeIntegrationInWorker ?? false).toBe(false);
    expect(preferences.nodeIntegrationInSubFrames ?? false).toBe(false);
  });

  it('3: the preload stands in a world of its own', () => {
    expect(preferences.contextIsolation).toBe(true);
  });

  it('4: every process is sandboxed, also one that would not ask for it', () => {
    expect(preferences.sandbox).toBe(true);
    expect(recorded.told.indexOf('sandbox')).toBeLessThan(recorded.told.indexOf('ready'));
    expect(recorded.told).toContain('sandbox');
  });

  it('5: every permission and every device is refused, in every session', () => {
    expect(everySession()).toHaveLength(2);
    for (const session of everySession()) {
      for (const permission of ['media', 'geolocation', 'clipboard-read', 'notifications', 'fileSystem', 'usb', 'hid'])
        expect(verdict(session.get('permission'), null, permission)).toBe(false);
      expect(verdict(session.get('permission check'))).toBe(false);
      expect(verdict(session.get('device'))).toBe(false);
    }
  });

  it('6: web security stays on', () => {
    expect(preferences.webSecurity).toBe(true);
    expect(named(/webSecurity: false/)).toEqual([]);
  });

  it('7: the policy lets scripts come from our own files alone', async () => {
    const serve = recorded.sessions.get('lijing')?.get('protocol app');
    const answer = (await verdict(serve, { method: 'GET', url: APP_PAGE })) as Response;
    const policy = Object.fromEntries(
      (answer.headers.get('content-security-policy') ?? '').split('; ').map((each) => each.split(/ (.*)/s).slice(0, 2)),
    ) as Record<string, string>;
    expect(policy['default-src']).toBe("'none'");
    expect(policy['script-src']).toBe("'self'");
    for (const shut of ['object-src', 'frame-src', 'frame-ancestors', 'base-uri', 'form-action'])
      expect(policy[shut], shut).toBe("'none'");
    expect(policy['connect-src']).toBe("'self'");
    expect(Object.values(policy).join(' ')).not.toMatch(/unsafe-eval|https?:|\*/);
  });

  it('8: no insecure content is let in beside secure content', () => {
    expect(preferences.allowRunningInsecureContent ?? false).toBe(false);
  });

  it('9: nothing experimental is turned on', () => {
    expect(preferences.experimentalFeatures ?? false).toBe(false);
    expect([...recorded.appended.keys()].filter((name) => /^enable-/.test(name))).toEqual([]);
  });

  it('10: no feature of Blink is turned on', () => {
    expect(preferences.enableBlinkFeatures).toBeUndefined();
  });

  it('11: there is no webview, so none may open windows', () => {
    expect(preferences.webviewTag).toBe(false);
    expect(named(/<webview|allowpopups/)).toEqual([]);
  });

  it('12: a webview that came about all the same is refused', () => {
    expect(refuses('will-attach-webview')).toBe(true);
  });

  it('13: the page goes nowhere but to itself', () => {
    for (const url of ['https://example.invalid/', 'file:///C:/', 'app://lijing/other.html', 'app://other/index.html'])
      expect(refuses('will-frame-navigate', { url, isMainFrame: true }), url).toBe(true);
    expect(refuses('will-frame-navigate', { url: APP_PAGE, isMainFrame: false })).toBe(true);
    expect(refuses('will-frame-navigate', { url: `${APP_PAGE}#/people`, isMainFrame: true })).toBe(false);
    expect(refuses('will-redirect')).toBe(true);
  });

  it('14: the page opens no window', () => {
    expect(verdict(recorded.handlers.get('window.open'), { url: APP_PAGE })).toEqual({ action: 'deny' });
    expect(recorded.windows).toHaveLength(1);
  });

  it('15: no address is ever given to the operating system', () => {
    expect(named(/openExternal|openPath|showItemInFolder|child_process/)).toEqual([]);
  });

  it('16: Electron is of a line that still gets its mends, and Chromium with it', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')) as {
      version: string;
    };
    expect(Number(version.split('.')[0])).toBeGreaterThanOrEqual(45);
  });

  it('17: a message is taken from the main frame of our own page alone', () => {
    const call = recorded.handlers.get('ipc call');
    const from = (sender: object, senderFrame: object | null) =>
      verdict(call, { sender, senderFrame }, 'site.status', {});
    const refused = { ok: false, problem: { code: 'request.not-allowed' } };
    const own = { origin: 'app://lijing', parent: null };
    expect(from({}, own)).toEqual(refused);
    for (const frame of [null, { ...own, parent: {} }, { ...own, origin: 'https://example.invalid' }])
      expect(from({}, frame)).toEqual(refused);
    expect([...recorded.handlers.keys()].filter((name) => name.startsWith('ipc'))).toEqual(['ipc call', 'ipc drop']);
    const page = shell.find(({ path }) => path === 'electron/shell/page-calls.ts')?.text ?? '';
    expect(page.match(/ipcMain\.handle\(/g)).toHaveLength(page.match(/isOurs\(event\)/g)?.length ?? 0);
    expect(named(/ipcMain\.(on|once|handleOnce)\b/, shell)).toEqual([]);
  });

  it('18: the page comes by a scheme of its own, never as a file', () => {
    expect(recorded.schemes.map(({ scheme }) => scheme)).toEqual(['app']);
    expect(recorded.schemes[0]?.privileges).not.toHaveProperty('bypassCSP');
    expect(named(/loadFile\(|file:\/\/(?!\/)/, shell)).toEqual([]);
  });

  it('20: the page sees a few functions of ours, and never a part of Electron', () => {
    const preload = shell.find(({ path }) => path === 'electron/preload.ts')?.text ?? '';
    expect(preload.match(/exposeInMainWorld\(/g)).toHaveLength(1);
    expect(preload).toContain("contextBridge.exposeInMainWorld('api', api)");
    expect(preload).not.toMatch(/exposeInMainWorld\([^)]*(ipcRenderer|require|process)/);
    expect(named(/from 'electron'|require\('electron'\)/, sources('renderer/**/*.{ts,tsx}'))).toEqual([]);
  });
});

describe('the application as it is packaged', () => {
  it('has no tools for developers, and no menu whose keys would open them', () => {
    expect(preferences.devTools).toBe(false);
    expect(recorded.told.indexOf('no menu')).toBeLessThan(recorded.told.indexOf('ready'));
    expect(recorded.told).toContain('no menu');
    expect(named(/openDevTools|toggleDevTools/)).toEqual([]);
  });

  it.each(['remote-debugging-port', 'remote-debugging-pipe', 'disable-web-security', 'load-extension', 'js-flags'])(
    'does not start at all with --%s',
    async (name) => {
      const pried = await started([name]);
      expect(pried.exits).toEqual([1]);
      expect(pried.windows).toEqual([]);
    },
  );

  it('downloads nothing and checks no spelling', () => {
    for (const session of everySession()) {
      let isRefused = false;
      session.get('will-download')?.({ preventDefault: () => (isRefused = true) } as never);
      expect(isRefused).toBe(true);
      expect(session.get('spelling')?.()).toBe(false);
    }
  });

  it('resolves no name, asks no proxy and calls no other page', () => {
    expect(Object.fromEntries(recorded.appended)).toMatchObject({
      'host-resolver-rules': 'MAP * ~NOTFOUND',
      'no-proxy-server': '',
      'webrtc-ip-handling-policy': 'disable_non_proxied_udp',
    });
    expect(recorded.handlers.get('webrtc')?.()).toBe('disable_non_proxied_udp');
  });

  it('writes no dump of its memory: no crash reporter, no heap snapshot, no diagnostic report', () => {
    expect(named(/crashReporter|writeHeapSnapshot|process\.report|takeHeapSnapshot|contentTracing|netLog/)).toEqual([]);
  });

  it('keeps nothing of the page on the disk: its session lives in memory', () => {
    expect([...recorded.sessions.keys()].some((partition) => partition.startsWith('persist:'))).toBe(false);
  });

  it('puts no secret on the clipboard', () => {
    expect(named(/navigator\.clipboard|execCommand|copyable/)).toEqual([]);
  });

  it('starts its processes without an argument that tells anything', () => {
    const forks = shell.flatMap(({ text }) => text.match(/utilityProcess\.fork\([^)]*\)/g) ?? []);
    expect(forks).toEqual([
      "utilityProcess.fork(entry, [], { serviceName: 'lijing-core' })",
      "utilityProcess.fork(entry, [], { serviceName: 'lijing-sheets' })",
    ]);
  });
});
