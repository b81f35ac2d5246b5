import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { aPerson } from '../../bench/people.ts';
import { aCounty, type County } from '../../support/county.ts';
import type { TestSite } from '../../support/site.ts';
import { somePeople } from '../../support/training.ts';

const SITE = '999999010100-1';
let county: County;
let station: TestSite;
beforeEach(async () => {
  county = await aCounty();
  station = await county.station('999999010100', '城关派出所');
});
afterEach(() => county.close());

const takenEntries = async () =>
  (await county.bureau.call('site.listEntries', { stream: null, before: null, limit: 200 })).entries.filter(
    ({ kind }) => kind === 'handoff.bundle-taken',
  ).length;

test('the same bundle twice in one import, and in two at once, is taken once and stays as it was', async () => {
  await somePeople(station, 3);
  const path = await county.report(station);
  const sealed = await readFile(path);
  const [first, second] = await county.receive(path, path);
  expect(first?.counts?.accepted).toBe(first?.counts?.exported);
  expect(second?.counts).toMatchObject({ accepted: 0, alreadyKnown: first?.counts?.exported });
  expect(await takenEntries()).toBe(1);

  await station.call('site.rename', { printingName: '城关所' });
  const next = await county.report(station);
  const files = [await county.bureau.file(next, 'bundle')];
  const both = await Promise.allSettled([1, 2].map(() => county.bureau.call('handoff.importBundles', { files })));
  const accepted = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value[0]?.counts?.accepted ?? 0] : []));
  expect(accepted.filter((count) => count > 0)).toHaveLength(1);
  expect(await takenEntries()).toBe(2);
  expect((await county.bureau.call('roster.counts', {})).active).toBe(3);
  expect(await readFile(path)).toEqual(sealed);
});

test('what the bureau sends down leaves what a station has not sent yet as it is, and nothing is lost', async () => {
  await somePeople(station, 1);
  await county.receive(await county.report(station));
  const { id: _mine, version: _v, ...own } = aPerson(8).person;
  const draft = { id: null, version: null, reason: '', namesakeConfirmed: true };
  await station.call('roster.recordPerson', { ...draft, facts: own });
  const { id: _theirs, version: _w, ...sent } = aPerson(9).person;
  await county.bureau.call('roster.recordPerson', { ...draft, facts: sent, station: SITE });
  await county.answer(station, SITE);
  expect((await station.call('handoff.state', {})).waitingByKind).toEqual({ 'roster.person-recorded': 1 });
  expect((await station.call('roster.counts', {})).active).toBe(3);
  await county.receive(await county.report(station));
  expect((await county.bureau.call('roster.counts', {})).active).toBe(3);
});
