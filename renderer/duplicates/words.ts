import { personStatuses } from '../../shared/code-tables.ts';
import type { DuplicatePair, OneFile } from '../../shared/duplicates.ts';
import { isActive } from '../../shared/person.ts';
import { text } from '../app/text.ts';
import type { StateLook } from '../ui/StateTag.tsx';

/** On two strengths at once, unless they are two people. */
export const isTwice = ({ first, second }: DuplicatePair): boolean => isActive(first.status) && isActive(second.status);

export type PairState = 'open' | 'twice' | 'same' | 'different';

/** `twice`: one person, still on two strengths. */
export function stateOf(pair: DuplicatePair): PairState {
  if (pair.judged === null) return 'open';
  return pair.judged.verdict === 'same' && isTwice(pair) ? 'twice' : pair.judged.verdict;
}

export const looks = {
  open: 'warning',
  twice: 'bad',
  same: 'good',
  different: 'off',
} as const satisfies Record<PairState, StateLook>;

export const stateText = (pair: DuplicatePair): string => text(`duplicates.stateOf.${stateOf(pair)}`);

export const fileText = ({ name, stationName, status }: OneFile): string =>
  text('duplicates.file', {
    name,
    station: stationName ?? text('duplicates.bureau'),
    status: personStatuses.labelOf(status),
  });

/** The birth date stands in the identity number, and is named only without it. */
export const groundsText = ({ grounds }: DuplicatePair): string =>
  grounds
    .filter((ground) => ground !== 'birthDate' || !grounds.includes('residentId'))
    .map((ground) => text(`duplicates.groundOf.${ground}`))
    .join('、') || text('duplicates.byHand');
