import { BrowserWindow, screen, type Session } from 'electron';
import { shellTexts } from './texts.ts';

const NORMAL = { width: 1366, height: 768 };
const SMALLEST = { width: 1280, height: 720 };

/**
 * The application's one window, shown when it has something to show. Under 150 % scaling a screen can be smaller than
 * the smallest size we draw for: then the window takes the screen.
 */
export function openWindow({
  preload,
  session,
  devTools,
}: {
  readonly preload: string;
  readonly session: Session;
  readonly devTools: boolean;
}): BrowserWindow {
  const room = screen.getPrimaryDisplay().workAreaSize;
  const window = new BrowserWindow({
    title: shellTexts.app,
    width: Math.min(NORMAL.width, room.width),
    height: Math.min(NORMAL.height, room.height),
    minWidth: Math.min(SMALLEST.width, room.width),
    minHeight: Math.min(SMALLEST.height, room.height),
    show: false,
    backgroundColor: '#ffffff',
    webPreferences: {
      preload,
      session,
      devTools,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => {
    if (room.width <= NORMAL.width || room.height <= NORMAL.height) window.maximize();
    window.show();
  });
  return window;
}
