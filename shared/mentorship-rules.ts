import { addDays } from './dates.ts';
import type { Stage } from './mentorship-tables.ts';

/** Apprentices a mentor should have (domain 2 row 6). */
export const FEWEST_APPRENTICES = 3;
export const MOST_APPRENTICES = 5;
/** Months of a pair's term where nothing else is agreed: the probation of a new civil servant. */
export const TERM_MONTHS = 12;
/** Days after the end of a month before its missing sign-off is late. */
export const GRACE_DAYS = 14;
/** Years of police service in which an officer needs a mentor. */
export const NEW_YEARS = 2;

/** `2026-01-31` plus one month is `2026-02-28`. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0));
  return new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(date, last.getUTCDate())))
    .toISOString()
    .slice(0, 10);
}

/** The stage a pair should be in on a day. */
export function stageOn(startsOn: string, day: string): Stage {
  if (day < addMonths(startsOn, 3)) return 'ONBOARD';
  return day < addMonths(startsOn, 8) ? 'ASSIST' : 'LEAD';
}

export type Period = { readonly from: string; readonly to: string };

export const overlaps = (one: Period, other: Period): boolean => one.from <= other.to && other.from <= one.to;

/** The months of a pair's term that have wholly passed by a day, each from the same date of the month. */
export function monthsPassed(term: Period, today: string): Period[] {
  const passed: Period[] = [];
  for (let month = 0; ; month += 1) {
    const from = addMonths(term.from, month);
    const to = addDays(addMonths(term.from, month + 1), -1);
    if (to > term.to || to >= today) return passed;
    passed.push({ from, to });
  }
}

/** Months without any sign-off touching them, and whether their days of grace are over. */
export const missingMonths = (
  term: Period,
  signed: readonly Period[],
  today: string,
): readonly (Period & { readonly isLate: boolean })[] =>
  monthsPassed(term, today)
    .filter((month) => !signed.some((one) => overlaps(one, month)))
    .map((month) => ({ ...month, isLate: addDays(month.to, GRACE_DAYS) < today }));

/** A rating of 1 or 5 needs words. */
export const needsReason = (rating: number): boolean => rating === 1 || rating === 5;
