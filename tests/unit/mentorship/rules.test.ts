import fc from 'fast-check';
import { addDays } from '../../../shared/dates.ts';
import { expect, test } from 'vitest';
import { addMonths, missingMonths, monthsPassed, overlaps, stageOn } from '../../../shared/mentorship-rules.ts';

const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

test('a month later is the same date, or the month’s last', () => {
  expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
  expect(addMonths('2028-01-31', 1)).toBe('2028-02-29');
  expect(addMonths('2026-03-15', 12)).toBe('2027-03-15');
  expect(addMonths('2026-03-15', -24)).toBe('2024-03-15');
});

test('the stages follow one another through the year', () => {
  expect(
    ['2026-03-01', '2026-05-31', '2026-06-01', '2026-10-31', '2026-11-01'].map((on) => stageOn('2026-03-01', on)),
  ).toEqual(['ONBOARD', 'ONBOARD', 'ASSIST', 'ASSIST', 'LEAD']);
});

test('the months of a term follow on without gap or overlap, and none lies in the future', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 36 }), day, (from, months, today) => {
      const term = { from, to: addDays(addMonths(from, months), -1) };
      const passed = monthsPassed(term, today);
      for (const [index, month] of passed.entries()) {
        expect(month.to < today && month.to <= term.to).toBe(true);
        const next = passed[index + 1];
        if (next) expect(next.from).toBe(addDays(month.to, 1));
      }
    }),
  );
});

test('a month without a sign-off is missing, and late after its days of grace', () => {
  const term = { from: '2026-03-01', to: '2027-02-28' };
  expect(missingMonths(term, [], '2026-04-10')).toEqual([{ from: '2026-03-01', to: '2026-03-31', isLate: false }]);
  expect(missingMonths(term, [], '2026-04-15')[0]?.isLate).toBe(true);
  expect(missingMonths(term, [{ from: '2026-03-10', to: '2026-04-20' }], '2026-05-01')).toEqual([]);
});

test('two periods overlap exactly when they share a day', () => {
  fc.assert(
    fc.property(day, fc.nat(60), day, fc.nat(60), (a, lengthA, b, lengthB) => {
      const one = { from: a, to: addDays(a, lengthA) };
      const other = { from: b, to: addDays(b, lengthB) };
      const days = Array.from({ length: lengthA + 1 }, (_, at) => addDays(a, at));
      expect(overlaps(one, other)).toBe(days.some((each) => each >= other.from && each <= other.to));
    }),
    { numRuns: 60 },
  );
});
