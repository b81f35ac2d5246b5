import { addDays, type LedgerDate } from '../../shared/dates.ts';
import { ledgerMonth, personName, type RowReader, rowReader, text } from '../../shared/ledger-cells.ts';
import type { Pair } from '../../shared/mentorship.ts';
import type { MentorshipField } from '../../shared/mentorship-import.ts';
import { addMonths, MOST_APPRENTICES, overlaps, type Period, TERM_MONTHS } from '../../shared/mentorship-rules.ts';
import type { Judge } from '../sheet/ledger.ts';

export type PairPlan = Omit<Pair, 'id'>;

/** What a row of a list of pairs is judged by. */
export type Known = {
  readonly peopleNamed: (name: string) => readonly { readonly id: string; readonly badgeNo: string | null }[];
  /** An apprentice's pairs, each to the day it ended or ends. */
  readonly pairsOf: (apprentice: string) => readonly PairPlan[];
  /** Apprentices a mentor has already. */
  readonly apprenticesOf: (mentor: string) => number;
};

/** Judges the rows of a list of pairs; a month without a day is its first for the beginning, its last for the end. */
export function judgePairRow(known: Known): Judge<MentorshipField, PairPlan> {
  const above: PairPlan[] = [];
  return (row) => {
    const reader = rowReader(row);
    const mentor = somebody(reader, 'mentor', known, reader.read('mentorBadgeNo', text));
    const apprentice = somebody(reader, 'apprentice', known, null);
    const term = termOf(reader);
    const agreement = reader.read('remarks', text);
    if (mentor === null || apprentice === null || term === null) return reader.refused();
    if (mentor === apprentice) reader.refuse({ code: 'mentorship.own-apprentice', field: 'apprentice' });
    const plan = { mentor, apprentice, ...term, agreement };
    const formed = known.pairsOf(apprentice);
    if (formed.some((pair) => isSame(pair, plan))) return reader.unchanged();
    const planned = above.filter((pair) => pair.apprentice === apprentice);
    if (planned.some((pair) => isSame(pair, plan))) return reader.unchanged([{ code: 'mentorship.same-above' }]);
    if ([...formed, ...planned].some((pair) => overlaps(termOfPair(pair), termOfPair(plan))))
      reader.refuse({ code: 'mentorship.apprentice-taken', field: 'apprentice' });
    if (reader.isRefused()) return reader.refused();
    above.push(plan);
    const count = known.apprenticesOf(mentor) + above.filter((pair) => pair.mentor === mentor).length;
    if (count > MOST_APPRENTICES)
      reader.repair({
        code: 'mentorship.many-apprentices',
        field: 'mentor',
        params: { count, most: MOST_APPRENTICES },
      });
    return reader.settle(plan);
  };
}

const termOfPair = ({ startsOn, endsOn }: PairPlan): Period => ({ from: startsOn, to: endsOn });

const isSame = (one: PairPlan, other: PairPlan): boolean =>
  one.mentor === other.mentor && one.apprentice === other.apprentice && one.startsOn === other.startsOn;

function somebody(
  reader: RowReader<MentorshipField>,
  field: 'mentor' | 'apprentice',
  known: Known,
  badgeNo: string | null,
): string | null {
  const name = reader.must(field, personName);
  if (name === null) return null;
  const all = known.peopleNamed(name);
  const found = badgeNo === null || all.length < 2 ? all : all.filter((one) => one.badgeNo === badgeNo);
  if (found.length === 1) return found[0]?.id ?? null;
  const code = found.length === 0 ? 'mentorship.not-on-roster' : 'mentorship.name-of-several';
  reader.refuse({ code, field, params: { name } });
  return null;
}

function termOf(reader: RowReader<MentorshipField>): Pick<PairPlan, 'startsOn' | 'endsOn'> | null {
  const start = reader.must('startsOn', ledgerMonth);
  const end = reader.read('endsOn', ledgerMonth);
  if (start === null) return null;
  const startsOn = firstDay(start, 'startsOn', reader);
  const endsOn = end === null ? addDays(addMonths(startsOn, TERM_MONTHS), -1) : lastDay(end, startsOn, reader);
  if (end === null) reader.repair({ code: 'mentorship.term-assumed', field: 'endsOn', params: { value: endsOn } });
  if (endsOn <= startsOn) reader.refuse({ code: 'mentorship.term-wrong', field: 'endsOn' });
  return { startsOn, endsOn };
}

function firstDay(date: LedgerDate, field: MentorshipField, reader: RowReader<MentorshipField>): string {
  if (date.length === 10) return date;
  const value = `${date}-01`;
  reader.repair({ code: 'mentorship.day-assumed', field, params: { value } });
  return value;
}

/** 2026.03 to 2027.03 is a year: the term ends the day before the month it began in comes round again. */
function lastDay(date: LedgerDate, startsOn: string, reader: RowReader<MentorshipField>): string {
  if (date.length === 10) return date;
  const value =
    addDays(`${date}-01`, -1) > startsOn ? addDays(`${date}-01`, -1) : addDays(addMonths(`${date}-01`, 1), -1);
  reader.repair({ code: 'mentorship.day-assumed', field: 'endsOn', params: { value } });
  return value;
}
