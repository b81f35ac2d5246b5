import type { CodeTable } from './code-tables.ts';
import { type LedgerDate, parseLedgerDate } from './dates.ts';
import { type Cell, cellText } from './grid.ts';
import type { Judgement, Note } from './ledger-import.ts';
import type { LedgerRow } from './ledger-table.ts';

/** A cell's meaning with what had to be repaired, or why it has none. */
export type CellReading<T> =
  { readonly value: T; readonly repairs?: readonly Omit<Note, 'field'>[] } | { readonly refused: Omit<Note, 'field'> };

/** Reads a cell that is not blank. */
export type CellReader<T> = (cell: Cell) => CellReading<T>;

/** Text without outer spaces and line breaks; full-width digits and letters made half-width, which is named. */
export const text: CellReader<string> = (cell) => {
  const shown = cellText(cell)
    .replace(/\s*\n\s*/g, ' ')
    .trim();
  const value = shown.replace(/[０-９Ａ-Ｚａ-ｚ]/g, (char) => char.normalize('NFKC'));
  return value === shown ? { value } : { value, repairs: [{ code: 'import.half-width' }] };
};

/** A person's name: spaces inside, as ledgers pad two-character names with, are taken out and named. */
export const personName: CellReader<string> = (cell) => {
  const shown = cellText(cell).trim();
  const value = shown.replace(/[\s　]/g, '');
  if (!/^[\p{Script=Han}·•A-Za-z]{2,40}$/u.test(value))
    return { refused: { code: 'import.not-a-name', params: { value: shown } } };
  return value === shown ? { value } : { value, repairs: [{ code: 'import.spaces-removed', params: { value } }] };
};

/** A day or a month. */
export const ledgerDate: CellReader<LedgerDate> = (cell) => {
  const read = parseLedgerDate(cell);
  if (!read) return { refused: { code: 'import.not-a-date', params: { value: cellText(cell) } } };
  if (!read.remark) return { value: read.date };
  return { value: read.date, repairs: [{ code: `import.${read.remark}`, params: { value: read.date } }] };
};

/** A whole day; a month alone is refused. */
export const ledgerDay: CellReader<string> = (cell) => {
  const read = ledgerDate(cell);
  if ('refused' in read || read.value.length === 10) return read;
  return { refused: { code: 'import.day-missing', params: { value: cellText(cell) } } };
};

/** A month is kept as such and not worth a word: for columns that are filled in by month. */
export const ledgerMonth: CellReader<LedgerDate> = (cell) => {
  const read = ledgerDate(cell);
  if ('refused' in read || read.repairs?.[0]?.code !== 'import.month-only') return read;
  return { value: read.value };
};

/** A key of a code table, by label or by what the ledgers write instead; the synonym is named unless it is plain. */
export const oneOf =
  <K extends string>(table: CodeTable<K>): CellReader<K> =>
  (cell) => {
    const found = table.find(cellText(cell));
    return found === null
      ? { refused: { code: 'import.value-unknown', params: { value: cellText(cell) } } }
      : { value: found };
  };

const YES = /^(是|有|√|✓|✔|对|1|y|yes)$/i;
const NO = /^(否|不是|×|✗|0|n|no)$/i;

/** 是 or 否, also as a tick. */
export const yesNo: CellReader<boolean> = (cell) => {
  const shown = cellText(cell).trim();
  if (YES.test(shown) || NO.test(shown)) return { value: YES.test(shown) };
  return { refused: { code: 'import.value-unknown', params: { value: shown } } };
};

/** A number, also as `3学时` or full-width, which is named. */
export const amount: CellReader<number> = (cell) => {
  if (typeof cell === 'number') return { value: cell };
  const shown = cellText(cell).trim();
  const digits = /^[约共]?(\d+(?:\.\d+)?)(?:个|小时|学时|课时|天|日|人|分|次|名)*$/.exec(
    shown.normalize('NFKC').replace(/\s/g, ''),
  )?.[1];
  if (digits === undefined) return { refused: { code: 'import.not-a-number', params: { value: shown } } };
  return digits === shown
    ? { value: Number(digits) }
    : { value: Number(digits), repairs: [{ code: 'import.number-in-text', params: { value: digits } }] };
};

/** What stations write into a cell to say that there is nothing. */
const NOTHING = /^(|无|暂无|没有|[-—–/\\、.]+)$/;
const isBlank = (cell: Cell | undefined): boolean => NOTHING.test(cellText(cell).trim());

/** Reads a row cell by cell and keeps account of what was repaired and refused. */
export type RowReader<F extends string> = {
  /** The cell's meaning; null when it is blank or was refused. */
  readonly read: <T>(field: F, reader: CellReader<T>) => T | null;
  /** As `read`; a blank cell is refused. */
  readonly must: <T>(field: F, reader: CellReader<T>) => T | null;
  readonly repair: (note: Note) => void;
  readonly refuse: (note: Note) => void;
  readonly isRefused: () => boolean;
  /** The verdict on a row that can be imported; refused if anything in it was. */
  readonly settle: <P>(plan: P) => Judgement<P>;
  /** The row says nothing new; what it says otherwise is told by the notes. */
  readonly unchanged: (notes?: readonly Note[]) => Judgement<never>;
  readonly refused: () => Judgement<never>;
};

export function rowReader<F extends string>(row: LedgerRow<F>): RowReader<F> {
  const repairs: Note[] = [];
  const refusals: Note[] = [];
  for (const field of row.mended) repairs.push({ code: 'import.mended', field });

  const read = <T>(field: F, reader: CellReader<T>): T | null => {
    const cell = row.cells[field] ?? null;
    if (isBlank(cell)) return null;
    const reading = reader(cell);
    if ('refused' in reading) {
      refusals.push({ ...reading.refused, field });
      return null;
    }
    for (const repair of reading.repairs ?? []) repairs.push({ ...repair, field });
    return reading.value;
  };

  const refused = (): Judgement<never> => ({ verdict: 'refused', notes: refusals });

  return {
    read,
    must: (field, reader) => {
      if (isBlank(row.cells[field])) refusals.push({ code: 'import.required', field });
      return read(field, reader);
    },
    repair: (note) => void repairs.push(note),
    refuse: (note) => void refusals.push(note),
    isRefused: () => refusals.length > 0,
    settle: (plan) => {
      if (refusals.length > 0) return refused();
      return { verdict: repairs.length > 0 ? 'repaired' : 'accepted', notes: repairs, plan };
    },
    unchanged: (notes = []) => ({ verdict: 'unchanged', notes }),
    refused,
  };
}
