import { fail, ok, type Result } from '../../shared/problem.ts';
import { type ChosenFile, fileKinds } from '../../shared/work.ts';
import type { ShellPort } from '../ipc/channel.ts';
import type { ChosenFiles } from '../ipc/chosen-files.ts';
import type { HandlersOf } from '../ipc/handlers.ts';
import { saveTable } from '../sheet/save-table.ts';
import { scanRefusal } from '../files/chosen-attachment.ts';
import { foundFiles } from './found-files.ts';

/** What every slice's screens need of the machine: files, drives, tables that leave as xlsx, running jobs. */
export function workService(
  files: ChosenFiles,
  shell: ShellPort,
  cancel: (jobId: string) => boolean,
): HandlersOf<'work'> {
  const remembered = async (paths: readonly string[]): Promise<ChosenFile[]> =>
    (await Promise.all(paths.map((path) => files.remember(path)))).filter((file) => file !== null);
  const below = async (paths: readonly string[], kind: keyof typeof fileKinds): Promise<Result<ChosenFile[]>> => {
    const found = await foundFiles(paths, fileKinds[kind]);
    return found.ok ? ok(await remembered(found.value)) : found;
  };

  return {
    'work.chooseFiles': async ({ kind, many }) => {
      const paths = await shell.chooseFiles({ extensions: fileKinds[kind], many });
      const chosen = await Promise.all(
        paths.map(async (path) => {
          const file = await files.remember(path);
          return file && { ...file, refused: kind === 'scan' ? await scanRefusal(path, file.sizeBytes) : null };
        }),
      );
      return ok(chosen.filter((file) => file !== null));
    },

    'work.takeDropped': async ({ kind }) => below(await shell.takeDropped({}), kind),

    'work.filesOn': async ({ drive: id, kind }) => {
      const drive = files.drive(id);
      return drive ? below([drive.path], kind) : fail('file.unknown');
    },

    'work.drives': async () => ok((await shell.removableDrives({})).map((drive) => files.rememberDrive(drive))),

    'work.chooseFolder': async () => {
      const path = await shell.chooseFolder({});
      return ok(path === null ? null : await files.rememberFolder(path));
    },

    'work.saveTable': async (table) => ok(await saveTable(shell, table)),

    'work.cancelJob': ({ jobId }) => ok(cancel(jobId)),
  };
}
