import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

/** What is asked of the disk by name; the writes of SQLite itself come between. */
const ACTS = ['open', 'rename', 'copyFile', 'mkdir', 'readFile', 'writeFile', 'rm', 'stat', 'readdir'] as const;

/** Loaded into a core's process before all else: once told to, it dies at the nth thing it asks of the disk. */
let last = Infinity;
let acts = 0;
process.on('message', (message: { readonly type: string; readonly nth: number }) => {
  if (message.type === 'die-at') [last, acts] = [message.nth, 0];
  if (message.type === 'acts') process.send?.({ type: 'acts', acts });
});
for (const name of ACTS) {
  const act = promises[name] as (...args: unknown[]) => unknown;
  Object.assign(promises, {
    [name]: (...args: unknown[]) => {
      acts += 1;
      if (acts >= last) process.kill(process.pid, 'SIGKILL');
      return act(...args);
    },
  });
}
syncBuiltinESMExports();
