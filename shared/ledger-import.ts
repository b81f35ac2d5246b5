/**
 * How a slice imports a ledger (台账) of the stations, xlsx or csv:
 *
 * 1. `shared/<slice>.ts` lists the columns it understands and makes its two calls from them:
 *    `const fields = [{ field: 'heldOn', label: '训练日期', headings: ['日期'], required: true }, …] as const satisfies readonly FieldSpec[]`,
 *    `...importCalls('training', { may: ['trainer', 'chief'] })` gives `training.previewImport` and `training.commitImport`.
 * 2. `electron/<slice>/import.ts` judges one row: it reads cells with `rowReader(row)` (ledger-cells.ts), looks up what is
 *    known, and ends in `settle(plan)`, `unchanged(…)` or `refused(…)`. A judge is made anew for each run, so it may
 *    remember the rows above.
 * 3. `electron/<slice>/service.ts` hands it over: `ledgerImport({ files, db, fields })` (electron/sheet/ledger.ts) has
 *    `preview(input, newJudge)` and `commit(input, newJudge, apply, job)`; `apply(plan)` appends the entries.
 * 4. The page shows `<ImportWizard slice="training" fields={…} />` (renderer/ui/import-wizard). Notes are texts by code:
 *    `training.absent-person` is `notes.absent-person` in `locales/zh-CN/training.json`.
 *
 * No row is dropped in silence: each gets exactly one verdict, the counts add up to the rows below the heading, one bad
 * row never stops the good ones, and the same file again ends `unchanged`.
 */
import { z } from 'zod';
import { type Call, job, type May, query, type SiteKind } from './call.ts';

/** A column a slice understands; `headings` are what stations write above it, `label` among them. */
export type FieldSpec<F extends string = string> = {
  readonly field: F;
  readonly label: string;
  readonly headings: readonly string[];
  readonly required?: boolean;
};

/** Why a row was repaired or refused: `slice.what`, told with the values it is about. */
export const Note = z.strictObject({
  code: z.string().regex(/^[a-z]+\.[a-z0-9-]+$/),
  field: z.string().optional(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type Note = z.infer<typeof Note>;

/**
 * accepted 通过, repaired 修正后通过 (each repair is named), unchanged 已有且相同, refused 不能导入 (mend it), skipped 非数据行
 * (blank, total, repeated heading, footnote).
 */
export const verdicts = ['accepted', 'repaired', 'unchanged', 'refused', 'skipped'] as const;
export type Verdict = (typeof verdicts)[number];

/** What a slice says of one data row; `plan` is what would be appended. */
export type Judgement<P> =
  | { readonly verdict: 'accepted' | 'repaired'; readonly notes: readonly Note[]; readonly plan: P }
  | { readonly verdict: 'unchanged' | 'refused'; readonly notes: readonly Note[] };

const Count = z.int().nonnegative();
export const ImportCounts = z.strictObject({
  total: Count,
  accepted: Count,
  repaired: Count,
  unchanged: Count,
  refused: Count,
  skipped: Count,
});
export type ImportCounts = z.infer<typeof ImportCounts>;

/** What the person has settled so far; what is left out is proposed. */
export const ImportInput = z.strictObject({
  file: z.uuid(),
  /** Index of the sheet. */
  sheet: z.int().nonnegative().optional(),
  /** Row number of the heading, from 1. */
  headerRow: z.int().positive().optional(),
  /** Column index by field; a field left out has no column. */
  mapping: z.record(z.string(), z.int().nonnegative()).optional(),
  /** Cells mended by hand, by row number and field. */
  edits: z
    .array(z.strictObject({ row: z.int().positive(), field: z.string(), value: z.string().max(4000) }))
    .max(20_000),
});
export type ImportInput = z.infer<typeof ImportInput>;

export const ImportRow = z.strictObject({
  rowNumber: z.int().positive(),
  /** Text by field, mended cells included. */
  cells: z.record(z.string(), z.string()),
  verdict: z.enum(verdicts),
  notes: z.array(Note),
});
export type ImportRow = z.infer<typeof ImportRow>;

export const ImportPreview = z.strictObject({
  sheets: z.array(z.strictObject({ name: z.string(), rows: Count })),
  sheet: Count,
  /** Null when no row looks like a heading: the person has to point at it in `top`. */
  headerRow: z.int().positive().nullable(),
  headings: z.array(z.strictObject({ column: Count, text: z.string() })),
  mapping: z.record(z.string(), Count),
  /** Required fields without a column. */
  missing: z.array(z.string()),
  /** The first rows of the sheet as they stand. */
  top: z.array(z.strictObject({ rowNumber: z.int().positive(), cells: z.array(z.string()) })),
  rows: z.array(ImportRow),
  counts: ImportCounts,
});
export type ImportPreview = z.infer<typeof ImportPreview>;

export const ImportOutcome = z.strictObject({ counts: ImportCounts, refused: z.array(ImportRow) });
export type ImportOutcome = z.infer<typeof ImportOutcome>;

type ImportCalls<S extends string, I extends z.ZodType> = {
  readonly [N in `${S}.previewImport`]: Call<I, typeof ImportPreview> & { readonly runs: 'query' };
} & {
  readonly [N in `${S}.commitImport`]: Call<I, typeof ImportOutcome> & { readonly runs: 'job' };
};

/** What a slice asks beside the file, e.g. which station the bureau imports for. */
type Options = z.ZodRawShape;
const noOptions = {};

/** The two calls of a slice's import; `options` are further inputs of both. */
export function importCalls<S extends string, O extends Options = typeof noOptions>(
  slice: S,
  { may, at, options }: { readonly may: May; readonly at?: SiteKind; readonly options?: O },
) {
  const input = z.strictObject({ ...ImportInput.shape, ...(options ?? (noOptions as O)) });
  const spec = { may, ...(at ? { at } : {}), input };
  // The names are computed, which an object literal's type cannot follow.
  return {
    [`${slice}.previewImport`]: query({ ...spec, output: ImportPreview }),
    [`${slice}.commitImport`]: job({ ...spec, output: ImportOutcome }),
  } as ImportCalls<S, typeof input>;
}

/** Counts by verdict; `total` is their sum by construction. */
export function countsOf(rows: readonly { readonly verdict: Verdict }[]): ImportCounts {
  const counts = { total: rows.length, accepted: 0, repaired: 0, unchanged: 0, refused: 0, skipped: 0 };
  for (const { verdict } of rows) counts[verdict] += 1;
  return counts;
}
