import { type Cell, cellText, type Grid } from './grid.ts';
import type { FieldSpec, ImportInput, ImportPreview } from './ledger-import.ts';

/** Why a row below the heading is no data row. */
export type SkipReason = 'blank' | 'total' | 'heading-repeated' | 'footnote';

/** One row below the heading. */
export type LedgerRow<F extends string = string> = {
  readonly rowNumber: number;
  readonly cells: Readonly<Partial<Record<F, Cell>>>;
  /** Fields mended by hand. */
  readonly mended: ReadonlySet<string>;
  readonly skip: SkipReason | null;
};

/** A sheet read as a table: where its heading is, which column is which field, its rows. */
export type LedgerTable<F extends string = string> = Pick<
  ImportPreview,
  'sheets' | 'sheet' | 'headerRow' | 'headings' | 'mapping' | 'missing' | 'top'
> & { readonly rows: readonly LedgerRow<F>[] };

/** Titles, reporting lines and merged cells stand above the heading, never more rows than this. */
const ROWS_ABOVE_HEADING = 30;
const TOP_ROWS = 20;

/** `警  衔`, `警衔（级）` and `警衔*` are one heading: no spaces, half-width, with and without what brackets add. */
export function headingForms(text: string): readonly string[] {
  const whole = text
    .normalize('NFKC')
    .replace(/[\s*:_]/g, '')
    .toLowerCase();
  const bare = whole.replace(/\([^)]*\)|\[[^\]]*\]/g, '');
  const flat = whole.replace(/[()[\]]/g, '');
  return [...new Set([whole, flat, bare])].filter((form) => form !== '');
}

/** Column by field; a field takes the first column whose heading is one of its own. */
export function proposeMapping(heading: readonly Cell[], fields: readonly FieldSpec[]): Record<string, number> {
  const fieldOf = new Map<string, string>();
  for (const { field, label, headings } of fields)
    for (const form of [label, ...headings].flatMap(headingForms)) if (!fieldOf.has(form)) fieldOf.set(form, field);
  const mapping: Record<string, number> = {};
  heading.forEach((cell, column) => {
    const form = headingForms(cellText(cell)).find((one) => fieldOf.has(one));
    const field = form === undefined ? undefined : fieldOf.get(form);
    if (field !== undefined && !(field in mapping)) mapping[field] = column;
  });
  return mapping;
}

type Found = { readonly sheet: number; readonly headerRow: number; readonly score: number };

/** The row whose cells name most fields; at least two, or the only field there is. */
function findHeading(grid: Grid, sheets: readonly number[], fields: readonly FieldSpec[]): Found | null {
  let best: Found | null = null;
  for (const sheet of sheets) {
    const rows = grid.sheets[sheet]?.rows.slice(0, ROWS_ABOVE_HEADING) ?? [];
    rows.forEach((cells, index) => {
      const score = Object.keys(proposeMapping(cells, fields)).length;
      if (score >= Math.min(2, fields.length) && score > (best?.score ?? 0))
        best = { sheet, headerRow: index + 1, score };
    });
  }
  return best;
}

const TOTAL = /^(合计|总计|小计|共计|总人数|累计)/;
const FOOTNOTE = /^(注|备注|说明|填表人|制表人|填报人|审核人?|负责人|填报单位|填报时间|制表时间|第\d+页)[:：]?/;

function skipReason(
  texts: readonly string[],
  headings: readonly string[],
  required: readonly number[],
): SkipReason | null {
  const filled = texts.filter((text) => text !== '');
  const first = filled[0];
  if (first === undefined) return 'blank';
  if (TOTAL.test(first)) return 'total';
  if (filled.length > 1 && texts.every((text, column) => text === '' || text === headings[column]))
    return 'heading-repeated';
  const lacksAll = required.every((column) => column === texts.indexOf(first) || !texts[column]);
  return lacksAll && filled.length <= 3 && FOOTNOTE.test(first) ? 'footnote' : null;
}

const plain = (cell: Cell | undefined): string => cellText(cell).normalize('NFKC').replace(/\s/g, '');

/** Reads the chosen (or best) sheet as a table of these fields; pure, and never refuses: what it cannot find is null. */
export function readLedger<F extends string>(
  grid: Grid,
  fields: readonly FieldSpec<F>[],
  input: Pick<ImportInput, 'sheet' | 'headerRow' | 'mapping' | 'edits'>,
): LedgerTable<F> {
  const all = grid.sheets.map((_, index) => index);
  const found = findHeading(grid, input.sheet === undefined ? all : [input.sheet], fields);
  const sheet = input.sheet ?? found?.sheet ?? 0;
  const rows = grid.sheets[sheet]?.rows ?? [];
  const headerRow = input.headerRow ?? found?.headerRow ?? null;
  const heading = headerRow === null ? [] : (rows[headerRow - 1] ?? []);
  const mapping = known(input.mapping ?? proposeMapping(heading, fields), fields);
  return {
    sheets: grid.sheets.map(({ name, rows: all }) => ({ name, rows: all.length })),
    sheet,
    headerRow,
    headings: heading.map((cell, column) => ({ column, text: cellText(cell) })),
    mapping,
    missing: fields.filter(({ field, required }) => required && !(field in mapping)).map(({ field }) => field),
    top: rows.slice(0, TOP_ROWS).map((cells, index) => ({ rowNumber: index + 1, cells: cells.map(cellText) })),
    rows: headerRow === null ? [] : dataRows(rows, headerRow, mapping, fields, input.edits),
  };
}

const known = (mapping: Readonly<Record<string, number>>, fields: readonly FieldSpec[]): Record<string, number> =>
  Object.fromEntries(Object.entries(mapping).filter(([field]) => fields.some((one) => one.field === field)));

function dataRows<F extends string>(
  rows: Grid['sheets'][number]['rows'],
  headerRow: number,
  mapping: Readonly<Record<string, number>>,
  fields: readonly FieldSpec<F>[],
  edits: ImportInput['edits'],
): LedgerRow<F>[] {
  const headings = (rows[headerRow - 1] ?? []).map(plain);
  const required = fields.flatMap(({ field, required: must }) => (must ? [mapping[field] ?? -1] : []));
  const mendedAt = Map.groupBy(edits, ({ row }) => row);
  return rows.slice(headerRow).map((cells, index) => {
    const rowNumber = headerRow + 1 + index;
    const mended = new Map((mendedAt.get(rowNumber) ?? []).map(({ field, value }) => [field, value]));
    const cellOf = (field: F): Cell => mended.get(field) ?? cells[mapping[field] ?? -1] ?? null;
    return {
      rowNumber,
      cells: Object.fromEntries(fields.map(({ field }) => [field, cellOf(field)])) as Record<F, Cell>,
      mended: new Set(mended.keys()),
      skip: mended.size > 0 ? null : skipReason(cells.map(plain), headings, required),
    };
  });
}
