import { randomUUID } from 'node:crypto';
import { logIn, openLog } from './files/log.ts';
import { boundHeap } from './heap.ts';
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
  takeDropped: (question) => ask('takeDropped', question),
  printPage: (question) => ask('printPage', question),
  removableDrives: (question) => ask('removableDrives', question),
  parseSheets: (question) => ask('parseSheets', question),
};

/** Milliseconds between two looks at whether anybody is still at the keyboard. */
const IDLE_WATCH = 15_000;

boundHeap();

let core: Core | null = null;
let underWay = 0;

function start({ dataDir, appVersion, left, chosen }: Extract<ToCore, { type: 'start' }>): void {
  const clock = (): Date => new Date();
  const log = openLog(logIn(dataDir), clock);
  process.on('uncaughtExceptionMonitor', (error) => log(error, 'core'));
  const started = createCore({
    dataDir,
    appVersion,
    left,
    chosen,
    clock,
    newId: randomUUID,
    shell,
    emit: (name, payload) => send({ type: 'event', name, payload }),
    log,
  });
  core = started;
  setInterval(() => {
    started.watchIdle();
    tellSpent();
  }, IDLE_WATCH).unref();
  send({ type: 'ready' });
}

/** Says so whenever a site that was open is closed again and nothing is under way: another process may take over. */
function tellSpent(): void {
  const spent = core?.spent();
  if (spent && underWay === 0) send({ type: 'spent', ...spent });
}

port.on('message', ({ data: message }) => {
  switch (message.type) {
    case 'start':
      start(message);
      break;
    case 'call': {
      const { id, name, input } = message;
      underWay += 1;
      void core?.call(name, input).then((result) => {
        underWay -= 1;
        send({ type: 'reply', id, result });
        tellSpent();
      });
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
      tellSpent();
      break;
    case 'shutdown':
      void (core?.shutdown() ?? Promise.resolve()).then(() => process.exit(0));
      break;
  }
});
