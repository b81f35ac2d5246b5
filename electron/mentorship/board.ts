import { addDays } from '../../shared/dates.ts';
import type { Output } from '../../shared/contract.ts';
import { goesOn, type MentorshipBoard } from '../../shared/mentorship.ts';
import { FEWEST_APPRENTICES, MOST_APPRENTICES } from '../../shared/mentorship-rules.ts';
import type { Actor } from '../ipc/handlers.ts';
import type { PairView } from './reads.ts';

type Newcomer = { readonly id: string; readonly name: string; readonly covered: 0 | 1 };
type Waiting = Output<'mentorship.waiting'>[number];

/** Days before the end of a term from which its examination is due. */
const TERM_ENDING_DAYS = 30;

/** How far new officers have mentors, and which mentors have too few or too many apprentices. */
export function boardOf(pairs: readonly PairView[], newcomers: readonly Newcomer[]): MentorshipBoard {
  const byMentor = Map.groupBy(
    pairs.filter(({ state }) => state === 'open'),
    ({ mentor }) => mentor.id,
  );
  const mentors = [...byMentor.values()].flatMap((own) => {
    const mentor = own[0]?.mentor;
    if (!mentor) return [];
    const fits = own.length < FEWEST_APPRENTICES ? 'few' : own.length > MOST_APPRENTICES ? 'many' : 'fits';
    return [{ ...mentor, apprentices: own.length, fits } as const];
  });
  const uncovered = newcomers.filter(({ covered }) => !covered).map(({ id, name }) => ({ id, name }));
  return { newOfficers: newcomers.length, covered: newcomers.length - uncovered.length, uncovered, mentors };
}

/** What a person has to do: as mentor, as apprentice, as chief. */
export function waitingFor(
  { personId, roles }: Actor,
  pairs: readonly PairView[],
  newcomers: readonly Newcomer[],
  today: string,
): Waiting[] {
  const asMentor = pairs
    .filter(({ mentor, missing }) => mentor.id === personId && missing.length > 0)
    .map(({ id, apprentice, missing }): Waiting => ({
      kind: missing.some(({ isLate }) => isLate) ? 'sign-off-late' : 'sign-off-due',
      pair: id,
      name: apprentice.name,
    }));
  const asApprentice = pairs
    .filter(({ apprentice, signOffs, acknowledged }) => apprentice.id === personId && acknowledged < signOffs)
    .map(({ id, mentor }): Waiting => ({ kind: 'acknowledge', pair: id, name: mentor.name }));
  const asChief = roles.includes('chief') ? chiefs(pairs, newcomers, today) : [];
  return [...asMentor, ...asApprentice, ...asChief];
}

function chiefs(pairs: readonly PairView[], newcomers: readonly Newcomer[], today: string): Waiting[] {
  const going = pairs.filter(goesOn);
  const about = (kind: Waiting['kind'], pair: PairView): Waiting => ({
    kind,
    pair: pair.id,
    name: pair.apprentice.name,
  });
  return [
    ...pairs.filter(({ acknowledged, seen }) => seen < acknowledged).map((pair) => about('see', pair)),
    ...going.filter(({ missing }) => missing.some(({ isLate }) => isLate)).map((pair) => about('unsigned', pair)),
    ...pairs
      .filter(({ acknowledged, signOffs }) => acknowledged < signOffs)
      .map((pair) => about('unacknowledged', pair)),
    ...going
      .filter(({ endsOn }) => endsOn <= addDays(today, TERM_ENDING_DAYS))
      .map((pair) => about('term-ending', pair)),
    ...newcomers
      .filter(({ covered }) => !covered)
      .map(({ name }): Waiting => ({ kind: 'pair-missing', pair: null, name })),
  ];
}
