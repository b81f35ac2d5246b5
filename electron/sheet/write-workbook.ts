type Value = string | number | null;

/**
 * How a text begins that a spreadsheet would run as a formula once somebody edits its cell (CWE-1236); a Chinese one takes
 * the full-width signs, too.
 */
const RUNS = /^[=+\-@＝＋－＠\t\r\n]/;
/** Excel's own format for a cell that stays text, also after it was edited. */
const STAYS_TEXT = '@';

/** One sheet: its headings and what stands under them; widths in characters where the usual one is too narrow. */
export type SheetOut = {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Value[])[];
  readonly widths?: readonly number[];
};

/**
 * An xlsx of these sheets. Texts are typed as text, so that `=1+1` stays what somebody wrote; a leading apostrophe as CSV
 * needs it would be taken for data here.
 */
export async function workbookOf(sheets: readonly SheetOut[]): Promise<Buffer> {
  // Not read before somebody asks for a table: the core answers the sooner after its start.
  const { default: writeExcel } = await import('write-excel-file/node');
  return writeExcel(
    sheets.map(({ name, columns, rows, widths }) => ({
      sheet: sheetName(name),
      data: [columns.map(headOf), ...rows.map((row) => row.map(cellOf))],
      stickyRowsCount: 1,
      ...(widths ? { columns: widths.map((width) => ({ width })) } : {}),
    })),
  ).toBuffer();
}

/** Excel takes 31 characters, some of them not. */
const sheetName = (name: string): string => name.replaceAll(/[[\]:*?/\\]/g, ' ').slice(0, 31);

const headOf = (title: string) => ({ value: title, type: String, fontWeight: 'bold' as const });

const cellOf = (value: Value) => {
  if (value === null || value === '') return null;
  if (typeof value === 'number') return { value, type: Number };
  return RUNS.test(value) ? { value, type: String, format: STAYS_TEXT } : { value, type: String };
};
