import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysOf, dueBy, hoursGained } from '../../../shared/training-rules.ts';
import { attendanceStates } from '../../../shared/training-tables.ts';

test('six hours are a day, and only those who were there gain any', () => {
  expect([daysOf(0), daysOf(6), daysOf(9), daysOf(1.5)]).toEqual([0, 1, 1.5, 0.3]);
  expect(attendanceStates.entries.map(({ key }) => hoursGained(key, 4))).toEqual([4, 4, 0, 0]);
});

test('what is due grows through the year, from nothing to the whole norm', () => {
  expect(dueBy({ days: 15 }, '2026-01-01')).toBe(0);
  expect(dueBy({ days: 15 }, '2026-12-31')).toBe(15);
  const day = fc
    .date({ min: new Date('2026-01-01'), max: new Date('2026-12-31'), noInvalidDate: true })
    .map((one) => one.toISOString().slice(0, 10));
  fc.assert(
    fc.property(day, day, fc.nat(40), (one, other, days) => {
      const [earlier = '', later = ''] = [one, other].sort();
      expect(dueBy({ days }, earlier)).toBeLessThanOrEqual(dueBy({ days }, later));
      expect(dueBy({ days }, later)).toBeLessThanOrEqual(days);
    }),
  );
});
