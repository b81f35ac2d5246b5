import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { CallName, Input, Output } from '../../shared/contract.ts';
import type { Result } from '../../shared/problem.ts';
import type { fileKinds } from '../../shared/work.ts';
import type { FromCore, ToCore } from '../../electron/ipc/channel.ts';
import { asUtilityProcess } from '../stand-in/utility-child.ts';
import { PASSWORD } from './site.ts';

const root = join(import.meta.dirname, '..', '..');

/** The real core in a process of its own, as the application runs it, to be killed at any moment. */
export type CoreProcess = {
  readonly pid: number;
  /** Ends when it says that another process may take over: its site was open and is closed. */
  readonly spent: Promise<void>;
  readonly call: <N extends CallName>(name: N, input: Input<N>) => Promise<Result<Output<N>>>;
  /** The id of a file, as if chosen in a dialog. */
  readonly file: (path: string, kind?: keyof typeof fileKinds) => Promise<string>;
  /** The id of a folder, as if it were the one drive. */
  readonly drive: (path: string) => Promise<string>;
  readonly signIn: (loginName: string) => Promise<void>;
  /** What the person chooses in the next dialogs. */
  readonly choose: (...paths: string[]) => void;
  /** From here on it dies at the nth thing it asks of the disk. */
  readonly dieAt: (nth: number) => void;
  /** What it has asked of the disk since. */
  readonly acts: () => Promise<number>;
  /** Answers when it is gone, whoever ended it. */
  readonly gone: Promise<void>;
  /** Ends it as the application's end does; answers when it is gone. */
  readonly close: () => Promise<void>;
  /** Ends it as a power cut would; answers when it is gone. */
  readonly kill: () => Promise<void>;
};

/** Starts the core on a site's folder. Calls that are under way when it dies never answer. */
export async function startCore(dataDir: string, env: NodeJS.ProcessEnv = process.env): Promise<CoreProcess> {
  const child = fork(join(root, 'electron', 'core.ts'), [], {
    execArgv: [...asUtilityProcess, ...['--import', join(root, 'tests', 'support', 'mortal.ts')]],
    serialization: 'advanced',
    env,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const gone = once(child, 'exit').then(() => undefined);
  const send = (message: ToCore): void => void child.send(message);
  const waiting = new Map<number, (result: Result<unknown>) => void>();
  const { promise: isReady, resolve: ready }: PromiseWithResolvers<void> = Promise.withResolvers();
  const { promise: spent, resolve: isSpent }: PromiseWithResolvers<void> = Promise.withResolvers();
  let chosen: readonly string[] = [];
  let drives: readonly object[] = [];
  let calls = 0;

  child.on('message', (message: FromCore) => {
    if (message.type === 'ready') ready();
    if (message.type === 'spent') isSpent();
    if (message.type === 'reply') waiting.get(message.id)?.(message.result);
    if (message.type === 'ask') {
      const value = { removableDrives: drives, chooseSavePath: chosen[0] ?? null }[message.name as string] ?? chosen;
      send({ type: 'answer', id: message.id, value });
    }
  });
  send({ type: 'start', dataDir, appVersion: '0.1.0', left: null, chosen: [] });
  await isReady;

  const call: CoreProcess['call'] = (name, input) => {
    const { promise, resolve } = Promise.withResolvers<Result<unknown>>();
    calls += 1;
    waiting.set(calls, resolve);
    send({ type: 'call', id: calls, name, input });
    return promise as Promise<Result<Output<typeof name>>>;
  };
  const value = async <T>(result: Promise<Result<T>>): Promise<T> => {
    const answer = await result;
    if (!answer.ok) throw new Error(JSON.stringify(answer.problem));
    return answer.value;
  };

  return {
    pid: child.pid ?? 0,
    spent,
    call,
    gone,
    choose(...paths) {
      chosen = paths;
    },
    dieAt(nth) {
      child.send({ type: 'die-at', nth });
    },
    acts: () =>
      new Promise((resolve) => {
        child.once('message', (message: { readonly acts: number }) => resolve(message.acts));
        child.send({ type: 'acts' });
      }),
    async file(path, kind = 'bundle') {
      chosen = [path];
      const [file] = await value(call('work.chooseFiles', { kind, many: false }));
      if (!file) throw new Error(`${path} could not be chosen`);
      return file.id;
    },
    async drive(path) {
      drives = [{ path, label: 'U1', fileSystem: 'vfat', freeBytes: 8e9, totalBytes: 16e9, readOnly: false }];
      const [drive] = await value(call('work.drives', {}));
      if (!drive) throw new Error(`${path} is no drive`);
      return drive.id;
    },
    async signIn(loginName) {
      await value(call('site.signIn', { loginName, password: PASSWORD }));
    },
    async close() {
      send({ type: 'shutdown' });
      await gone;
    },
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
