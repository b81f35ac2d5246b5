import { describe, expect, it } from 'vitest';
import { bureauMeasures, type Measure, measureLabel, stationMeasures } from '../../../shared/discipline-measures.ts';
import {
  appealTerms,
  incidentNumber,
  incidentStates,
  incidentSteps,
  lastDayOf,
  measureFault,
  periodsOf,
  stepsIn,
  type Weighing,
} from '../../../shared/discipline-rules.ts';
import { actsOf, violationActs, violationGroups } from '../../../shared/violation-kinds.ts';

const decision = (id: string, measure: Measure, decidedOn: string, over: Partial<Weighing> = {}): Weighing => ({
  id,
  measure,
  decidedOn,
  startsOn: null,
  months: null,
  days: null,
  revoked: false,
  ...over,
});

describe('a period of months', () => {
  it.each([
    ['2026-01-15', 6, '2026-07-14'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2027-08-31', 6, '2028-02-29'],
    ['2026-03-01', 12, '2027-02-28'],
    ['2026-01-31', 1, '2026-02-28'],
  ])('that begins on %s and lasts %i ends on %s', (from, months, last) => {
    expect(lastDayOf(from, months)).toBe(last);
  });
});

describe('the periods of one person', () => {
  it('join on to each other in one track', () => {
    const periods = periodsOf([decision('a', 'WARNING', '2026-01-01'), decision('b', 'DEMERIT', '2026-03-01')]);
    expect(periods.get('a')).toEqual({ from: '2026-01-01', until: '2026-06-30' });
    expect(periods.get('b')).toEqual({ from: '2026-07-01', until: '2027-06-30' });
  });

  it('never run longer than 48 months from the decision', () => {
    const periods = periodsOf([
      decision('a', 'REMOVAL', '2026-01-01'),
      decision('b', 'REMOVAL', '2026-02-01'),
      decision('c', 'DOWNGRADE', '2026-03-01'),
    ]);
    expect(periods.get('c')?.until).toBe('2030-02-28');
  });

  it('run side by side in different tracks', () => {
    const periods = periodsOf([decision('a', 'WARNING', '2026-01-01'), decision('b', 'PARTY_WARNING', '2026-01-01')]);
    expect(periods.get('a')?.from).toBe('2026-01-01');
    expect(periods.get('b')).toEqual({ from: '2026-01-01', until: '2026-12-31' });
  });

  it('count the heaviest of one day, and nothing revoked', () => {
    const periods = periodsOf([
      decision('a', 'WARNING', '2026-01-01'),
      decision('b', 'DEMERIT', '2026-01-01'),
      decision('c', 'REMOVAL', '2026-01-01', { revoked: true }),
    ]);
    expect([...periods.keys()]).toEqual(['b']);
  });

  it('count the days of a suspension with its first', () => {
    const periods = periodsOf([decision('a', 'SUSPENSION', '2026-01-01', { startsOn: '2026-01-05', days: 15 })]);
    expect(periods.get('a')).toEqual({ from: '2026-01-05', until: '2026-01-19' });
  });
});

describe('what a decision must say of its length', () => {
  it.each<[Measure, number | null, number | null, 'days' | 'months' | null]>([
    ['SUSPENSION', null, null, 'days'],
    ['SUSPENSION', 15, null, null],
    ['SUSPENSION', 61, null, 'days'],
    ['CONFINEMENT', 7, null, null],
    ['CONFINEMENT', 8, null, 'days'],
    ['WARNING', 3, null, 'days'],
    ['WARNING', null, null, null],
    ['PARTY_PROBATION', null, 12, null],
    ['PARTY_PROBATION', null, 18, 'months'],
    ['DISMISSAL', null, 6, 'months'],
  ])('%s with %s days and %s months', (measure, days, months, field) => {
    expect(measureFault(measure, days, months)).toBe(field);
  });
});

describe('the terms of the person concerned', () => {
  it('are 30 days for review and appeal, and 15 after a review', () => {
    expect(appealTerms('WARNING', '2026-11-24', null)).toEqual({
      reviewUntil: '2026-12-24',
      appealUntil: '2026-12-24',
      answerHours: null,
    });
    expect(appealTerms('WARNING', '2026-11-24', '2026-12-20')?.appealUntil).toBe('2027-01-04');
  });

  it('are none for a talk, and hours for the supervisors’ measures', () => {
    expect(appealTerms('TALK', '2026-11-24', null)).toBeNull();
    expect(appealTerms('CONFINEMENT', '2026-11-24', null)?.answerHours).toBe(24);
  });
});

describe('the tables', () => {
  it('let every step be taken in some state, and every state be left', () => {
    const taken = new Set(incidentStates.flatMap((state) => stepsIn[state]));
    expect(incidentSteps.filter((step) => !taken.has(step))).toEqual([]);
    expect(incidentStates.filter((state) => stepsIn[state].length === 0)).toEqual([]);
  });

  it('name every measure, and one only under one key', () => {
    for (const table of [stationMeasures, bureauMeasures])
      for (const { key, label } of table.entries) {
        expect(measureLabel(key)).toBe(label);
        expect(table.find(label)).toBe(key);
      }
  });

  it('put every act into a group that exists', () => {
    const grouped = violationGroups.entries.flatMap(({ key }) => actsOf(key));
    expect(grouped).toHaveLength(violationActs.entries.length);
  });

  it('number by year, with three places', () => {
    expect(incidentNumber('JDH', '2026', 7)).toBe('JDH2026-007');
  });
});
