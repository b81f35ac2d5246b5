import { writeFile } from 'node:fs/promises';
import { ok } from '../../shared/problem.ts';
import { fileKinds } from '../../shared/work.ts';
import type { ShellPort } from '../ipc/channel.ts';
import type { ChosenFiles } from '../ipc/chosen-files.ts';
import type { HandlersOf } from '../ipc/handlers.ts';
import { workbookOf } from './workbook.ts';

/** What every slice's screens need of the machine: files, drives, tables that leave as xlsx, running jobs. */
export function workService(
  files: ChosenFiles,
  shell: ShellPort,
  cancel: (jobId: string) => boolean,
): HandlersOf<'work'> {
  return {
    'work.chooseFiles': async ({ kind, many }) => {
      const paths = await shell.chooseFiles({ extensions: fileKinds[kind], many });
      const chosen = await Promise.all(paths.map((path) => files.remember(path)));
      return ok(chosen.filter((file) => file !== null));
    },

    'work.drives': async () => ok((await shell.removableDrives({})).map((drive) => files.rememberDrive(drive))),

    'work.chooseFolder': async () => {
      const path = await shell.chooseFolder({});
      return ok(path === null ? null : await files.rememberFolder(path));
    },

    'work.saveTable': async ({ name, columns, rows }) => {
      const path = await shell.chooseSavePath({ suggestedName: name, extension: 'xlsx' });
      if (path === null) return ok(null);
      await writeFile(path, await workbookOf(columns, rows));
      return ok({ rows: rows.length });
    },

    'work.cancelJob': ({ jobId }) => ok(cancel(jobId)),
  };
}
