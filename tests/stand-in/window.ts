import { readFile } from 'node:fs/promises';
import type { CDPSession, Page } from 'playwright-core';
import { originOf, toChromium, toProduct } from './addresses.ts';
import type { Host } from './host.ts';
import { bridge } from './page-bridge.ts';
import type { StandInSession } from './session.ts';
import { events, onlyKnown, refusable, strict } from './strict.ts';

type OpenHandler = (details: { readonly url: string }) => { readonly action: string };
type SomeFrame = { url(): string; parentFrame(): object | null };
type Preferences = Readonly<Record<string, unknown>> & { readonly preload: string; readonly session: object };
export type WindowOptions = {
  readonly width: number;
  readonly height: number;
  readonly webPreferences: Preferences;
} & Readonly<Record<string, unknown>>;

/** What a page of the stand-in always is; an application that asks for less cannot be shown in it. */
const always: Readonly<Record<string, boolean>> = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webSecurity: true,
  webviewTag: false,
  spellcheck: false,
};
const windowOptions = [
  'title',
  'width',
  'height',
  'minWidth',
  'minHeight',
  'show',
  'backgroundColor',
  'webPreferences',
];

export type WindowParts = {
  readonly host: Host;
  readonly session: (electron: object) => StandInSession;
  readonly invoke: (channel: string, event: object, args: readonly unknown[]) => Promise<unknown>;
  readonly onCreated: (contents: object) => void;
  readonly onClosed: (window: StandInWindow) => void;
};
export type StandInWindow = ReturnType<typeof createWindow>;

/** One BrowserWindow: a page in the session's Chromium context. */
export function createWindow({ host, session, invoke, onCreated, onClosed }: WindowParts, options: WindowOptions) {
  const { width, height, webPreferences } = options;
  onlyKnown('BrowserWindow', options, windowOptions);
  onlyKnown('webPreferences', webPreferences, [...Object.keys(always), 'preload', 'session', 'devTools']);
  for (const [name, value] of Object.entries(always)) {
    if (webPreferences[name] !== value) throw new Error(`The stand-in shows only pages with ${name}: ${String(value)}`);
  }

  const bus = events('BrowserWindow', ['ready-to-show', 'closed']);
  const behind = session(webPreferences.session);
  let send: Awaited<ReturnType<typeof bridge>>['send'] = () => undefined;
  let isDestroyed = false;
  let opened: Page | null = null;
  const page = openPage();
  const contents = webContents(page, (...message) => send(...message));

  const electron = strict('BrowserWindow', {
    ...bus.members,
    webContents: contents.electron,
    loadURL: async (url: string): Promise<void> => {
      await (await page).goto(toChromium(url), { waitUntil: 'domcontentloaded' });
      bus.emit('ready-to-show');
    },
    // Chromium shows its window from the start, and one window has nothing to come in front of.
    show: (): void => undefined,
    focus: (): void => void whileOpen(page, (each) => each.bringToFront()),
    maximize: (): void => void setBounds('maximized'),
    restore: (): void => void setBounds('normal'),
    isMinimized: (): boolean => false,
    isDestroyed: (): boolean => isDestroyed,
  });

  async function setBounds(windowState: 'maximized' | 'normal'): Promise<void> {
    if (host.headless) return;
    await whileOpen(page, async (each) => {
      const devtools = await devtoolsOf(each);
      const { windowId } = await devtools.send('Browser.getWindowForTarget');
      await devtools.send('Browser.setWindowBounds', { windowId, bounds: { windowState } });
    });
  }

  async function openPage(): Promise<Page> {
    const context = await behind.context({ width, height });
    const port = await bridge(context, await readFile(webPreferences.preload, 'utf8'), (frame, channel, args) =>
      invoke(channel, contents.ipcEvent(frame), args),
    );
    send = port.send;
    opened = context.pages()[0] ?? (await context.newPage());
    context.on('page', (popup) => {
      if (popup === opened) return;
      contents.askToOpen(popup.url());
      void whileOpen(popup, (each) => each.close());
    });
    opened.on('crash', () => contents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }));
    opened.on('close', () => {
      isDestroyed = true;
      port.close();
      bus.emit('closed');
      onClosed(self);
    });
    return opened;
  }

  const self = { electron, contents, page, behind, opened: () => opened, close: async () => (await page).close() };
  onCreated(contents.electron);
  return self;
}

type Side = 'top' | 'bottom' | 'left' | 'right';
type PdfOptions = Readonly<Record<string, unknown>> & {
  readonly pageSize?: string;
  readonly margins?: Readonly<Partial<Record<Side, number>>>;
};
/** Electron's names of the margins, as the devtools call them. */
const marginNames = { top: 'marginTop', bottom: 'marginBottom', left: 'marginLeft', right: 'marginRight' } as const;

function paperOf(pageSize: string): { readonly paperWidth: number; readonly paperHeight: number } {
  if (pageSize !== 'A4') throw new Error(`The stand-in prints on A4 alone, not on ${pageSize}.`);
  return { paperWidth: 210 / 25.4, paperHeight: 297 / 25.4 };
}

/** Acts on a page nobody waits for; one that closes meanwhile has nothing left to do. */
async function whileOpen(page: Page | Promise<Page>, act: (page: Page) => Promise<unknown>): Promise<void> {
  try {
    await act(await page);
  } catch (error) {
    if (!/has been closed/.test(String(error))) throw error;
  }
}

const devtoolsOf = (page: Page): Promise<CDPSession> => page.context().newCDPSession(page);

function webContents(page: Promise<Page>, send: (channel: string, ...args: unknown[]) => void) {
  const bus = events('WebContents', [
    'will-frame-navigate',
    'will-redirect',
    'will-attach-webview',
    'render-process-gone',
  ]);
  let openHandler: OpenHandler = () => ({ action: 'allow' });

  const electron = strict('WebContents', {
    ...bus.members,
    send,
    reload: (): void => void whileOpen(page, (each) => each.reload()),
    // Said to Chromium by the switch of the same name.
    setWebRTCIPHandlingPolicy: (policy: string): void => {
      if (policy !== 'disable_non_proxied_udp') throw new Error('The stand-in lets no page call another.');
    },
    setWindowOpenHandler: (handler: OpenHandler): void => void (openHandler = handler),
    printToPDF: async ({ pageSize = 'Letter', margins = {}, ...options }: PdfOptions = {}): Promise<Buffer> => {
      onlyKnown('printToPDF', options, ['printBackground', 'displayHeaderFooter', 'headerTemplate', 'footerTemplate']);
      const devtools = await devtoolsOf(await page);
      const { data } = await devtools.send('Page.printToPDF', {
        ...options,
        ...paperOf(pageSize),
        ...Object.fromEntries(Object.entries(margins).map(([side, inches]) => [marginNames[side as Side], inches])),
      });
      return Buffer.from(data, 'base64');
    },
    capturePage: async () => {
      const png = await (await page).screenshot();
      return strict('NativeImage', { toPNG: () => png });
    },
  });

  return {
    electron,
    emit: bus.emit,
    ipcEvent: (frame: SomeFrame) =>
      strict('IpcMainInvokeEvent', {
        sender: electron,
        senderFrame: strict('WebFrameMain', {
          url: toProduct(frame.url()),
          origin: originOf(frame.url()),
          parent: frame.parentFrame(),
        }),
      }),
    /** True when the application refuses to leave the document. */
    refusesNavigation(url: string, isMainFrame: boolean): boolean {
      const { event, isRefused } = refusable('WebContentsWillFrameNavigateEventParams', { url, isMainFrame });
      bus.emit('will-frame-navigate', event);
      return isRefused();
    },
    askToOpen(url: string): void {
      if (openHandler({ url }).action !== 'deny') throw new Error('The stand-in opens no second window from a page.');
    },
  };
}
