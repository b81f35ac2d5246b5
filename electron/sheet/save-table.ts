import { orThrow } from '../../shared/problem.ts';
import type { Table } from '../../shared/work.ts';
import { writeAtomically } from '../files/safe-write.ts';
import type { ShellPort } from '../ipc/channel.ts';
import { workbookOf } from './write-workbook.ts';

/** Asks where to, and writes the table there as xlsx; the rows written, or null when the dialog was closed. */
export async function saveTable(
  shell: Pick<ShellPort, 'chooseSavePath'>,
  { name, columns, rows }: Table,
): Promise<{ readonly rows: number } | null> {
  const path = await shell.chooseSavePath({ suggestedName: name, extension: 'xlsx' });
  if (path === null) return null;
  orThrow(await writeAtomically(path, await workbookOf([{ name, columns, rows }])));
  return { rows: rows.length };
}
