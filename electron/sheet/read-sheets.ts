import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Grid } from '../../shared/grid.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import type { ShellPort } from '../ipc/channel.ts';
import { sheetLimits } from './limits.ts';

/**
 * Reads an xlsx or csv, away from this process (D7). Refuses with a `sheet.*` or `file.*` problem; never changes the
 * file.
 */
export async function readSheets(path: string, shell: Pick<ShellPort, 'parseSheets'>): Promise<Result<Grid>> {
  const stats = await stat(path).catch(() => null);
  if (!stats?.isFile()) return fail('file.unreadable');
  if (stats.size > sheetLimits.fileBytes)
    return fail('sheet.too-large', { limitMegabytes: sheetLimits.fileBytes / 1024 ** 2 });
  const extension = extname(path).toLowerCase();
  if (extension !== '.xlsx' && extension !== '.csv') return fail('file.kind-not-accepted');
  const answer = await shell.parseSheets({ path, kind: extension === '.xlsx' ? 'xlsx' : 'csv' });
  if (!answer.ok) return fail(answer.code);
  const grid = JSON.parse(answer.grid) as Grid;
  return grid.sheets.some(({ rows }) => rows.length > 0) ? ok(grid) : fail('sheet.empty');
}
