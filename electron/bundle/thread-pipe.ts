import type { MessagePort } from 'node:worker_threads';
import { type Problem, ProblemError } from '../../shared/problem.ts';

/** What goes over the port: one thing more, the end, or why there is none. */
type Drop<T> = { readonly one: T } | { readonly end: true } | { readonly problem: Problem } | { readonly fault: Error };

/** How many things may be on their way: both threads are busy, and little is read of a file that is refused. */
const AHEAD = 2;

/**
 * Sends what comes to the other thread, a few things ahead of what was taken there; ends early when nobody wants more.
 * A problem on the way is met over there; a bug is thrown here.
 */
export async function pour<T>(
  port: MessagePort,
  source: AsyncIterable<T>,
  transferred: (one: T) => readonly ArrayBuffer[],
): Promise<void> {
  let ahead = 0;
  // Changed by the listeners below, which the compiler does not follow.
  let closed = false as boolean;
  let wake = (): void => undefined;
  port.on('message', () => {
    ahead -= 1;
    wake();
  });
  port.on('close', () => {
    closed = true;
    wake();
  });
  const send = (drop: Drop<T>, buffers: readonly ArrayBuffer[] = []): void => port.postMessage(drop, [...buffers]);
  try {
    for await (const one of source) {
      while (ahead >= AHEAD && !closed) await new Promise<void>((resolve) => (wake = resolve));
      if (closed) return;
      ahead += 1;
      send({ one }, transferred(one));
    }
    send({ end: true });
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    send({ problem: error.problem });
  }
}

/** What the other thread pours; `fail` ends it from this side. */
export function poured<T>(port: MessagePort) {
  const waiting: Drop<T>[] = [];
  let wake = (): void => undefined;
  let over = false;
  const put = (drop: Drop<T>): void => {
    waiting.push(drop);
    wake();
  };
  port.on('message', (drop: Drop<T>) => {
    over = !('one' in drop);
    put(drop);
  });

  async function* each(): AsyncGenerator<T> {
    try {
      for (;;) {
        const drop = waiting.shift();
        if (!drop) await new Promise<void>((resolve) => (wake = resolve));
        else if ('one' in drop) {
          port.postMessage('taken');
          yield drop.one;
        } else if ('end' in drop) return;
        else throw 'fault' in drop ? drop.fault : new ProblemError(drop.problem.code, drop.problem.detail);
      }
    } finally {
      port.close();
    }
  }

  return {
    each: each(),
    /** Whether the other side has come to its own end, well or not. */
    isOver: (): boolean => over,
    fail: (fault: Error): void => {
      waiting.length = 0;
      put({ fault });
    },
  };
}
