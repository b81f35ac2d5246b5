import { join } from 'node:path';
import { app, type BrowserWindow, Menu, powerMonitor, protocol, session } from 'electron';
import { appScheme, serveApp } from './shell/app-protocol.ts';
import { type CoreProcess, startCore } from './shell/core-process.ts';
import { askRestart, dialogs } from './shell/dialogs.ts';
import { removableDrives } from './shell/drives.ts';
import { droppedFiles } from './shell/dropped.ts';
import { closeContents, closeNetwork, closeSession, isPriedOpen } from './shell/lockdown.ts';
import { APP_PAGE } from './shell/origin.ts';
import { answerPage } from './shell/page-calls.ts';
import { printer } from './shell/print.ts';
import { sheetReader } from './shell/sheet-reader.ts';
import { openWindow } from './shell/window.ts';

/**
 * `LIJING_DATA_DIR` keeps everything in a folder of its own (a station's D: drive, a test's temporary folder);
 * `LIJING_DRIVES` names folders that are offered in place of the removable drives.
 */
const { LIJING_DATA_DIR: ownDataDir, LIJING_DRIVES: ownDrives } = process.env;
const built = (...path: readonly string[]): string => join(import.meta.dirname, '..', ...path);

app.setAppUserModelId('cn.lijing.desktop');
if (ownDataDir) app.setPath('userData', join(ownDataDir, 'shell'));
const dataDir = ownDataDir ?? join(app.getPath('userData'), 'data');

app.enableSandbox();
closeNetwork(app.commandLine);
protocol.registerSchemesAsPrivileged([appScheme]);
Menu.setApplicationMenu(null);
app.on('web-contents-created', (_event, contents) => {
  closeContents(contents);
});

if (app.isPackaged && isPriedOpen(app.commandLine)) app.exit(1);
else if (app.requestSingleInstanceLock()) void app.whenReady().then(run);
else app.quit();

function run(): void {
  // In memory only: the page leaves no cache, no storage and no name on the disk outside the encrypted database.
  const pageSession = session.fromPartition('lijing', { cache: false });
  closeSession(session.defaultSession);
  closeSession(pageSession);
  serveApp(pageSession.protocol, built('renderer'));

  const window = openWindow({
    preload: built('preload', 'preload.cjs'),
    session: pageSession,
    devTools: !app.isPackaged,
  });
  const dropped = droppedFiles();
  let core = start(window);
  answerPage(() => window.webContents, { call: (name, input) => core.call(name, input), drop: dropped.drop });

  function start(window: BrowserWindow): CoreProcess {
    return startCore({
      entry: built('core', 'core.js'),
      dataDir,
      appVersion: app.getVersion(),
      shell: {
        ...dialogs(() => window),
        ...printer(() => window),
        ...sheetReader(built('core', 'sheet-process.js')),
        takeDropped: dropped.takeDropped,
        removableDrives: () => removableDrives(ownDrives, dataDir),
      },
      onEvent: (name, payload) => {
        if (!window.isDestroyed()) window.webContents.send('event', name, payload);
      },
      onCrash: () => void recover(),
    });
  }

  async function recover(): Promise<void> {
    if (window.isDestroyed() || !(await askRestart(window))) {
      app.quit();
      return;
    }
    core = start(window);
    window.webContents.reload();
  }

  powerMonitor.on('suspend', () => {
    core.lock();
  });
  powerMonitor.on('lock-screen', () => {
    core.lock();
  });
  window.webContents.on('render-process-gone', () => {
    window.webContents.reload();
  });
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  app.on('window-all-closed', () => {
    app.quit();
  });
  quitAfter(() => core.shutdown());
  void window.loadURL(APP_PAGE);
}

/** Lets the work end before the application does. */
function quitAfter(work: () => Promise<void>): void {
  let isDone = false;
  app.on('before-quit', (event) => {
    if (isDone) return;
    event.preventDefault();
    void work().finally(() => {
      isDone = true;
      app.quit();
    });
  });
}
