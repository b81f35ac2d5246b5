import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { join } from 'node:path';
import { reportDue } from '../../../shared/handoff-rules.ts';
import { aStation, PASSWORD, type TestSite } from '../../support/site.ts';

const YEAR_MS = 365.25 * 86_400_000;
const DAY_MS = 86_400_000;

let site: TestSite;
beforeEach(async () => {
  site = await aStation();
});
afterEach(() => site.close());

const shift = (ms: number): void => void (site.now.value = new Date(site.now.value.getTime() + ms));

test('a clock that was ten years ahead once stops neither the daily backup nor that on the stick', async () => {
  const stick = await mkdtemp(join(tmpdir(), 'lijing-stick-'));
  const drive = await site.drive(stick);
  await site.call('backup.chooseStick', { drive });
  shift(10 * YEAR_MS);
  await site.call('backup.make', { drive: null });
  await site.call('backup.make', { drive });
  shift(-10 * YEAR_MS);
  expect(await site.call('backup.state', {})).toMatchObject({ isOld: true, isDue: true });
  const made = await site.call('backup.makeDaily', {});
  expect(made?.at).toBe(site.now.value.toISOString());
  expect(await site.call('backup.makeOnStick', {})).toMatchObject({ at: site.now.value.toISOString() });
  const state = await site.call('backup.state', {});
  expect(state).toMatchObject({ isOld: false, isDue: false, last: { at: site.now.value.toISOString() } });
  expect(state.copies[0]).toEqual(made);
  await rm(stick, { recursive: true, force: true });
});

test('a year of backups under a clock that was ahead does not push out the one made now', async () => {
  shift(10 * YEAR_MS);
  for (let month = 0; month < 13; month += 1) {
    await site.call('backup.make', { drive: null });
    shift(31 * DAY_MS);
  }
  shift(-10 * YEAR_MS - 13 * 31 * DAY_MS);
  const made = await site.call('backup.make', { drive: null });
  expect((await site.call('backup.state', {})).copies[0]).toEqual(made);
});

test('a clock set back keeps no site open without anybody, and nobody out', async () => {
  shift(10 * YEAR_MS);
  await site.signIn('suozhang');
  for (let attempt = 0; attempt < 4; attempt += 1)
    await site.refusal('site.signIn', { loginName: 'suozhang', password: '不对不对不对不对不对' });
  shift(-10 * YEAR_MS);
  site.core.watchIdle();
  shift(11 * 60_000);
  site.core.watchIdle();
  expect(await site.call('site.status', {})).toMatchObject({ state: 'locked' });
  await site.call('site.signIn', { loginName: 'suozhang', password: PASSWORD });
});

test('a last bundle that lies in the future is no reason to wait with the next', () => {
  const last = { at: '2036-11-24T01:00:00.000Z' } as Parameters<typeof reportDue>[0]['bundles'][number];
  const state = { paired: true, waiting: 3, bundles: [last] } as unknown as Parameters<typeof reportDue>[0];
  expect(reportDue(state, new Date('2026-11-24T01:00:00Z'))).toBe('overdue');
  expect(reportDue(state, new Date('2036-11-24T00:00:00Z'))).toBeNull();
});
