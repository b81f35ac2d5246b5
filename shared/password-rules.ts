import { isCommonPassword } from './common-passwords.ts';
import type { siteProblems } from './site.ts';

export const PASSWORD_MIN_LENGTH = 10;

/** Characters a password must hold beside what everybody at the station knows of its owner. */
const OWN_CHARACTERS = 6;

/**
 * Why a new password is refused, or null. Length counts, changing for its own sake does not (NIST SP 800-63B).
 * `about` is what everybody at the station knows of the person: name in pinyin, badge number, telephone, birthday.
 */
export function passwordProblem(
  password: string,
  loginName: string,
  about: readonly string[] = [],
): keyof typeof siteProblems | null {
  const plain = password.normalize('NFKC').toLowerCase();
  if ([...plain].length < PASSWORD_MIN_LENGTH) return 'site.password-too-short';
  if (plain.includes(loginName.normalize('NFKC').toLowerCase())) return 'site.password-contains-login';
  if (isCommonPassword(plain)) return 'site.password-too-common';
  return isLittleMoreThan(plain, about.flatMap(formsOf)) ? 'site.password-about-person' : null;
}

/** Known facts with a few characters around them are the first thing a colleague tries. */
function isLittleMoreThan(plain: string, forms: readonly string[]): boolean {
  const whole = bare(plain);
  const left = [...new Set(forms)]
    .sort((one, other) => other.length - one.length)
    .reduce((rest, form) => rest.replaceAll(form, ''), whole);
  return left !== whole && [...left].length < OWN_CHARACTERS;
}

/**
 * The ways a fact is typed: `wang jian jun` also as jianjun, wjj; 1990-05-12 also as 900512, 0512, 1990; a long number
 * also by its last eight, six or four digits.
 */
function formsOf(fact: string): readonly string[] {
  const date = /^(\d{4})-(\d\d)(?:-(\d\d))?$/.exec(fact);
  const syllables = fact.toLowerCase().split(/\s+/).filter(Boolean);
  const whole = bare(fact);
  const [, year = '', month = '', day = ''] = date ?? [];
  const parts = date
    ? [whole, [year, month, day].map((part) => part.replace(/^0/, '')).join(''), whole.slice(2), month + day, year]
    : /^\d{7,17}[\dx]$/.test(whole)
      ? [whole, ...[8, 6, 4].map((length) => whole.slice(-length)), ...birthdayIn(whole)]
      : [whole, syllables.slice(1).join(''), syllables.map(([initial = '']) => initial).join(''), syllables[0] ?? ''];
  return parts.filter((form) => form.length >= 2);
}

/** The birthday in a resident identity number of 18 places. */
const birthdayIn = (number: string): readonly string[] =>
  number.length === 18 ? [number.slice(6, 14), number.slice(8, 14)] : [];

const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
