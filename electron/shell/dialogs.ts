import { type BrowserWindow, dialog } from 'electron';
import type { ShellPort } from '../ipc/channel.ts';

const kindNames: Readonly<Record<string, string>> = {
  xlsx: '表格',
  csv: '表格',
  docx: '文档',
  lijing: '砺警数据包',
  jpg: '图片或扫描件',
  pdf: '扫描件',
};

const filterOf = (extensions: readonly string[]) => ({
  name: kindNames[extensions[0] ?? ''] ?? '文件',
  extensions: [...extensions],
});

/** The operating system's dialogs, in front of the application's window. */
export function dialogs(window: () => BrowserWindow): Omit<ShellPort, 'removableDrives'> {
  return {
    async chooseFiles({ extensions, many }) {
      const { canceled, filePaths } = await dialog.showOpenDialog(window(), {
        title: '选择文件',
        filters: [filterOf(extensions)],
        properties: many ? ['openFile', 'multiSelections'] : ['openFile'],
      });
      return canceled ? [] : filePaths;
    },
    async chooseFolder() {
      const { canceled, filePaths } = await dialog.showOpenDialog(window(), {
        title: '选择文件夹',
        properties: ['openDirectory', 'createDirectory'],
      });
      return canceled ? null : (filePaths[0] ?? null);
    },
    async chooseSavePath({ suggestedName, extension }) {
      const { canceled, filePath } = await dialog.showSaveDialog(window(), {
        title: '保存到',
        defaultPath: suggestedName,
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
    title: '砺警',
    message: '数据服务意外停止',
    detail:
      '已经保存的内容不受影响，正在办理的一项可能没有保存。请重新启动数据服务并登录后核对；若反复出现，请退出并联系系统管理员。',
    buttons: ['重新启动', '退出'],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  return response === 0;
}
