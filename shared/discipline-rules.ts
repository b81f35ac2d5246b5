import { addDays } from './dates.ts';
import { type Measure, measureRule } from './discipline-measures.ts';

/**
 * States of an incident (违纪事件): 线索 核查中 待决定 已决定 整改中 已办结, or 不成立, 移送. Never stored: they follow
 * from the station's rows and the bureau's together, whichever arrived first.
 */
export const incidentStates = [
  'lead',
  'verifying',
  'pending',
  'decided',
  'rectifying',
  'closed',
  'dismissed',
  'transferred',
] as const;
export type IncidentState = (typeof incidentStates)[number];

/** What a station may do to an incident. */
export const incidentSteps = [
  'edit-facts',
  'change-people',
  'add-evidence',
  'start-verification',
  'extend-verification',
  'finish-verification',
  'refer',
  'decide',
  'add-rectification',
  'finish-rectification',
  'clear-rectification',
  'record-follow-up',
  'close',
  'reopen',
] as const;
export type IncidentStep = (typeof incidentSteps)[number];

/** The steps each state allows; facts are sealed (封存) once the verification has ended. */
export const stepsIn: Readonly<Record<IncidentState, readonly IncidentStep[]>> = {
  lead: ['edit-facts', 'change-people', 'add-evidence', 'start-verification', 'refer'],
  verifying: ['edit-facts', 'change-people', 'add-evidence', 'extend-verification', 'finish-verification', 'refer'],
  pending: ['change-people', 'add-evidence', 'decide', 'refer'],
  decided: ['add-evidence', 'decide', 'add-rectification', 'record-follow-up', 'close'],
  rectifying: [
    'add-evidence',
    'decide',
    'add-rectification',
    'finish-rectification',
    'clear-rectification',
    'record-follow-up',
  ],
  closed: ['record-follow-up', 'reopen'],
  dismissed: ['reopen'],
  transferred: ['record-follow-up', 'reopen'],
};

/** Days a verification may take when nobody says otherwise. */
export const VERIFICATION_DAYS = 30;
/** 公职人员政务处分法 art. 42: at least two investigators. */
export const VERIFIERS_WANTED = 2;
/** 行政机关公务员处分条例 art. 44: decided within six months of the opening of the case (立案). */
export const CASE_MONTHS = 6;
/** 行政机关公务员处分条例 art. 10: a period never runs longer, however many sanctions join. */
export const LONGEST_PERIOD_MONTHS = 48;
/** 公务员法 art. 95: review asked for within 30 days of the notice, appeal within 15 days of the review or directly in 30. */
export const REVIEW_DAYS = 30;
export const APPEAL_DAYS = 30;
export const APPEAL_AFTER_REVIEW_DAYS = 15;

const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

/**
 * Last day of a period of months that begins with `startsOn` itself: the day before the same day of the last month,
 * or that month's end where it has no such day (2026-08-31 and six months: 2027-02-28).
 */
export function lastDayOf(startsOn: string, months: number): string {
  const start = new Date(`${startsOn}T00:00:00Z`);
  const [year, month, day] = [start.getUTCFullYear(), start.getUTCMonth() + months, start.getUTCDate()];
  const monthEnd = new Date(Date.UTC(year, month + 1, 0));
  return day > monthEnd.getUTCDate() ? dayOf(monthEnd) : dayOf(new Date(Date.UTC(year, month, day - 1)));
}

export type Weighing = {
  readonly id: string;
  readonly measure: Measure;
  readonly decidedOn: string;
  readonly startsOn: string | null;
  /** As the decision says; the table's length when null. */
  readonly months: number | null;
  readonly days: number | null;
  readonly revoked: boolean;
};
export type Period = { readonly from: string; readonly until: string };

/**
 * The periods of one person's decisions, by decision. A sanction inside a running one of its track begins when that
 * ends and none ends later than 48 months after its own decision; of several of one day the heaviest counts
 * (公职人员政务处分法 art. 15, 行政机关公务员处分条例 art. 10). Revoked ones weigh nothing.
 */
export function periodsOf(decisions: readonly Weighing[]): ReadonlyMap<string, Period> {
  const periods = new Map<string, Period>();
  const runningUntil = new Map<string, string>();
  for (const decision of inOrder(decisions)) {
    const { track, days } = measureRule(decision.measure);
    const months = monthsOf(decision);
    const startsOn = decision.startsOn ?? decision.decidedOn;
    if (days && decision.days)
      periods.set(decision.id, { from: startsOn, until: addDays(startsOn, decision.days - 1) });
    if (!track || months === 0 || decision.revoked || isOutweighed(decision, decisions)) continue;
    const running = runningUntil.get(track);
    const from = running && running >= startsOn ? addDays(running, 1) : startsOn;
    const until = earlier(lastDayOf(from, months), lastDayOf(startsOn, LONGEST_PERIOD_MONTHS));
    periods.set(decision.id, { from, until });
    runningUntil.set(track, until);
  }
  return periods;
}

const monthsOf = ({ measure, months }: Weighing): number => months ?? measureRule(measure).months ?? 0;
const earlier = (one: string, other: string): string => (one < other ? one : other);

const inOrder = (decisions: readonly Weighing[]): Weighing[] =>
  [...decisions].sort((a, b) => `${a.decidedOn}${a.id}`.localeCompare(`${b.decidedOn}${b.id}`));

/** Another one of the same day and track weighs more; of equal ones the first in order stands for all. */
const isOutweighed = (decision: Weighing, all: readonly Weighing[]): boolean =>
  all.some((other) => {
    if (other.id === decision.id || other.revoked || other.decidedOn !== decision.decidedOn) return false;
    const { track } = measureRule(decision.measure);
    if (measureRule(other.measure).track !== track) return false;
    const [own, others] = [monthsOf(decision), monthsOf(other)];
    return others > own || (others === own && other.id < decision.id);
  });

export type AppealTerms = {
  readonly reviewUntil: string | null;
  readonly appealUntil: string | null;
  /** Hours in which the higher organ must answer; the measure is carried out meanwhile. */
  readonly answerHours: number | null;
};

/** The person's terms, from the day he was told; `reviewedOn` is the day of the answer to his review. */
export function appealTerms(measure: Measure, toldOn: string, reviewedOn: string | null): AppealTerms | null {
  switch (measureRule(measure).appeal) {
    case 'civil-service':
      return {
        reviewUntil: addDays(toldOn, REVIEW_DAYS),
        appealUntil: reviewedOn ? addDays(reviewedOn, APPEAL_AFTER_REVIEW_DAYS) : addDays(toldOn, APPEAL_DAYS),
        answerHours: null,
      };
    case 'supervision':
      return { reviewUntil: null, appealUntil: null, answerHours: measure === 'CONFINEMENT' ? 24 : 120 };
    case 'party':
      return { reviewUntil: null, appealUntil: null, answerHours: null };
    case null:
      return null;
  }
}

/** What the decision's measure demands of its days and months: the field that is wrong, or null. */
export function measureFault(measure: Measure, days: number | null, months: number | null): 'days' | 'months' | null {
  const rule = measureRule(measure);
  if (rule.days ? days === null || days < rule.days[0] || days > rule.days[1] : days !== null) return 'days';
  if (rule.months === null ? months !== 12 && months !== 24 : months !== null && !rule.track) return 'months';
  return null;
}

/** `JD2026-001`, counted per site and year; `JDH` for those kept from a chief or inspector who is concerned. */
export const incidentNumber = (series: 'JD' | 'JDH', year: string, count: number): string =>
  `${series}${year}-${String(count).padStart(3, '0')}`;
