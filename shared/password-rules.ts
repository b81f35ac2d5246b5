import type { siteProblems } from './site.ts';

export const PASSWORD_MIN_LENGTH = 10;

/** What people at a Chinese keyboard type when asked for ten characters; compared without digits' order or case. */
const COMMON = [
  '1234567890',
  '0123456789',
  '0987654321',
  '1111111111',
  '0000000000',
  '8888888888',
  '6666666666',
  'qwertyuiop',
  'asdfghjkl;',
  '1q2w3e4r5t',
  '1qaz2wsx3edc',
  'q1w2e3r4t5',
  'abcd123456',
  'abc1234567',
  'aa12345678',
  'a123456789',
  'woaini1314',
  'woaini520',
  '5201314520',
  '1314520520',
  'password',
  'passw0rd',
  'admin12345',
  'administrator',
  'gonganju110',
  'gongan110',
  'paichusuo',
  'jingcha110',
  'minjing110',
  '110110110110',
  '1101101100',
  'iloveyou',
  'zhongguo',
  'qq123456789',
  'wang123456',
  'zhang123456',
];

/** Why a new password is refused, or null. Length counts, changing for its own sake does not (NIST SP 800-63B). */
export function passwordProblem(password: string, loginName: string): keyof typeof siteProblems | null {
  const plain = password.normalize('NFKC').toLowerCase();
  if ([...plain].length < PASSWORD_MIN_LENGTH) return 'site.password-too-short';
  if (isCommon(plain)) return 'site.password-too-common';
  if (plain.includes(loginName.normalize('NFKC').toLowerCase())) return 'site.password-contains-login';
  return null;
}

const isCommon = (plain: string): boolean =>
  new Set(plain).size <= 3 ||
  isRun(plain) ||
  COMMON.some((common) => plain === common || (common.length >= 8 && plain.replace(/\d{1,2}$/, '') === common));

/** Each character the next or the former of the one before: 23456789012, zyxwvutsrq. */
function isRun(plain: string): boolean {
  const codes = [...plain].map((character) => character.codePointAt(0) ?? 0);
  const steps = codes.slice(1).map((code, at) => code - (codes[at] ?? 0));
  return steps.every((step) => step === steps[0] && Math.abs(step) <= 1);
}
