import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { ProblemError } from '../../shared/problem.ts';
import { readCsv } from './csv.ts';
import { readWorkbook } from './workbook.ts';
import type { ParseAnswer, ParseOrder } from './read-sheets.ts';

/** Zip files begin so; everything else is tried as csv when its name says so. */
const ZIP_MARK = 'PK\u0003\u0004';

function answer({ path, kind }: ParseOrder): ParseAnswer {
  try {
    const bytes = readFileSync(path);
    const isZip = bytes.toString('latin1', 0, 4) === ZIP_MARK;
    if (isZip !== (kind === 'xlsx')) return { ok: false, code: 'sheet.not-a-workbook' };
    return { ok: true, grid: kind === 'xlsx' ? readWorkbook(bytes) : readCsv(bytes) };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { ok: false, code: error.problem.code };
  }
}

parentPort?.postMessage(answer(workerData as ParseOrder));
