import type { SheetAnswer, SheetOrder } from '../ipc/channel.ts';
import { parseSheets } from './parse-sheets.ts';

/** The end of the channel a utility process is given. */
type ParentPort = {
  on(event: 'message', listener: (message: { data: SheetOrder }) => void): void;
  postMessage(answer: SheetAnswer): void;
};

const { parentPort } = process as unknown as { parentPort: ParentPort };

parentPort.on('message', ({ data: order }) => {
  parentPort.postMessage(parseSheets(order));
});
