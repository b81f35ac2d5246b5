import type { WebPreferences } from 'electron';

type Listener = (...args: never[]) => unknown;
type Options = { readonly webPreferences: WebPreferences } & Readonly<Record<string, unknown>>;

/** What an application told Electron while it started, and the handlers it left there. */
export type RecordedElectron = ReturnType<typeof recordedElectron>;

/** An `electron` that does nothing and keeps everything: whatever the shell asks for can be looked at. */
export function recordedElectron({ isPackaged, switches }: { isPackaged: boolean; switches: readonly string[] }) {
  const told: string[] = [];
  const appended = new Map<string, string>();
  const handlers = new Map<string, Listener>();
  const listeners = new Map<string, Listener>();
  const windows: Options[] = [];
  const sessions = new Map<string, Map<string, Listener>>();
  const schemes: { readonly scheme: string; readonly privileges?: object }[] = [];
  const exits: number[] = [];

  const on = (owner: string) => (event: string, listener: Listener) =>
    void listeners.set(`${owner} ${event}`, listener);

  const contents = (): object => ({
    on: on('contents'),
    setWindowOpenHandler: (handler: Listener) => void handlers.set('window.open', handler),
    setWebRTCIPHandlingPolicy: (policy: string) => void handlers.set('webrtc', () => policy),
    send: () => undefined,
    reload: () => undefined,
  });

  const sessionOf = (partition: string): object => {
    const kept = sessions.get(partition) ?? new Map<string, Listener>();
    sessions.set(partition, kept);
    const keep = (name: string) => (handler: Listener) => void kept.set(name, handler);
    return {
      webRequest: { onBeforeRequest: keep('request') },
      protocol: { handle: (scheme: string, handler: Listener) => void kept.set(`protocol ${scheme}`, handler) },
      setPermissionRequestHandler: keep('permission'),
      setPermissionCheckHandler: keep('permission check'),
      setDevicePermissionHandler: keep('device'),
      setSpellCheckerEnabled: (enabled: boolean) => void kept.set('spelling', () => enabled),
      on: (event: string, listener: Listener) => void kept.set(event, listener),
    };
  };

  const electron = {
    app: {
      isPackaged,
      setAppUserModelId: () => undefined,
      setPath: () => undefined,
      getPath: () => '/nowhere',
      getVersion: () => '0.1.0',
      enableSandbox: () => void told.push('sandbox'),
      commandLine: {
        appendSwitch: (name: string, value = '') => void appended.set(name, value),
        hasSwitch: (name: string) => switches.includes(name),
      },
      requestSingleInstanceLock: () => true,
      whenReady: () => {
        told.push('ready');
        return Promise.resolve();
      },
      on: on('app'),
      exit: (code: number) => void exits.push(code),
      quit: () => void told.push('quit'),
    },
    Menu: { setApplicationMenu: (menu: unknown) => void told.push(menu === null ? 'no menu' : 'menu') },
    protocol: { registerSchemesAsPrivileged: (all: typeof schemes) => void schemes.push(...all) },
    session: {
      get defaultSession() {
        return sessionOf('');
      },
      fromPartition: (partition: string) => sessionOf(partition),
    },
    BrowserWindow: function (options: Options) {
      windows.push(options);
      return {
        webContents: contents(),
        once: () => undefined,
        loadURL: async (url: string) => void told.push(`load ${url}`),
        isDestroyed: () => false,
      };
    },
    screen: { getPrimaryDisplay: () => ({ workAreaSize: { width: 1366, height: 768 } }) },
    powerMonitor: { on: on('power') },
    utilityProcess: { fork: () => ({ on: () => undefined, postMessage: () => undefined, kill: () => true }) },
    ipcMain: { handle: (channel: string, handler: Listener) => void handlers.set(`ipc ${channel}`, handler) },
    dialog: {},
  };
  return { electron, told, appended, handlers, listeners, windows, sessions, schemes, exits, contents };
}
