import { createApp } from './app.ts';
import type { Host, MessageBox, OpenDialog, SaveDialog } from './host.ts';
import { sessions } from './session.ts';
import { events, onlyKnown, strict } from './strict.ts';
import { utilityProcesses } from './utility-process.ts';
import { createWindow, type StandInWindow, type WindowOptions } from './window.ts';

type Handler = (event: object, ...args: readonly unknown[]) => unknown;

/** Electron's main-process API on Chromium, and a handle on it for whoever runs it. */
export type StandIn = ReturnType<typeof createElectron>;

/** One application's `electron`: nothing is shared with another's. */
export function createElectron(host: Host) {
  const windows = new Set<StandInWindow>();
  const handlers = new Map<string, Handler>();
  const processes = utilityProcesses();
  const power = events('PowerMonitor', ['suspend', 'lock-screen']);

  const shell = createApp(
    host,
    async () => {
      await Promise.all([...windows].map((window) => window.close()));
    },
    async () => {
      processes.killAll();
      await profiles.close();
    },
  );
  const profiles = sessions(
    host,
    (options) => host.openContext(shell.switches(), options),
    (page, url, isMainFrame) => {
      const window = [...windows].find((each) => each.opened() === page);
      return window?.contents.refusesNavigation(url, isMainFrame) ?? true;
    },
  );

  function BrowserWindow(options: WindowOptions): object {
    const window = createWindow(
      {
        host,
        session: profiles.behind,
        invoke: async (channel, event, args) => {
          const handler = handlers.get(channel);
          if (!handler) throw new Error(`No handler registered for '${channel}'`);
          return handler(event, ...args);
        },
        onCreated: (contents) => shell.emit('web-contents-created', {}, contents),
        onClosed: (closed) => {
          windows.delete(closed);
          if (windows.size === 0) shell.emit('window-all-closed');
        },
      },
      options,
    );
    windows.add(window);
    return window.electron;
  }

  return {
    /** What `import … from 'electron'` gives. */
    electron: {
      app: shell.app,
      BrowserWindow,
      session: profiles.session,
      utilityProcess: processes.utilityProcess,
      powerMonitor: strict('PowerMonitor', power.members),
      ipcMain: strict('IpcMain', {
        handle: (channel: string, handler: Handler): void => {
          if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
          handlers.set(channel, handler);
        },
      }),
      dialog: dialogOf(host),
      Menu: strict('Menu', {
        // Chromium's window has no menu of the application's.
        setApplicationMenu: (menu: unknown): void => {
          if (menu !== null) throw new Error('The stand-in shows no menu.');
        },
      }),
      protocol: strict('Protocol', {
        registerSchemesAsPrivileged: (schemes: readonly { scheme: string; privileges?: object }[]): void => {
          for (const { privileges = {} } of schemes) {
            onlyKnown('privileges', privileges, ['standard', 'secure', 'supportFetchAPI', 'codeCache']);
          }
        },
      }),
      screen: strict('Screen', {
        getPrimaryDisplay: () =>
          strict('Display', { workAreaSize: strict('Size', { width: host.screen.width, height: host.screen.height }) }),
      }),
    },
    windows: (): readonly StandInWindow[] => [...windows],
    power: (event: 'suspend' | 'lock-screen') => power.emit(event),
    processes,
    quit: shell.quit,
  };
}

function dialogOf({ dialogs }: Host) {
  return strict('Dialog', {
    showOpenDialog: async (_window: object, options: OpenDialog) => {
      onlyKnown('showOpenDialog', options, ['title', 'filters', 'properties']);
      const filePaths = await dialogs.open(options);
      return strict('OpenDialogReturnValue', { canceled: filePaths === null, filePaths: filePaths ?? [] });
    },
    showSaveDialog: async (_window: object, options: SaveDialog) => {
      onlyKnown('showSaveDialog', options, ['title', 'defaultPath', 'filters', 'properties']);
      const filePath = await dialogs.save(options);
      return strict('SaveDialogReturnValue', { canceled: filePath === null, filePath: filePath ?? '' });
    },
    showMessageBox: async (_window: object, options: MessageBox) => {
      onlyKnown('showMessageBox', options, [
        'type',
        'title',
        'message',
        'detail',
        'buttons',
        'defaultId',
        'cancelId',
        'noLink',
      ]);
      return strict('MessageBoxReturnValue', { response: await dialogs.message(options) });
    },
  });
}
