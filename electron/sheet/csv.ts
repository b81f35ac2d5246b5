import type { Cell, Grid } from '../../shared/grid.ts';
import { ProblemError } from '../../shared/problem.ts';
import { sheetLimits } from './limits.ts';

/** UTF-8 (with or without mark) if the bytes are, else GB18030, as WPS and Excel save Chinese csv. */
function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // The next encoding is tried; which one it is shows only in what cannot be decoded.
    }
  }
  throw new ProblemError('sheet.encoding-unknown');
}

/** The separator that the first line with any has most of, outside quotes. */
function separatorOf(text: string): string {
  const sample = text.slice(0, 20_000).replace(/"[^"]*"/g, '');
  const counts = [',', ';', '\t', '，'].map((sign) => ({ sign, count: sample.split(sign).length }));
  return counts.reduce((most, one) => (one.count > most.count ? one : most)).sign;
}

/** Reads csv (RFC 4180, also with `;` or tabs) as one sheet of texts. */
export function readCsv(bytes: Uint8Array): Grid {
  const text = decode(bytes);
  if (text.includes('\0')) throw new ProblemError('sheet.not-a-workbook');
  const rows = rowsOf(text, separatorOf(text));
  while (rows.at(-1)?.every((cell) => cell === null)) rows.pop();
  return { sheets: [{ name: 'csv', rows }] };
}

function rowsOf(text: string, separator: string): Cell[][] {
  const rows: Cell[][] = [];
  let row: Cell[] = [];
  let field = '';
  let quoted = false;
  const endField = (): void => {
    if (row.length < sheetLimits.columns) row.push(field.trim() === '' ? null : field.slice(0, sheetLimits.cellChars));
    field = '';
  };
  const endRow = (): void => {
    endField();
    rows.push(row);
    row = [];
    if (rows.length > sheetLimits.rows) throw new ProblemError('sheet.too-many-rows', { limit: sheetLimits.rows });
  };
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (quoted) {
      if (char !== '"') field += char;
      else if (text[at + 1] === '"') {
        field += '"';
        at += 1;
      } else quoted = false;
    } else if (char === '"' && field.trim() === '') {
      quoted = true;
      field = '';
    } else if (char === separator) endField();
    else if (char === '\n') endRow();
    else if (char !== '\r') field += char;
  }
  if (field !== '' || row.length > 0) endRow();
  return rows;
}
