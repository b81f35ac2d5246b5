import type { PersonFacts } from '../../shared/roster.ts';

/** Nobody serves younger or is still on the books older than this. */
const YOUNGEST = 16;
const OLDEST = 100;

/** Today where the machine stands, as 2026-11-24. */
export const localDay = (now: Date): string =>
  [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');

/** A birth that cannot be a member of staff's: in the future, or an age out of all bounds. */
export function ageFault(
  { birthDate }: Pick<PersonFacts, 'birthDate'>,
  today: string,
): 'roster.age-implausible' | null {
  if (birthDate === null) return null;
  const age = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return age < YOUNGEST || age > OLDEST ? 'roster.age-implausible' : null;
}
