import { type MessagePort, parentPort } from 'node:worker_threads';
import { pour, poured } from './thread-pipe.ts';
import { type Unpacked, type UnpackOrder, unpack } from './unpack.ts';

/** A package to take apart: its bytes come over one port, what is found goes over the other. */
export type ThreadOrder = { readonly order: UnpackOrder; readonly file: MessagePort; readonly found: MessagePort };

async function* owned(found: AsyncIterable<Unpacked>): AsyncGenerator<Unpacked> {
  for await (const one of found) yield 'piece' in one ? { piece: Uint8Array.from(one.piece) } : one;
}

parentPort?.on('message', ({ order, file, found }: ThreadOrder) => {
  // A bug ends the thread, and with it the job over there.
  void pour(found, owned(unpack(poured<Uint8Array>(file).each, order)), (one) =>
    'piece' in one ? [one.piece.buffer as ArrayBuffer] : [],
  );
});
