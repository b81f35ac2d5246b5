import type { BrowserContext, BrowserContextOptions, Page, Route } from 'playwright-core';
import { toProduct } from './addresses.ts';
import type { Host } from './host.ts';
import { events, onlyKnown, refusable, strict } from './strict.ts';

type ProtocolHandler = (request: Request) => Response | Promise<Response>;
type RequestListener = (details: { readonly url: string }, answer: (verdict: { cancel?: boolean }) => void) => void;

/** Asked before a page leaves its document; true: it stays. */
export type NavigationGuard = (page: Page, url: string, isMainFrame: boolean) => boolean;
export type OpenContext = (options: BrowserContextOptions) => Promise<BrowserContext>;
export type PageOptions = { readonly width: number; readonly height: number };

/** A session and the Chromium context behind it. */
export type StandInSession = ReturnType<typeof createSession>;

/** Electron's sessions, by partition; all live in memory only, so a `persist:` partition is refused. */
export function sessions(host: Host, openContext: OpenContext, refuses: NavigationGuard) {
  const byPartition = new Map<string, StandInSession>();
  const of = (partition: string): StandInSession => {
    const known = byPartition.get(partition) ?? createSession(host, openContext, refuses);
    byPartition.set(partition, known);
    return known;
  };
  const session = strict('Session', {
    get defaultSession() {
      return of('').electron;
    },
    fromPartition(partition: string, options: object = {}) {
      if (partition.startsWith('persist:')) throw new Error('The stand-in keeps no partition on the disk.');
      onlyKnown('session.fromPartition', options, ['cache']);
      return of(partition).electron;
    },
  });
  return {
    session,
    behind: (electron: object): StandInSession => {
      const found = [...byPartition.values()].find((each) => each.electron === electron);
      if (!found) throw new Error('webPreferences.session is not a session of the stand-in');
      return found;
    },
    close: (): Promise<unknown> => Promise.all([...byPartition.values()].map((each) => each.close())),
  };
}

function createSession(host: Host, openContext: OpenContext, refuses: NavigationGuard) {
  const handlers = new Map<string, ProtocolHandler>();
  const bus = events('Session', ['will-download']);
  const refused: string[] = [];
  let onRequest: RequestListener | null = null;
  let permissions: 'all' | 'denied' = 'all';
  let opened: Promise<BrowserContext> | null = null;

  const electron = strict('Session', {
    ...bus.members,
    protocol: strict('Protocol', {
      handle: (scheme: string, handler: ProtocolHandler): void => void handlers.set(scheme, handler),
    }),
    webRequest: strict('WebRequest', {
      onBeforeRequest: (listener: RequestListener): void => void (onRequest = listener),
    }),
    // Chromium is told to grant nothing; that is right only for an application that grants nothing.
    setPermissionRequestHandler: (handler: (c: null, p: string, answer: (granted: boolean) => void) => void): void => {
      handler(null, 'media', (granted) => {
        if (granted) throw new Error('The stand-in grants no permission.');
        permissions = 'denied';
      });
    },
    setPermissionCheckHandler: (handler: () => boolean): void => {
      if (handler()) throw new Error('The stand-in grants no permission.');
    },
    setDevicePermissionHandler: (handler: () => boolean): void => {
      if (handler()) throw new Error('The stand-in grants no device.');
    },
    // The stand-in's pages never spell-check.
    setSpellCheckerEnabled: (enabled: boolean): void => {
      if (enabled) throw new Error('The stand-in checks no spelling.');
    },
  });

  const isCancelled = (url: string): Promise<boolean> =>
    new Promise((resolve) => {
      if (onRequest) onRequest(requestDetails(url), ({ cancel = false }) => resolve(cancel));
      else resolve(false);
    });

  async function answer(route: Route): Promise<void> {
    const request = route.request();
    const url = toProduct(request.url());
    if (request.isNavigationRequest()) {
      const frame = request.frame();
      if (refuses(frame.page(), url, frame.parentFrame() === null)) return route.abort('aborted');
    }
    if (await isCancelled(url)) {
      refused.push(url);
      return route.abort('blockedbyclient');
    }
    const handler = handlers.get(new URL(url).protocol.slice(0, -1));
    // There is no network in the stand-in: what no handler answers, nobody does.
    if (!handler) return route.abort('internetdisconnected');
    const body = request.postDataBuffer();
    const response = await handler(
      new Request(url, {
        method: request.method(),
        headers: await request.allHeaders(),
        ...(body ? { body: new Uint8Array(body) } : {}),
      }),
    );
    return route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  }

  async function openGuarded({ width, height }: PageOptions): Promise<BrowserContext> {
    const context = await openContext({
      viewport: host.headless ? { width, height } : null,
      ...(host.headless ? { deviceScaleFactor: host.screen.scale } : {}),
      locale: 'zh-CN',
      acceptDownloads: false,
      serviceWorkers: 'block',
    });
    if (permissions === 'denied') await context.grantPermissions([]);
    // A page that closes takes its unanswered requests with it.
    await context.route('**/*', (route) => answer(route).catch(() => undefined));
    await context.routeWebSocket('**/*', (socket) => {
      refused.push(socket.url());
      return socket.close();
    });
    context.on('page', (page) => {
      page.on('download', (download) => {
        bus.emit('will-download', refusable().event, null, null);
        void download.cancel();
      });
    });
    return context;
  }

  return {
    electron,
    /** Addresses the application refused. */
    refused: (): readonly string[] => refused,
    context: (options: PageOptions): Promise<BrowserContext> => (opened ??= openGuarded(options)),
    close: async (): Promise<void> => {
      await (await opened)?.close();
    },
  };
}

export const requestDetails = (url: string) => strict('OnBeforeRequestListenerDetails', { url });
