import { readFileSync } from 'node:fs';
import { ProblemError } from '../../shared/problem.ts';
import type { SheetAnswer, SheetOrder } from '../ipc/channel.ts';
import { readCsv } from './csv.ts';
import { readWorkbook } from './workbook.ts';

/** Zip files begin so; everything else is tried as csv when its name says so. */
const ZIP_MARK = 'PK\u0003\u0004';

/** Reads a ledger's file at once and on the spot: in the process that is there for it alone. */
export function parseSheets({ path, kind }: SheetOrder): SheetAnswer {
  try {
    const bytes = readFileSync(path);
    const isZip = bytes.toString('latin1', 0, 4) === ZIP_MARK;
    if (isZip !== (kind === 'xlsx')) return { ok: false, code: 'sheet.not-a-workbook' };
    return { ok: true, grid: JSON.stringify(kind === 'xlsx' ? readWorkbook(bytes) : readCsv(bytes)) };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { ok: false, code: error.problem.code };
  }
}
