import { afterEach, beforeEach, expect, test } from 'vitest';
import { outdate } from '../../../electron/journal/journal.ts';
import { pagesOf, spoil, withDatabase } from '../../support/damage.ts';
import { aStation, PASSWORD, type TestSite } from '../../support/site.ts';
import { somePeople } from '../../support/training.ts';

const SUOZHANG = { loginName: 'suozhang', password: PASSWORD };
type Told = { readonly jobId: string; readonly call: string; readonly done: number; readonly total: number };

let site: TestSite;
let told: Told[];
let isCancelled: boolean;
beforeEach(async () => {
  site = await aStation();
  await somePeople(site, 40);
  await site.core.shutdown();
  told = [];
  isCancelled = false;
  site.listen((name, payload) => {
    if (name !== 'work.progress') return;
    told.push(payload as Told);
    if (isCancelled) void site.core.call('work.cancelJob', { jobId: (payload as Told).jobId });
  });
});
afterEach(() => site.close());

const spoilTables = async (): Promise<void> => spoil(site.dir, (await pagesOf(site.dir, 'person_version')).at(-1) ?? 0);

test.each([
  ['an update', () => withDatabase(site.dir, outdate)],
  ['damage in the tables', spoilTables],
] as const)('after %s the sign-in tells how far the tables are', async (_what, before) => {
  await before();
  await site.signIn('suozhang');
  expect(told.at(-1)).toMatchObject({ call: 'site.signIn', step: 'backup.rebuilding' });
  expect(told.at(-1)?.done).toBe(told.at(-1)?.total);
  expect((await site.call('roster.counts', {})).active).toBe(40);
});

test.each([
  ['an update', () => withDatabase(site.dir, outdate)],
  ['damage in the tables', spoilTables],
] as const)(
  'after %s a sign-in that is cancelled lets nobody in, and the next one begins anew',
  async (_what, before) => {
    await before();
    isCancelled = true;
    expect(await site.refusal('site.signIn', SUOZHANG)).toEqual({ code: 'request.cancelled' });
    expect((await site.call('site.status', {})).state).toBe('locked');
    isCancelled = false;
    await site.signIn('suozhang');
    expect((await site.call('roster.counts', {})).active).toBe(40);
    expect(await site.call('site.checkChain', {})).toMatchObject({ faults: [], rows: [] });
  },
);

test('nothing is told where nothing is made anew', async () => {
  await site.signIn('suozhang');
  expect(told).toEqual([]);
});
