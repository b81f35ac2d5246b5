import type { BrowserContext, Frame } from 'playwright-core';

const PORT = '__standIn';

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
    async ({ frame }, verb: 'next' | 'invoke', channel = '', args: readonly unknown[] = []) => {
      if (verb === 'next') {
        deliver?.([]);
        return new Promise<readonly Message[]>((resolve) => {
          deliver = resolve;
          flush();
        });
      }
      return invoke(frame, channel, args).then(
        (value): Reply => ({ value }),
        (error: unknown): Reply => ({ error: `Error invoking remote method '${channel}': ${String(error)}` }),
      );
    },
  );
  await context.addInitScript(`(${inPage.toString()})(${JSON.stringify(PORT)}, (require, module, exports) => {
${preload}
});`);

  return {
    send(...message: Message): void {
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
  portName: string,
  preload: (require: (name: string) => unknown, module: object, exports: object) => void,
): void {
  const holder = window as unknown as Record<string, unknown>;
  const port = holder[portName] as Port;
  delete holder[portName];
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
  const electron = strict('electron in a preload', { ipcRenderer, contextBridge });

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

/** What the page side above offers, for the contract test. */
export const preloadSurface = { ipcRenderer: ['invoke', 'on'], contextBridge: ['exposeInMainWorld'] } as const;
