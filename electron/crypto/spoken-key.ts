import { createHash, randomInt } from 'node:crypto';

/** Crockford's base 32: no I, L, O, U, so that nothing is misread from paper or misheard. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUP = 4;

/**
 * A random key of `characters` × 5 bits for paper or voice, in groups of four; the last group is a check of the
 * others, so that a slip of the pen is told from a wrong key.
 */
export function newSpokenKey(characters: number): string {
  const body = Array.from({ length: characters }, () => ALPHABET.charAt(randomInt(32))).join('');
  return grouped(body + checkOf(body));
}

/** The key's bytes, with what people commonly confuse put right; null when the check group does not fit. */
export function readSpokenKey(typed: string): Buffer | null {
  const plain = normalSpokenKey(typed);
  const body = plain.slice(0, -GROUP);
  if (body.length < GROUP || checkOf(body) !== plain.slice(-GROUP)) return null;
  return Buffer.from(body, 'ascii');
}

/** Upper case, no separators, O→0 and I, L→1. */
export const normalSpokenKey = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');

const checkOf = (body: string): string =>
  Array.from(createHash('sha256').update(body).digest().subarray(0, GROUP), (byte) => ALPHABET.charAt(byte & 31)).join(
    '',
  );

const grouped = (text: string): string => text.match(new RegExp(`.{1,${GROUP}}`, 'g'))?.join('-') ?? text;
