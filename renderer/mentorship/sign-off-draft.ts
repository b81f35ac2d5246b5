import { addDays, localDay } from '../../shared/dates.ts';
import type { Input } from '../../shared/contract.ts';
import { type PairDetail, type Rating, unexplained } from '../../shared/mentorship.ts';
import { type Period, stageOn } from '../../shared/mentorship-rules.ts';
import { type MentoredAbility, mentoredAbilities, type Stage } from '../../shared/mentorship-tables.ts';
import { text } from '../app/text.ts';

/** A sign-off as the form holds it until it is whole. */
export type Draft = {
  readonly stage: Stage;
  readonly from: string | null;
  readonly to: string | null;
  readonly tasks: readonly string[];
  readonly ratings: Readonly<Partial<Record<MentoredAbility, Pick<Rating, 'rating' | 'reason'>>>>;
  readonly comment: string;
};

/** The oldest month that is missing; else from where the last one ended until today. */
export function blank(pair: PairDetail): Draft {
  const today = localDay(new Date());
  const next = { from: pair.lastTo === null ? pair.startsOn : addDays(pair.lastTo, 1), to: today };
  const { from, to }: Period = pair.missing[0] ?? (next.from <= today ? next : { from: today, to: today });
  return { stage: stageOn(pair.startsOn, to), from, to, tasks: [], ratings: {}, comment: '' };
}

type Ratings = Input<'mentorship.signOff'>['ratings'];

const ratingsOf = ({ ratings }: Draft): Ratings =>
  mentoredAbilities.entries.flatMap(({ key }) => {
    const given = ratings[key];
    return given ? [{ ability: key, ...given }] : [];
  });

/** What the form signs, or what it still needs, in words. */
export function signable(
  pair: string,
  draft: Draft,
): { readonly signs: Input<'mentorship.signOff'> } | { readonly needs: string } {
  const { from, to, stage, tasks, comment } = draft;
  const ratings = ratingsOf(draft);
  if (from === null || to === null) return { needs: text('mentorship.signOff.needs.period') };
  if (tasks.length === 0) return { needs: text('mentorship.signOff.needs.tasks') };
  if (ratings.length < mentoredAbilities.entries.length) return { needs: text('mentorship.signOff.needs.ratings') };
  if (unexplained(ratings).length > 0) return { needs: text('mentorship.signOff.needs.reasons') };
  if (comment.trim() === '') return { needs: text('mentorship.signOff.needs.comment') };
  return { signs: { pair, stage, from, to, tasks: [...tasks], ratings, comment } };
}
