import { dateOfSerial } from '../../shared/dates.ts';
import type { Cell } from '../../shared/grid.ts';

/** Formats every spreadsheet program knows by number (ECMA-376 18.8.30, with the Chinese ones) that show a day. */
const DATE_FORMAT_IDS = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]);
const FIXED_FORMATS: Readonly<Record<number, string>> = { 1: '0', 2: '0.00', 3: '#,##0', 4: '#,##0.00' };

/** How a number format shows a number: as a day, with a fixed number of places, or as it is. */
export type NumberFormat = 'date' | 'plain' | { readonly places: number };

/** `code` is the file's own text for the format; it counts before what the number usually means, as WPS redefines some. */
export function numberFormat(id: number, code: string | undefined): NumberFormat {
  const shown = code ?? FIXED_FORMATS[id];
  if (shown === undefined) return DATE_FORMAT_IDS.has(id) ? 'date' : 'plain';
  // Quoted words, escaped characters, colours and locales are decoration; only what stands before `;` shows positives.
  const tokens = (shown.split(';')[0] ?? '').replace(/"[^"]*"|\\.|\[[^\]]*\]|_.|\*./g, '');
  if (/[yde]|(?<![hs:]\s*)m(?!\s*:)/i.test(tokens) && !/[0#?]/.test(tokens.replace(/0+$/, ''))) return 'date';
  const places = /^[#,0]*\.(0+)$/.exec(tokens)?.[1]?.length;
  return places === undefined ? 'plain' : { places };
}

/** Days since the spreadsheet's day 0 that old Mac workbooks count from 1904. */
const DAYS_1904 = 1462;

/** The number as its cell shows it. */
export function shownNumber(value: number, format: NumberFormat, from1904: boolean): Cell {
  if (format === 'date' && value >= 1 && value < 2_958_466)
    return { date: dateOfSerial(value + (from1904 ? DAYS_1904 : 0)) };
  if (typeof format !== 'object') return value;
  const fixed = value.toFixed(format.places);
  return fixed === String(value) ? value : fixed;
}
