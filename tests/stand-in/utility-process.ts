import { fork, type ChildProcess } from 'node:child_process';
import { events, onlyKnown, strict } from './strict.ts';
import { asUtilityProcess } from './utility-child.ts';

/** Electron's utilityProcess as a child of Node's, and the end of all of them. */
export function utilityProcesses() {
  const running = new Set<ChildProcess>();

  function forkUtility(modulePath: string, args: readonly string[] = [], options: { serviceName?: string } = {}) {
    onlyKnown('utilityProcess.fork', options, ['serviceName']);
    const { NODE_OPTIONS: _, ...env } = process.env;
    const child = fork(modulePath, args, {
      env,
      execArgv: [...asUtilityProcess],
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    running.add(child);
    const bus = events('UtilityProcess', ['spawn', 'message', 'exit']);
    child.on('spawn', () => bus.emit('spawn'));
    child.on('message', (message) => bus.emit('message', message));
    child.on('exit', (code) => {
      running.delete(child);
      bus.emit('exit', code ?? 1);
    });
    return strict('UtilityProcess', {
      ...bus.members,
      pid: child.pid,
      postMessage: (message: unknown) => void child.send(message as object),
      kill: () => child.kill(),
    });
  }

  return {
    utilityProcess: strict('UtilityProcess', { fork: forkUtility }),
    /** Ends the rest hard, as Electron does when the application ends. */
    killAll: (): void => {
      for (const child of running) child.kill('SIGKILL');
    },
    running: (): readonly ChildProcess[] => [...running],
  };
}
