import type { PairRow, PairState } from '../../shared/mentorship.ts';
import type { Period } from '../../shared/mentorship-rules.ts';
import { text } from '../app/text.ts';
import { type StateLook, StateTag } from '../ui/StateTag.tsx';

const looks: Readonly<Record<PairState, StateLook>> = {
  planned: 'waiting',
  open: 'running',
  expired: 'warning',
  graduated: 'good',
  ended: 'off',
};

export const stateText = (state: PairState): string => text(`mentorship.state.${state}`);

export const PairStateTag = ({ state }: Pick<PairRow, 'state'>) => (
  <StateTag look={looks[state]}>{stateText(state)}</StateTag>
);

export const periodText = ({ from, to }: Period): string => text('mentorship.pair.until', { from, to });

/** A grade with its word: `4 分　良好`. */
export const gradeText = (rating: number): string =>
  `${text('mentorship.card.points', { count: rating })}　${text(`mentorship.scale.${gradeOf(rating)}`)}`;

/** How the mentoring was, in the apprentice's words for it. */
export const mentoringText = (rating: number): string =>
  `${text('mentorship.card.points', { count: rating })}　${text(`mentorship.mentoringScale.${gradeOf(rating)}`)}`;

export const grades = [1, 2, 3, 4, 5] as const;
type Grade = (typeof grades)[number];
const gradeOf = (rating: number): Grade => grades.find((grade) => grade === rating) ?? 3;
