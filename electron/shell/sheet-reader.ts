import { utilityProcess } from 'electron';
import type { SheetAnswer, ShellPort } from '../ipc/channel.ts';

/** Milliseconds, the start of the process among them; no ledger of a county's stations takes a tenth. */
const PATIENCE = 30_000;

/**
 * Reads each ledger in a process of its own, so that no file can hold up or bring down the application: one that takes
 * too long is stopped, and one that ends the process, by all the memory it takes or by a fault, is refused.
 */
export const sheetReader = (entry: string, patience = PATIENCE): Pick<ShellPort, 'parseSheets'> => ({
  parseSheets: (order) =>
    new Promise((resolve) => {
      const child = utilityProcess.fork(entry, [], { serviceName: 'lijing-sheets' });
      const end = (answer: SheetAnswer): void => {
        clearTimeout(alarm);
        resolve(answer);
        child.kill();
      };
      const alarm = setTimeout(() => end({ ok: false, code: 'sheet.took-too-long' }), patience);
      child.on('spawn', () => {
        child.postMessage(order);
      });
      child.on('message', end);
      child.on('exit', () => end({ ok: false, code: 'sheet.unreadable' }));
    }),
});
