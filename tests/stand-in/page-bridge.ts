import type { BrowserContext, Frame } from 'playwright-core';

const PORT = '__standIn';
/** Stands for a file's path until the message has left the page: only Chromium's debugger tells it, and only later. */
const PATH_OF = 'stand-in-path-of:';

type Invoke = (frame: Frame, channel: string, args: readonly unknown[]) => Promise<unknown>;
type Message = readonly [channel: string, ...args: readonly unknown[]];
type Reply = { readonly value: unknown } | { readonly error: string };

type Port = {
  (verb: 'invoke', channel: string, args: readonly unknown[]): Promise<Reply>;
  /** Waits for the next messages. */
  (verb: 'next'): Promise<readonly Message[]>;
};

/**
 * Runs the built preload before the page's own scripts. It shares the page's world (Electron gives it its own), but the
 * page finds nothing of it except what was exposed: the port is taken away before the page's first script.
 */
export async function bridge(context: BrowserContext, preload: string, invoke: Invoke) {
  const outgoing: Message[] = [];
  let deliver: ((messages: readonly Message[]) => void) | null = null;

  const flush = (): void => {
    if (!deliver || outgoing.length === 0) return;
    deliver(outgoing.splice(0));
    deliver = null;
  };

  await context.exposeBinding(
    PORT,
    async ({ frame }, verb: 'next' | 'invoke', channel: string = '', args: readonly unknown[] = []) => {
      if (verb === 'next') {
        deliver?.([]);
        return new Promise<readonly Message[]>((resolve) => {
          deliver = resolve;
          flush();
        });
      }
      return withPaths(frame, args)
        .then((real) => invoke(frame, channel, real))
        .then(
          (value): Reply => ({ value }),
          (error: unknown): Reply => ({ error: `Error invoking remote method '${channel}': ${String(error)}` }),
        );
    },
  );
  await context.addInitScript(`(${inPage.toString()})(${JSON.stringify([PORT, PATH_OF])}, (require, module, exports) => {
${preload}
});`);

  return {
    send: (...message: Message): void => {
      outgoing.push(message);
      flush();
    },
    /** A document that is gone gets nothing any more. */
    close(): void {
      deliver?.([]);
      deliver = null;
    },
  };
}

/** The renderer side of `ipcRenderer` and `contextBridge`. Self-contained: its source is evaluated in the page. */
function inPage(
  [portName, pathOf]: readonly [string, string],
  preload: (require: (name: string) => unknown, module: object, exports: object) => void,
): void {
  const holder = window as unknown as Record<string, unknown>;
  const port = holder[portName] as Port;
  Reflect.deleteProperty(holder, portName);
  // As in Electron: the preload runs in the main frame only.
  if (window !== window.top) return;

  const strict = <T extends object>(name: string, members: T): T =>
    new Proxy(members, {
      get(target, key, receiver) {
        if (typeof key === 'symbol' || key in target) return Reflect.get(target, key, receiver);
        throw new Error(`The stand-in for Electron has no ${name}.${key}.`);
      },
    });
  const frozen = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, each]) => [key, frozen(each)])));
  };

  const listeners = new Map<string, ((...args: unknown[]) => void)[]>();
  const ipcRenderer = strict('ipcRenderer', {
    async invoke(channel: string, ...args: unknown[]) {
      const reply = await port('invoke', channel, structuredClone(args));
      if ('error' in reply) throw new Error(reply.error);
      return reply.value;
    },
    on(channel: string, listener: (...args: unknown[]) => void) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
    },
  });
  const contextBridge = strict('contextBridge', {
    exposeInMainWorld(key: string, api: unknown) {
      Object.defineProperty(window, key, { value: frozen(api), enumerable: true });
    },
  });
  const files: File[] = [];
  const webUtils = strict('webUtils', {
    getPathForFile(file: File) {
      if (!(file instanceof File)) throw new TypeError('getPathForFile expected to receive a File object');
      return `${pathOf}${String(files.push(file) - 1)}`;
    },
  });
  // Found by the debugger alone: the page's own scripts come later and cannot name a symbol they have not seen.
  Object.defineProperty(window, Symbol.for(pathOf), { value: files });
  const electron = strict('electron in a preload', { ipcRenderer, contextBridge, webUtils });

  preload(
    (name) => {
      if (name !== 'electron') throw new Error(`A sandboxed preload cannot require '${name}'.`);
      return electron;
    },
    { exports: {} },
    {},
  );

  const pump = async (): Promise<never> => {
    for (;;) {
      for (const [channel, ...args] of await port('next')) {
        for (const listener of listeners.get(channel) ?? []) listener({}, ...args);
      }
    }
  };
  void pump().catch(() => undefined);
}

/** The message with the paths of the page's files in the places that stand for them; '' for a file that has none. */
async function withPaths(frame: Frame, args: readonly unknown[]): Promise<readonly unknown[]> {
  if (!JSON.stringify(args).includes(PATH_OF)) return args;
  const devtools = await frame.page().context().newCDPSession(frame.page());
  const pathOf = async (index: string): Promise<string> => {
    const expression = `window[Symbol.for('${PATH_OF}')][${index}]`;
    const { result } = await devtools.send('Runtime.evaluate', { expression });
    return result.objectId ? (await devtools.send('DOM.getFileInfo', { objectId: result.objectId })).path : '';
  };
  const real = async (value: unknown): Promise<unknown> => {
    if (Array.isArray(value)) return Promise.all(value.map(real));
    return typeof value === 'string' && value.startsWith(PATH_OF) ? pathOf(value.slice(PATH_OF.length)) : value;
  };
  try {
    return await Promise.all(args.map(real));
  } finally {
    await devtools.detach();
  }
}

/** What the page side above offers, for the contract test. */
export const preloadSurface = {
  ipcRenderer: ['invoke', 'on'],
  contextBridge: ['exposeInMainWorld'],
  webUtils: ['getPathForFile'],
} as const;
