import { MessageChannel, Worker } from 'node:worker_threads';
import { ProblemError } from '../../shared/problem.ts';
import { pour, poured } from './thread-pipe.ts';
import type { ThreadOrder } from './unpack-worker.ts';
import type { Unpacked, UnpackOrder } from './unpack.ts';

/** What the thread may take. */
export type ThreadLimits = {
  /** Without anything found, however slow the medium. */
  readonly stillSeconds: number;
  readonly heapMegabytes: number;
};
const threadLimits: ThreadLimits = { stillSeconds: 120, heapMegabytes: 512 };

/** How long a thread waits for the next package; what it knew of the last one ends with it. */
const IDLE_MS = 2_000;

/** Beside the built core the thread is a built file; run from source it is the source. */
const workerUrl = (): URL => {
  const name = import.meta.url.endsWith('.ts') ? 'unpack-worker.ts' : 'unpack-worker.js';
  return new URL(name, import.meta.url);
};

type Idle = { readonly worker: Worker; readonly heapMegabytes: number; readonly alarm: NodeJS.Timeout };
let idle: Idle | null = null;

function hire(heapMegabytes: number): Worker {
  const waiting = idle;
  if (waiting?.heapMegabytes === heapMegabytes) {
    idle = null;
    clearTimeout(waiting.alarm);
    waiting.worker.ref();
    return waiting.worker;
  }
  return new Worker(workerUrl(), { resourceLimits: { maxOldGenerationSizeMb: heapMegabytes }, env: {} });
}

function release(worker: Worker, heapMegabytes: number): void {
  if (idle) return void worker.terminate();
  worker.unref();
  const alarm = setTimeout(() => {
    idle = null;
    void worker.terminate();
  }, IDLE_MS).unref();
  idle = { worker, heapMegabytes, alarm };
}

/**
 * Takes a package apart in a thread of its own with limits on memory and time, so that no package can hold up or bring
 * down the core: `bundle.too-large`, `bundle.took-too-long`. The disk stays on this side, so whatever becomes of the
 * thread, nothing is left of it.
 */
export async function* unpackApart(
  file: AsyncIterable<Uint8Array>,
  order: UnpackOrder,
  { signal, ...limits }: Partial<ThreadLimits> & { readonly signal?: AbortSignal | undefined } = {},
): AsyncGenerator<Unpacked> {
  const { stillSeconds, heapMegabytes } = { ...threadLimits, ...limits };
  const worker = hire(heapMegabytes);
  const [bytes, things] = [new MessageChannel(), new MessageChannel()];
  const found = poured<Unpacked>(things.port2);
  const late = (): void => found.fail(new ProblemError('bundle.took-too-long'));
  const cancelled = (): void => found.fail(new ProblemError('request.cancelled'));
  const alarm = setTimeout(late, stillSeconds * 1_000);
  signal?.addEventListener('abort', cancelled);
  worker.removeAllListeners('error').on('error', (error: Error & { code?: string }) => {
    found.fail(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new ProblemError('bundle.too-large') : error);
  });
  let feeding = Promise.resolve();
  try {
    const message: ThreadOrder = { order, file: bytes.port1, found: things.port1 };
    worker.postMessage(message, [bytes.port1, things.port1]);
    feeding = pour(bytes.port2, owned(file, alarm), (piece) => [piece.buffer]).catch((error: unknown) =>
      found.fail(error as Error),
    );
    for await (const one of found.each) {
      alarm.refresh();
      yield one;
    }
  } finally {
    clearTimeout(alarm);
    signal?.removeEventListener('abort', cancelled);
    bytes.port2.close();
    if (found.isOver()) release(worker, heapMegabytes);
    else await worker.terminate();
    await feeding;
  }
}

/** The file's bytes in copies the thread can have; the disk's slowness is not the thread's. */
async function* owned(file: AsyncIterable<Uint8Array>, alarm: NodeJS.Timeout): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const piece of file) {
    alarm.refresh();
    yield Uint8Array.from(piece);
  }
}
