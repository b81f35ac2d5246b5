import { z } from 'zod';
import type { Cell } from './grid.ts';

/** A day, or a month where the ledger knows no day: `1969-08-12` or `1969-08`. */
export const LedgerDate = z.union([z.iso.date(), z.string().regex(/^(19|20)\d\d-(0[1-9]|1[0-2])$/)]);
export type LedgerDate = z.infer<typeof LedgerDate>;

/** How a date was read: as it stands, or after something that must be named. */
export type DateRemark = 'month-only' | 'month-ambiguous' | 'serial-date';
export type DateReading = { readonly date: LedgerDate; readonly remark: DateRemark | null } | null;

const DAY_MS = 86_400_000;
/** Day 0 of the spreadsheet calendar, which believes in a 29th of February 1900. */
const SERIAL_EPOCH = Date.UTC(1899, 11, 30);
/** Serial numbers of 1925-01-01 and 2079-12-31: a number outside is no day of anybody's service. */
const SERIAL_RANGE = [9133, 65_744] as const;

/** `2026-02-30` is none. */
export function isRealDate(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** The day of a spreadsheet's serial number; its time of day is dropped. */
export const dateOfSerial = (serial: number): string =>
  new Date(SERIAL_EPOCH + Math.floor(serial) * DAY_MS).toISOString().slice(0, 10);

/**
 * Reads the notations of the stations' ledgers: `1969.08`, `1993年4月`, `2026年1月22日`, `2026/1/2`, `20260102`, real
 * dates. A date without a day keeps the precision of a month. Null for what is no date or does not exist.
 */
export function parseLedgerDate(cell: Cell): DateReading {
  if (cell === null || typeof cell === 'boolean') return null;
  if (typeof cell === 'object') return parseText(cell.date);
  if (typeof cell === 'number') return parseNumber(cell);
  return parseText(cell);
}

function parseNumber(value: number): DateReading {
  if (Number.isInteger(value) && value >= SERIAL_RANGE[0] && value <= SERIAL_RANGE[1])
    return { date: dateOfSerial(value), remark: 'serial-date' };
  const read = parseText(String(value));
  // The number 2026.10 loses its last digit and then reads as January.
  const ambiguous = read?.remark === 'month-only' && /\.1$/.test(String(value));
  return read && ambiguous ? { ...read, remark: 'month-ambiguous' } : read;
}

const WITH_SEPARATORS = /^((?:19|20)\d\d)[年./-](\d{1,2})(?:[月./-](\d{1,2})[日号]?|月?)$/;
const DIGITS_ONLY = /^((?:19|20)\d\d)(\d\d)(\d\d)?$/;

function parseText(text: string): DateReading {
  const plain = text
    .normalize('NFKC')
    .replace(/\s+\d{1,2}:\d\d(:\d\d)?$/, '')
    .replace(/\s/g, '')
    .replace(/[。．・·、]/g, '.')
    .replace(/[—–－]/g, '-')
    .replace(/[.]$/, '');
  const match = WITH_SEPARATORS.exec(plain) ?? DIGITS_ONLY.exec(plain);
  const year = Number(match?.[1]);
  const month = Number(match?.[2]);
  if (!match || month < 1 || month > 12) return null;
  const yearMonth = `${year}-${String(month).padStart(2, '0')}`;
  if (match[3] === undefined) return { date: yearMonth, remark: 'month-only' };
  const day = Number(match[3]);
  return isRealDate(year, month, day) ? { date: `${yearMonth}-${String(day).padStart(2, '0')}`, remark: null } : null;
}

/** Whether a day lies in a month-or-day, for comparing a rough date with an exact one. */
export const agrees = (rough: LedgerDate, exact: LedgerDate): boolean =>
  exact.startsWith(rough) || rough.startsWith(exact);

/** Today where the machine stands, as 2026-11-24. */
export const localDay = (now: Date): string =>
  [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');

/** The day so many days later. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/**
 * Hours between an instant and now, whichever comes first: one that lies ahead was written under a wrong clock, and says
 * as little as one that lies as far back.
 */
export const hoursApart = (at: string, now: Date): number => Math.abs(now.getTime() - Date.parse(at)) / 3_600_000;
