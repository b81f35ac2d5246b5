import type { PersonFacts } from '../../shared/person.ts';

/** Nobody serves younger or is still on the books older than this. */
const YOUNGEST = 16;
const OLDEST = 100;

/** A birth that cannot be a member of staff's: in the future, or an age out of all bounds. */
export function ageFault(
  { birthDate }: Pick<PersonFacts, 'birthDate'>,
  today: string,
): 'roster.age-implausible' | null {
  if (birthDate === null) return null;
  const age = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return age < YOUNGEST || age > OLDEST ? 'roster.age-implausible' : null;
}
