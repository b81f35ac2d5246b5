import { isRealDate } from './dates.ts';

/** What a citizen's identity number (公民身份号码, GB 11643) says by itself. */
export type ResidentId = {
  /** 18 places, X in capital. */
  readonly number: string;
  readonly birthDate: string;
  /** GB/T 2261.1: 1 男, 2 女. */
  readonly sex: '1' | '2';
};

export type ResidentIdFault = 'length' | 'check-digit' | 'birth-date';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS = '10X98765432';

/** Check digit of the first 17 places, ISO 7064 MOD 11-2. */
export function checkDigit(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(first17[place]), 0);
  return CHECK_DIGITS.charAt(sum % 11);
}

/** Half-width, no spaces, capital X: the form in which two numbers can be compared. */
export const normalResidentId = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s'’-]/g, '')
    .toUpperCase();

/** Reads a number in normal form; the fault of a wrong one. Does not judge the region: only age and sex are used. */
export function readResidentId(number: string): ResidentId | ResidentIdFault {
  if (!/^\d{17}[\dX]$/.test(number)) return 'length';
  const birthDate = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  const [year = 0, month = 0, day = 0] = birthDate.split('-').map(Number);
  if (year < 1900 || !isRealDate(year, month, day)) return 'birth-date';
  if (checkDigit(number) !== number.at(17)) return 'check-digit';
  return { number, birthDate, sex: Number(number[16]) % 2 === 1 ? '1' : '2' };
}

/** `999999********0065`: enough to tell two people apart, not enough to use. */
export const maskResidentId = (number: string): string => `${number.slice(0, 6)}********${number.slice(14)}`;

/** The same of every identity number in an entry's body; whole ones stand in the person's file, where looking leaves a trace. */
export const withoutResidentIds = <T>(body: T): T =>
  JSON.parse(JSON.stringify(body), (key, value: unknown) =>
    key === 'residentId' && typeof value === 'string' ? maskResidentId(value) : value,
  ) as T;
