import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keptBackups } from '../../../shared/backup.ts';

const daily = (days: number) =>
  Array.from({ length: days }, (_, back) => ({
    id: String(back),
    at: new Date(Date.UTC(2026, 10, 24) - back * 86_400_000).toISOString(),
  }));

test('a year of daily backups is thinned out to days, weeks and months', () => {
  const kept = keptBackups(daily(400));
  for (let back = 0; back < 7; back += 1) expect(kept).toContain(String(back));
  expect(kept.size).toBeGreaterThanOrEqual(7 + 3 + 10);
  expect(kept.size).toBeLessThanOrEqual(7 + 5 + 12);
  const oldest = Math.max(...[...kept].map(Number));
  expect(oldest).toBeGreaterThan(300);
});

test('the newest is always kept, and thinning out again takes nothing more', () => {
  const instants = fc.uniqueArray(fc.integer({ min: 0, max: 800 * 24 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(instants, (hours) => {
      const all = hours
        .sort((a, b) => a - b)
        .map((hour) => ({ id: String(hour), at: new Date(Date.UTC(2026, 10, 24) - hour * 3_600_000).toISOString() }));
      const kept = keptBackups(all);
      expect(kept).toContain(all[0]?.id);
      const left = all.filter(({ id }) => kept.has(id));
      expect(keptBackups(left)).toEqual(kept);
    }),
  );
});
