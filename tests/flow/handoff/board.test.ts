import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stationState } from '../../../shared/handoff-rules.ts';
import { aCounty, type County } from '../../support/county.ts';
import { anIncident } from '../../support/discipline.ts';
import { aCore, PASSWORD, type TestSite } from '../../support/site.ts';
import { aSession, recordSession, somePeople } from '../../support/training.ts';

const SITE = '999999010100-1';
let county: County;
let station: TestSite;
const opened: TestSite[] = [];
const folders: string[] = [];
beforeEach(async () => {
  county = await aCounty();
  station = await county.station('999999010100', '城关派出所');
});
afterEach(async () => {
  for (const site of opened.splice(0)) await site.close();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
  await county.close();
});

const rowAt = async () => (await county.bureau.call('handoff.board', {})).find(({ site }) => site === SITE);
const handOver = async (printingName: string) => {
  await station.call('site.rename', { printingName });
  await county.receive(await county.report(station));
};
const later = (days: number): void => {
  county.bureau.now.value = new Date(county.bureau.now.value.getTime() + days * 86_400_000);
};

test('a receipt is owed from a bundle until the return after it, whatever the clock says meanwhile', async () => {
  expect(await rowAt()).toMatchObject({ owed: false, lastReceivedAt: null });
  await handOver('甲');
  expect(await rowAt()).toMatchObject({ owed: true });
  later(400); // The clock is a year ahead, and set right again.
  await county.answer(station, SITE);
  expect(await rowAt()).toMatchObject({ owed: false });
  later(-400);
  await handOver('乙');
  expect(await rowAt()).toMatchObject({ owed: true, lastReceivedAt: county.bureau.now.value.toISOString() });
  await county.answer(station, SITE);
  expect(await rowAt()).toMatchObject({ owed: false, lastReturnAt: county.bureau.now.value.toISOString() });
});

test('a bundle taken under a clock that was ahead does not hide that its station is silent since', async () => {
  later(60);
  await handOver('甲');
  later(-60);
  await handOver('乙');
  later(40);
  const row = await rowAt();
  expect(row && stationState(row, county.bureau.now.value)).toBe('silent');
});

test('a computer out of use is owed nothing', async () => {
  await handOver('甲');
  await county.refound(SITE);
  expect((await county.bureau.call('handoff.board', {})).map(({ owed }) => owed)).toEqual([false]);
});

/** The station as it is now, opened a second time from a copy; its chief signed in at both. */
async function twice(): Promise<readonly [TestSite, TestSite]> {
  const copy = await mkdtemp(join(tmpdir(), 'lijing-older-'));
  folders.push(copy);
  await station.core.shutdown();
  await cp(station.dir, copy, { recursive: true });
  const both = await Promise.all([aCore({ dir: station.dir }), aCore({ dir: copy })]);
  for (const site of both) {
    opened.push(site);
    await site.signIn('suozhang');
  }
  return both;
}

test('of a second history everybody counts what he may know of, before and after the computer is put out of use', async () => {
  const [concerned = ''] = await somePeople(station, 2);
  await county.receive(await county.report(station));
  const [first, second] = await twice();
  await recordSession(first, aSession([concerned], { title: '第一支', course: null }));
  await county.receive(await county.report(first));
  await second.call('discipline.recordIncident', anIncident([concerned]));
  await recordSession(second, aSession([concerned], { title: '第二支', course: null }));
  await county.receive(await county.report(second));

  const { bureau } = county;
  await bureau.account('ducha', ['inspector']);
  await bureau.account('erguan', ['admin']);
  const asAdmin = (await rowAt())?.fork?.entries ?? 0;
  await bureau.signIn('ducha');
  expect((await rowAt())?.fork?.entries).toBe(asAdmin + 1);
  await bureau.signIn('guanli');
  const revoked = { site: SITE, reason: 'forked' as const, words: '', secondLoginName: 'erguan' };
  await bureau.call('handoff.revokeStation', { ...revoked, secondPassword: PASSWORD });
  expect(await rowAt()).toMatchObject({ fork: { entries: asAdmin }, revoked: { reason: 'forked' } });
});
