import { utilityProcess } from 'electron';
import type { Result } from '../../shared/problem.ts';
import type { FromCore, ShellPort, ToCore } from '../ipc/channel.ts';

export type CoreProcess = {
  /** Ends with `internal` when the core ends before it has answered. */
  call(name: unknown, input: unknown): Promise<Result<unknown>>;
  lock(): void;
  /** Ends when the process has: by itself, or stopped when it does not come to an end. */
  shutdown(): Promise<void>;
};

/** What a process hands to the one that takes over from it, in memory alone. */
type Before = Pick<Extract<FromCore, { type: 'spent' }>, 'left' | 'chosen'>;
const nothingBefore: Before = { left: null, chosen: [] };

type CoreOptions = {
  readonly entry: string;
  readonly dataDir: string;
  readonly appVersion: string;
  readonly shell: ShellPort;
  readonly onEvent: (name: string, payload: unknown) => void;
  /** The process ended although nobody asked it to. */
  readonly onCrash: () => void;
};

/** Built here: the catalogue of problems would bring the whole contract into the shell's start. */
const internal: Result<never> = { ok: false, problem: { code: 'internal' } };

/** Milliseconds for closing the database; stopping the process later costs no data, only the tidy end. */
const PATIENCE = 15_000;

/**
 * The core in a process of its own, so that no long job ever holds the window. Once its site was open and is locked
 * again, a fresh process takes its place: what memory cannot be made to forget, passwords among it, ends with it.
 */
export function startCore(options: CoreOptions): CoreProcess {
  let current = spawnCore(options, nothingBefore, replaceSpent);

  function replaceSpent(before: Before): void {
    const spent = current;
    current = spawnCore(options, before, replaceSpent);
    void spent.shutdown();
  }

  return {
    call: (name, input) => current.call(name, input),
    lock: () => current.lock(),
    shutdown: () => current.shutdown(),
  };
}

function spawnCore(
  { entry, dataDir, appVersion, shell, onEvent, onCrash }: CoreOptions,
  before: Before,
  onSpent: (before: Before) => void,
): CoreProcess {
  const child = utilityProcess.fork(entry, [], { serviceName: 'lijing-core' });
  const waiting = new Map<number, (result: Result<unknown>) => void>();
  const { promise: ready, resolve: isReady }: PromiseWithResolvers<void> = Promise.withResolvers();
  const { promise: ended, resolve: hasEnded }: PromiseWithResolvers<void> = Promise.withResolvers();
  let lastId = 0;
  let isEnding = false;
  let isAlive = true;

  const send = (message: ToCore): void => {
    if (isAlive) child.postMessage(message);
  };

  child.on('spawn', () => {
    send({ type: 'start', dataDir, appVersion, ...before });
  });
  child.on('message', (message: FromCore) => {
    switch (message.type) {
      case 'ready':
        isReady();
        break;
      case 'reply':
        waiting.get(message.id)?.(message.result);
        waiting.delete(message.id);
        break;
      case 'event':
        onEvent(message.name, message.payload);
        break;
      case 'ask':
        void answer(shell, message).then(send);
        break;
      case 'spent':
        // A request on its way to it is answered first; then it says so again.
        if (waiting.size === 0 && !isEnding) onSpent({ left: message.left, chosen: message.chosen });
        break;
    }
  });
  child.on('exit', () => {
    isAlive = false;
    for (const settle of waiting.values()) settle(internal);
    waiting.clear();
    hasEnded();
    if (!isEnding) onCrash();
  });

  return {
    call: (name, input) =>
      new Promise((resolve) => {
        if (!isAlive) {
          resolve(internal);
          return;
        }
        const id = ++lastId;
        waiting.set(id, resolve);
        void ready.then(() => {
          send({ type: 'call', id, name, input });
        });
      }),
    lock: () => {
      send({ type: 'lock' });
    },
    shutdown: async () => {
      isEnding = true;
      send({ type: 'shutdown' });
      const stop = setTimeout(() => child.kill(), PATIENCE);
      await ended;
      clearTimeout(stop);
    },
  };
}

async function answer(shell: ShellPort, { id, name, ask }: Extract<FromCore, { type: 'ask' }>): Promise<ToCore> {
  // The core is our own program: name and question belong together by its types, which a message cannot carry.
  const answerTo = shell[name] as (ask: unknown) => Promise<unknown>;
  try {
    return { type: 'answer', id, value: await answerTo(ask) };
  } catch (error) {
    return { type: 'refusal', id, reason: String(error) };
  }
}
