/** One cell of a sheet as it is shown: a date keeps its day, a number formatted to look otherwise is its shown text. */
export type Cell = string | number | boolean | { readonly date: string } | null;

/** A sheet (工作表); the row at index 0 is row 1. */
export type SheetRows = { readonly name: string; readonly rows: readonly (readonly Cell[])[] };

/** The readable part of an xlsx or csv file. */
export type Grid = { readonly sheets: readonly SheetRows[] };

/** The cell as a person reads it; dates as 2026-11-24. */
export function cellText(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'object') return cell.date;
  if (typeof cell === 'boolean') return cell ? '是' : '否';
  return String(cell);
}
