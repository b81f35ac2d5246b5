import type { PersonFacts } from './person.ts';
import { attends, type AttendanceState } from './training-tables.ts';

/** Class hours (学时) that make one training day (训练日). */
export const HOURS_PER_DAY = 6;

/** What is asked of a person in a year, by identity. */
export type Norm = { readonly days: number };

/**
 * 基层一线实战训练 at least 15 days a year for police (domain facts 1); 12 days of the general cadre norm for the others of
 * the establishment; auxiliaries 年度培训, default of this application.
 */
export function defaultNorm(identity: PersonFacts['identityKind']): Norm {
  switch (identity) {
    case 'CIVIL_SERVANT':
      return { days: 15 };
    case 'CADRE':
    case 'WORKER':
    case 'SECONDED':
      return { days: 12 };
    case 'INSTITUTION_AUX':
    case 'AUX_DUTY':
    case 'AUX_CLERICAL':
    case 'AUXILIARY':
    case 'PUBLIC_WELFARE':
      return { days: 5 };
  }
}

/** Training days with one decimal. */
export const daysOf = (hours: number): number => Math.round((hours / HOURS_PER_DAY) * 10) / 10;

/** The hours a person gains of a session: all for whoever was there, none for others. */
export const hoursGained = (state: AttendanceState, hours: number): number => (attends(state) ? hours : 0);

/** The part of the year's norm that should be done by a day, as days with one decimal. */
export function dueBy(norm: Norm, day: string): number {
  const year = Number(day.slice(0, 4));
  const start = Date.UTC(year, 0, 1);
  const share = (Date.parse(`${day}T00:00:00Z`) - start) / (Date.UTC(year + 1, 0, 1) - start);
  return Math.round(norm.days * share * 10) / 10;
}

/** Days without any session after which a station is reminded (domain 5). */
export const SILENT_DAYS = 30;
