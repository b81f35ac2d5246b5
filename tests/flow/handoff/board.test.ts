import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stationState } from '../../../shared/handoff-rules.ts';
import { aPerson } from '../../bench/people.ts';
import { behind, foreignEntry } from '../../support/behind.ts';
import { aCounty, type County } from '../../support/county.ts';
import { aCase, anIncident } from '../../support/discipline.ts';
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

/** An entry of the station's that this application cannot take in; its number. */
async function inQuarantine(): Promise<number> {
  let seq = 0;
  await behind(station, 'suozhang', (db) => {
    seq = foreignEntry(db, SITE, { kind: 'future.thing-recorded', body: { name: '巡逻车' } });
  });
  await county.receive(await county.report(station));
  return seq;
}

test('a decision on an entry in quarantine owes a receipt, though nothing new came', async () => {
  const seq = await inQuarantine();
  await county.answer(station, SITE);
  expect(await rowAt()).toMatchObject({ owed: false, quarantined: 1 });
  await county.bureau.account('ducha', ['inspector']);
  await county.bureau.signIn('ducha');
  for (const verdict of ['returned', 'refused'] as const) {
    await county.bureau.call('quarantine.decide', { stream: SITE, seq, verdict, words: '请核对' });
    expect(await rowAt()).toMatchObject({ owed: true });
    await county.answer(station, SITE);
    expect(await rowAt()).toMatchObject({ owed: false });
    expect(await station.call('quarantine.own', {})).toMatchObject([{ verdict }]);
  }
});

const { id: _id, version: _version, ...facts } = aPerson(7).person;
test.each<readonly [string, (bureau: TestSite) => Promise<unknown>]>([
  ['a rule', (bureau) => bureau.call('training.setNorm', { identityKind: 'CIVIL_SERVANT', days: 20, fromYear: 2026 })],
  ['an account', (bureau) => bureau.account('lingdao', ['leader'])],
  ['new keys', (bureau) => bureau.call('site.changeKeys', { reason: '例行更换' })],
  [
    'a person',
    (bureau) =>
      bureau.call('roster.recordPerson', {
        ...{ id: null, version: null, facts, reason: '', namesakeConfirmed: true, station: SITE },
      }),
  ],
])('%s written for the station waits to go down until the station shows that it has it', async (_what, write) => {
  await handOver('甲');
  await county.answer(station, SITE);
  await handOver('乙');
  expect(await rowAt()).toMatchObject({ waitingDown: 0 });
  await write(county.bureau);
  expect((await rowAt())?.waitingDown).toBeGreaterThan(0);
  await county.answer(station, SITE);
  await handOver('丙');
  expect(await rowAt()).toMatchObject({ waitingDown: 0 });
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
  const hoursOn = (hours: number): Date => new Date(first.now.value.getTime() + hours * 3_600_000);
  second.now.value = hoursOn(1);
  await second.call('discipline.recordIncident', anIncident([concerned]));
  second.now.value = hoursOn(2);
  await recordSession(second, aSession([concerned], { title: '第二支', course: null }));
  await county.receive(await county.report(second));

  const { bureau } = county;
  await bureau.account('ducha', ['inspector']);
  await bureau.account('erguan', ['admin']);
  const asAdmin = (await rowAt())?.fork?.entries ?? 0;
  // The incident comes first, and when it was recorded is nobody's business here.
  expect((await rowAt())?.fork?.since).toBe(hoursOn(2).toISOString());
  await bureau.signIn('ducha');
  expect((await rowAt())?.fork?.entries).toBe(asAdmin + 1);
  await bureau.signIn('guanli');
  const revoked = { site: SITE, reason: 'forked' as const, words: '', secondLoginName: 'erguan' };
  await bureau.call('handoff.revokeStation', { ...revoked, secondPassword: PASSWORD });
  expect(await rowAt()).toMatchObject({ fork: { entries: asAdmin }, revoked: { reason: 'forked' } });
});

test('a case that waits to go down is counted for those who deal with it, and for nobody else', async () => {
  const { bureau } = county;
  const [person = ''] = await somePeople(station, 1);
  await bureau.account('ducha', ['inspector']);
  await bureau.account('zhenggong', ['cadre']);
  await handOver('甲');
  const waitingFor = async (loginName: string): Promise<number> => {
    await bureau.signIn(loginName);
    return (await rowAt())?.waitingDown ?? 0;
  };
  const before = await waitingFor('ducha');
  await bureau.call('discipline.openCase', aCase(null, [person]));
  expect(await waitingFor('ducha')).toBe(before + 1);
  expect(await waitingFor('guanli')).toBe(before);
  expect(await waitingFor('zhenggong')).toBe(before);
});
