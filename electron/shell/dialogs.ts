import { type BrowserWindow, dialog } from 'electron';
import type { ShellPort } from '../ipc/channel.ts';
import { shellTexts } from './texts.ts';

const filterOf = (extensions: readonly string[]) => ({
  name: shellTexts.kinds[extensions[0] ?? ''] ?? shellTexts.anyKind,
  extensions: [...extensions],
});

/**
 * A name and nothing else: one that came with another site's records may be a path, and Windows opens the folder of what
 * it is offered, be it a share on the network.
 */
const nameOnly = (suggested: string): string =>
  suggested.replaceAll(/[<>:"/\\|?*\p{Cc}\p{Bidi_Control}]/gu, '_').replace(/^\.+/, '_');

/** The operating system's dialogs, in front of the application's window. */
export function dialogs(
  window: () => BrowserWindow,
): Pick<ShellPort, 'chooseFiles' | 'chooseFolder' | 'chooseSavePath'> {
  return {
    async chooseFiles({ extensions, many }) {
      const { canceled, filePaths } = await dialog.showOpenDialog(window(), {
        title: shellTexts.chooseFiles,
        filters: [filterOf(extensions)],
        properties: many ? ['openFile', 'multiSelections'] : ['openFile'],
      });
      return canceled ? [] : filePaths;
    },
    async chooseFolder() {
      const { canceled, filePaths } = await dialog.showOpenDialog(window(), {
        title: shellTexts.chooseFolder,
        properties: ['openDirectory', 'createDirectory'],
      });
      return canceled ? null : (filePaths[0] ?? null);
    },
    async chooseSavePath({ suggestedName, extension }) {
      const { canceled, filePath } = await dialog.showSaveDialog(window(), {
        title: shellTexts.saveTo,
        defaultPath: nameOnly(suggestedName),
        filters: [filterOf([extension])],
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      });
      if (canceled || !filePath) return null;
      return filePath.toLowerCase().endsWith(`.${extension}`) ? filePath : `${filePath}.${extension}`;
    },
  };
}

/** Tells that the core has ended by itself; true when the person wants it started again. */
export async function askRestart(window: BrowserWindow): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    title: shellTexts.app,
    message: shellTexts.coreEnded.message,
    detail: shellTexts.coreEnded.detail,
    buttons: [shellTexts.coreEnded.restart, shellTexts.coreEnded.quit],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  return response === 0;
}
