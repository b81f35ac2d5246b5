import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import type { Result } from '../../shared/problem.ts';
import { isOwnPage } from './origin.ts';

const notAllowed: Result<never> = { ok: false, problem: { code: 'request.not-allowed' } };

/** The ways in from the page: refuse whoever is not the main frame of our own page in our own window. */
export function answerPage(
  ourContents: () => WebContents,
  {
    call,
    drop,
  }: {
    readonly call: (name: unknown, input: unknown) => Promise<Result<unknown>>;
    /** Paths of files the person dropped, as the preload script resolved them. */
    readonly drop: (paths: unknown) => void;
  },
): void {
  const isOurs = ({ sender, senderFrame }: IpcMainInvokeEvent): boolean =>
    sender === ourContents() && isOwnPage(senderFrame);
  ipcMain.handle('call', (event, name: unknown, input: unknown) => (isOurs(event) ? call(name, input) : notAllowed));
  ipcMain.handle('drop', (event, paths: unknown) => {
    if (isOurs(event)) drop(paths);
  });
}
