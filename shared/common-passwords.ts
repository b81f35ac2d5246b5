import { commonNumbers, commonWords } from './common-words.ts';

/** Rows of the keyboard; a key's neighbours are beside, above and below it. */
const ROWS = ['`1234567890-=', 'qwertyuiop[]\\', "asdfghjkl;'", 'zxcvbnm,./'] as const;
const PLAIN = "`1234567890-=[]\\;',./";
const SHIFTED = '~!@#$%^&*()_+{}|:"<>?';

/** Parts of a password that may all be known before it counts as a sentence of one's own. */
const MOST_PARTS = 3;

/**
 * Whether a password, in lower case, is one of those that are tried first: a number, a run, a walk over the keyboard, or
 * no more than two common words or a name with a common number before or behind them.
 */
export function isCommonPassword(plain: string): boolean {
  if (/^\d{1,19}$/.test(plain) || new Set(plain).size <= 3 || isRepeated(plain)) return true;
  if (isRun(plain) || isWalk(plain)) return true;
  return readings(plain).some((reading) => {
    const parts = reading.match(/\p{L}+|\p{N}+/gu) ?? [];
    return parts.length <= MOST_PARTS && parts.every(isKnownPart);
  });
}

/** As it stands, and with letters for the digits and signs that stand for them inside a word: passw0rd, adm1n. */
const readings = (plain: string): readonly string[] => [plain, ...['l', 'i'].map((one) => unmasked(plain, one))];
const unmasked = (plain: string, one: string): string =>
  plain.replace(/(?<=[a-z])[@0134$57!]{1,3}(?=[a-z])/g, (signs) =>
    [...signs].map((sign) => (/[1!]/.test(sign) ? one : (MASKS[sign] ?? sign))).join(''),
  );
const MASKS: Readonly<Record<string, string>> = { '@': 'a', '0': 'o', '3': 'e', '4': 'a', $: 's', '5': 's', '7': 't' };

function isKnownPart(part: string): boolean {
  if (/^\p{N}+$/u.test(part)) return isKnownNumber(part);
  if (/^[a-z]{1,3}$/.test(part) || isWalk(part) || isRepeated(part)) return true;
  return splits(part, 2) || splits([...part].reverse().join(''), 1);
}

/** Whether letters are so many common words in a row. */
const splits = (letters: string, count: number): boolean =>
  commonWords.has(letters) ||
  (count > 1 &&
    Array.from(letters, (_letter, at) => at).some(
      (at) => commonWords.has(letters.slice(0, at)) && splits(letters.slice(at), count - 1),
    ));

/** As many digits as a badge number has, a known number, a day or a month of somebody's life, a telephone number. */
const isKnownNumber = (digits: string): boolean =>
  digits.length <= BADGE_DIGITS ||
  commonNumbers.has(digits) ||
  isRun(digits) ||
  isRepeated(digits) ||
  isWalk(digits) ||
  /^(19|20)\d\d(0[1-9]|1[0-2])([0-2]\d|3[01])$/.test(digits) ||
  /^1[3-9]\d{5,9}$/.test(digits);
const BADGE_DIGITS = 6;

/** A few characters over and over: abcabcabca, 1101101101. */
const isRepeated = (plain: string): boolean => /^(.{1,5})\1+.{0,4}$/su.test(plain);

/** Each character the next or the former of the one before, 0 after 9: 7890123456, zyxwvutsrq. */
function isRun(plain: string): boolean {
  const codes = [...plain].map((character) => character.codePointAt(0) ?? 0);
  const steps = codes.slice(1).map((code, at) => stepOf(code - (codes[at] ?? 0)));
  return steps.length > 1 && steps.every((step) => step === steps[0] && Math.abs(step) <= 1);
}
const stepOf = (difference: number): number => (Math.abs(difference) === 9 ? -Math.sign(difference) : difference);

/** A walk over the keyboard: at least three of four steps go to a key beside the one before. */
function isWalk(plain: string): boolean {
  const places = [...plain].map(placeOf);
  const steps = places.slice(1).filter((place, at) => isBeside(place, places[at] ?? null)).length;
  return places.length >= 4 && steps >= (places.length - 1) * 0.75;
}

type Place = { readonly row: number; readonly column: number } | null;

function placeOf(key: string): Place {
  const plain = SHIFTED.includes(key) ? (PLAIN[SHIFTED.indexOf(key)] ?? key) : key;
  const row = ROWS.findIndex((keys) => keys.includes(plain));
  // The top row begins one key further to the left.
  return row < 0 ? null : { row, column: (ROWS[row]?.indexOf(plain) ?? 0) - (row === 0 ? 1 : 0) };
}

const isBeside = (one: Place, other: Place): boolean =>
  one !== null && other !== null && Math.abs(one.row - other.row) <= 1 && Math.abs(one.column - other.column) <= 1;
