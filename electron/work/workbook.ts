import writeExcel from 'write-excel-file/node';

type Value = string | number | null;

/**
 * An xlsx with one sheet. Texts are typed as text, so that `=1+1` stays what somebody wrote (CWE-1236); a leading
 * apostrophe as CSV needs it would be taken for data here.
 */
export function workbookOf(columns: readonly string[], rows: readonly (readonly Value[])[]): Promise<Buffer> {
  const head = columns.map((title) => ({ value: title, type: String, fontWeight: 'bold' as const }));
  const body = rows.map((row) => row.map(cellOf));
  return writeExcel([head, ...body], { stickyRowsCount: 1 }).toBuffer();
}

const cellOf = (value: Value) => {
  if (value === null || value === '') return null;
  return typeof value === 'number' ? { value, type: Number } : { value, type: String };
};
