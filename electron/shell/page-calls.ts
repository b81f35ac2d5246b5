import { ipcMain, type WebContents } from 'electron';
import type { Result } from '../../shared/problem.ts';
import { isOwnPage } from './origin.ts';

const notAllowed: Result<never> = { ok: false, problem: { code: 'request.not-allowed' } };

/** The one way in from the page: refuses whoever is not the main frame of our own page in our own window. */
export function answerPage(
  ourContents: () => WebContents,
  call: (name: unknown, input: unknown) => Promise<Result<unknown>>,
): void {
  ipcMain.handle('call', ({ sender, senderFrame }, name: unknown, input: unknown) =>
    sender === ourContents() && isOwnPage(senderFrame) ? call(name, input) : notAllowed,
  );
}
