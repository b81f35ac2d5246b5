import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Grid } from '../../shared/grid.ts';
import { fail, ok, type ProblemCode, type Result } from '../../shared/problem.ts';
import { sheetLimits } from './limits.ts';

export type ParseOrder = { readonly path: string; readonly kind: 'xlsx' | 'csv' };
export type ParseAnswer =
  { readonly ok: true; readonly grid: Grid } | { readonly ok: false; readonly code: ProblemCode };

/** What the thread may take. */
export type ThreadLimits = { readonly seconds: number; readonly heapMegabytes: number };

/**
 * Reads an xlsx or csv in a thread of its own with limits on size, memory and time, so that no file can hold up or
 * bring down the application. Refuses with a `sheet.*` or `file.*` problem; never changes the file.
 */
export async function readSheets(path: string, limits: Partial<ThreadLimits> = {}): Promise<Result<Grid>> {
  const stats = await stat(path).catch(() => null);
  if (!stats?.isFile()) return fail('file.unreadable');
  if (stats.size > sheetLimits.fileBytes)
    return fail('sheet.too-large', { limitMegabytes: sheetLimits.fileBytes / 1024 ** 2 });
  const extension = extname(path).toLowerCase();
  if (extension !== '.xlsx' && extension !== '.csv') return fail('file.kind-not-accepted');
  const order: ParseOrder = { path, kind: extension === '.xlsx' ? 'xlsx' : 'csv' };
  const grid = await parse(order, { ...sheetLimits, ...limits });
  if (!grid.ok) return grid;
  return grid.value.sheets.some(({ rows }) => rows.length > 0) ? grid : fail('sheet.empty');
}

/** Beside the built core the thread is a built file; run from source it is the source. */
const workerUrl = (): URL => {
  const name = import.meta.url.endsWith('.ts') ? 'parse-worker.ts' : 'parse-worker.js';
  return new URL(name, import.meta.url);
};

function parse(order: ParseOrder, { seconds, heapMegabytes }: ThreadLimits): Promise<Result<Grid>> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerUrl(), {
      workerData: order,
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
      env: {},
    });
    const end = (result: Result<Grid>): void => {
      clearTimeout(alarm);
      resolve(result);
      void worker.terminate();
    };
    const alarm = setTimeout(() => end(fail('sheet.took-too-long')), seconds * 1_000);
    worker.once('message', (answer: ParseAnswer) => end(answer.ok ? ok(answer.grid) : fail(answer.code)));
    worker.once('error', (error: Error & { code?: string }) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') end(fail('sheet.too-large'));
      else {
        clearTimeout(alarm);
        reject(error);
      }
    });
  });
}
