import { randomUUID } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FromCore, ShellAsks, ShellPort, ToCore } from './ipc/channel.ts';
import { type Core, createCore } from './wiring.ts';

/** The end of the channel a utility process is given. */
type ParentPort = {
  on(event: 'message', listener: (message: { data: ToCore }) => void): void;
  postMessage(message: FromCore): void;
};

const port = (process as unknown as { parentPort: ParentPort }).parentPort;
const send = (message: FromCore): void => port.postMessage(message);

const asked = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
let lastAsk = 0;

const ask = <K extends keyof ShellAsks>(
  name: K,
  question: Parameters<ShellAsks[K]>[0],
): Promise<ReturnType<ShellAsks[K]>> =>
  new Promise((resolve, reject) => {
    lastAsk += 1;
    asked.set(lastAsk, { resolve, reject });
    send({ type: 'ask', id: lastAsk, name, ask: question });
  });

const shell: ShellPort = {
  chooseFiles: (question) => ask('chooseFiles', question),
  chooseFolder: (question) => ask('chooseFolder', question),
  chooseSavePath: (question) => ask('chooseSavePath', question),
  removableDrives: (question) => ask('removableDrives', question),
};

/** Milliseconds between two looks at whether anybody is still at the keyboard. */
const IDLE_WATCH = 15_000;

let core: Core | null = null;

function start({ dataDir, appVersion }: Extract<ToCore, { type: 'start' }>): void {
  core = createCore({
    dataDir,
    appVersion,
    clock: () => new Date(),
    newId: randomUUID,
    shell,
    emit: (name, payload) => send({ type: 'event', name, payload }),
    log: logTo(join(dataDir, 'lijing.log')),
  });
  setInterval(core.watchIdle, IDLE_WATCH).unref();
  send({ type: 'ready' });
}

/** Stack and call, never inputs or outputs: people's data stays out of the log. */
const logTo =
  (path: string) =>
  (error: unknown, call: string): void => {
    const stack = error instanceof Error ? (error.stack ?? error.name).replace(/^.*$/m, error.name) : typeof error;
    void appendFile(path, `${new Date().toISOString()} ${call} ${stack}\n`).catch(() => undefined);
  };

port.on('message', ({ data: message }) => {
  switch (message.type) {
    case 'start':
      start(message);
      break;
    case 'call': {
      const { id, name, input } = message;
      void core?.call(name, input).then((result) => send({ type: 'reply', id, result }));
      break;
    }
    case 'answer':
      asked.get(message.id)?.resolve(message.value as never);
      asked.delete(message.id);
      break;
    case 'refusal':
      asked.get(message.id)?.reject(new Error(message.reason));
      asked.delete(message.id);
      break;
    case 'lock':
      core?.lock('suspend');
      break;
    case 'shutdown':
      void (core?.shutdown() ?? Promise.resolve()).then(() => process.exit(0));
      break;
  }
});
