import type {
  ImportCounts,
  ImportInput,
  ImportOutcome,
  ImportPreview,
  ImportRow,
  FieldSpec,
  Judgement,
  Verdict,
} from '../../shared/ledger-import.ts';
import { countsOf } from '../../shared/ledger-import.ts';
import { cellText, type Grid } from '../../shared/grid.ts';
import { type LedgerRow, type LedgerTable, readLedger } from '../../shared/ledger-table.ts';
import { ok, type Result } from '../../shared/problem.ts';
import type { Db } from '../db/open.ts';
import { inTransaction } from '../db/transaction.ts';
import type { ShellPort } from '../ipc/channel.ts';
import type { ChosenFiles } from '../ipc/chosen-files.ts';
import type { JobControl } from '../ipc/handlers.ts';
import { readSheets } from './read-sheets.ts';

/** Says what a row would do; made anew for each run, so it may remember the rows above. */
export type Judge<F extends string, P> = (row: LedgerRow<F>) => Judgement<P>;

type Judged<P> = { readonly row: ImportRow; readonly plan: { readonly of: P } | null };

/**
 * Preview and import of one slice's ledgers. The import plans again what the preview showed and applies it as one
 * change: cancelled or failed, nothing of it stays.
 */
export function ledgerImport<F extends string>({
  files,
  shell,
  db,
  fields,
}: {
  readonly files: ChosenFiles;
  readonly shell: Pick<ShellPort, 'parseSheets'>;
  readonly db: Db;
  readonly fields: readonly FieldSpec<F>[];
}) {
  // Every mended cell asks for a new preview of the same file.
  let last: { readonly file: string; readonly grid: Grid } | null = null;

  const gridOf = async (file: string): Promise<Result<Grid>> => {
    if (last?.file === file) return ok(last.grid);
    const path = files.pathOf(file);
    if (!path.ok) return path;
    const grid = await readSheets(path.value, shell);
    if (grid.ok) last = { file, grid: grid.value };
    return grid;
  };

  const planOf = async <P>(
    input: ImportInput,
    newJudge: () => Judge<F, P>,
  ): Promise<Result<{ readonly table: LedgerTable<F>; readonly judged: readonly Judged<P>[] }>> => {
    const grid = await gridOf(input.file);
    if (!grid.ok) return grid;
    const table = readLedger(grid.value, fields, input);
    const judge = newJudge();
    return ok({ table, judged: table.rows.map((row) => judgeRow(row, judge)) });
  };

  return {
    async preview<P>(input: ImportInput, newJudge: () => Judge<F, P>): Promise<Result<ImportPreview>> {
      const plan = await planOf(input, newJudge);
      if (!plan.ok) return plan;
      const { rows: _rows, ...table } = plan.value.table;
      const rows = plan.value.judged.map(({ row }) => row);
      return ok({ ...table, rows, counts: countsOf(rows) });
    },

    /** `apply` appends what one accepted row says. */
    async commit<P>(
      input: ImportInput,
      newJudge: () => Judge<F, P>,
      apply: (plan: P) => void,
      job: JobControl,
    ): Promise<Result<ImportOutcome>> {
      const plan = await planOf(input, newJudge);
      if (!plan.ok) return plan;
      const { judged } = plan.value;
      await inTransaction(db, async () => {
        for (const [index, { plan: accepted }] of judged.entries()) {
          if (accepted) apply(accepted.of);
          await job.progress('import.writing', index + 1, judged.length);
        }
      });
      const rows = judged.map(({ row }) => row);
      const counts: ImportCounts = countsOf(rows);
      return ok({ counts, refused: rows.filter(({ verdict }) => verdict === 'refused') });
    },
  };
}

function judgeRow<F extends string, P>(row: LedgerRow<F>, judge: Judge<F, P>): Judged<P> {
  const shown = (verdict: Verdict, notes: ImportRow['notes']): ImportRow => ({
    rowNumber: row.rowNumber,
    cells: Object.fromEntries(
      Object.entries<LedgerRow['cells'][string]>(row.cells).map(([field, cell]) => [field, cellText(cell)]),
    ),
    verdict,
    notes,
  });
  if (row.skip) return { row: shown('skipped', [{ code: `import.skipped-${row.skip}` }]), plan: null };
  const judgement = judge(row);
  const told = shown(judgement.verdict, [...judgement.notes]);
  return { row: told, plan: 'plan' in judgement ? { of: judgement.plan } : null };
}
