import { copyFile, cp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isUnsettled } from '../../../shared/handoff-rules.ts';
import { adoptable } from '../../support/adopt.ts';
import { type County, aCounty } from '../../support/county.ts';
import { PASSWORD, type TestSite } from '../../support/site.ts';

const SITES = ['999999010100-1', '999999010200-1'] as const;
const BUREAU = '999999010000-1';
let county: County;
let bureau: TestSite;
let stations: readonly [TestSite, TestSite];
let backup: string;

beforeEach(async () => {
  county = await aCounty();
  bureau = county.bureau;
  stations = [await county.station('999999010100', '城关派出所'), await county.station('999999010200', '桃花镇派出所')];
  backup = await county.folder();
});
afterEach(() => county.close());

const rename = (station: TestSite, printingName: string) => station.call('site.rename', { printingName });
const backUp = async () => bureau.call('backup.make', { drive: await bureau.drive(backup) });

/** The laptop dies; a new one goes on from the backup, some time later. */
async function restore(): Promise<void> {
  const dir = await county.folder();
  const restored = await county.computer(dir);
  restored.now.value = new Date(bureau.now.value.getTime() + 86_400_000);
  await restored.call('backup.adopt', await adoptable(restored, backup));
  await restored.signIn('guanli');
  bureau = restored;
}

async function receive(...paths: string[]) {
  const files = await Promise.all(paths.map((path) => bureau.file(path, 'bundle')));
  return bureau.call('handoff.importBundles', { files });
}
/** Kept where no later package takes its name. */
async function kept(path: string): Promise<string> {
  const copy = join(await county.folder(), 'kept.lijing');
  await copyFile(path, copy);
  return copy;
}
async function writeReturn(site: string): Promise<string> {
  const { fileName } = await bureau.call('handoff.writeReturn', { site, drive: await bureau.drive(county.stick) });
  return kept(join(county.stick, fileName));
}
const takeReturn = async (station: TestSite, path: string) =>
  station.call('handoff.importReturn', { file: await station.file(path, 'bundle') });
const round = async (index: 0 | 1) => {
  const outcomes = await receive(await county.report(stations[index]));
  const taken = await takeReturn(stations[index], await writeReturn(SITES[index]));
  return { outcome: outcomes[0], taken };
};
const rowOf = async (index: 0 | 1) =>
  (await bureau.call('handoff.board', {})).find(({ site }) => site === SITES[index]);
const state = (index: 0 | 1) => stations[index].call('handoff.state', {});

/** The bureau's streams for a station, as they end at a site. */
const ends = async (site: TestSite, index: 0 | 1) => {
  const { heads } = await site.call('site.checkChain', {});
  return heads.filter(({ stream }) => [`${BUREAU}/common`, `${BUREAU}/${SITES[index]}`].includes(stream));
};

/** Both hold the same of all that goes between them. */
const agree = async (index: 0 | 1): Promise<void> => {
  expect(await ends(bureau, index)).toEqual(await ends(stations[index], index));
  expect(await state(index)).toMatchObject({ waiting: 0, provenThrough: (await rowOf(index))?.lastSeq });
  expect((await bureau.call('site.checkChain', {})).faults).toEqual([]);
  expect((await stations[index].call('site.checkChain', {})).faults).toEqual([]);
};
/** Something said at the station, reported, and answered. */
const saidAndAnswered = async (index: 0 | 1, printingName: string) => {
  await rename(stations[index], printingName);
  return round(index);
};

test('a station notices nothing but a gap, and sends again what the restored bureau has lost', async () => {
  await saidAndAnswered(0, '甲');
  await backUp();
  await saidAndAnswered(0, '乙');
  const { provenThrough } = await state(0);
  await restore();
  await rename(stations[0], '丙');
  const { outcome, taken } = await round(0);
  expect(outcome).toMatchObject({ problem: null, counts: { accepted: 0, held: outcome?.counts?.exported } });
  expect(taken).toMatchObject({ late: false, provenNow: 0, missing: [[expect.anything(), provenThrough]] });
  expect(taken.lost?.[1]).toBe(provenThrough);
  expect(await state(0)).toMatchObject({ lost: taken.lost, provenThrough: (taken.lost?.[0] ?? 0) - 1 });
  expect(await rowOf(0)).toMatchObject({ behind: [{ stream: SITES[0], from: taken.lost?.[0] }] });
  const again = await round(0);
  expect(again.outcome?.counts?.accepted).toBe(again.outcome?.counts?.exported);
  expect(await rowOf(0)).toMatchObject({ behind: [], gaps: [] });
  expect((await state(0)).lost).toBeNull();
  await agree(0);
});

test('what the bureau wrote for its stations and lost comes back from them, and goes on unforked', async () => {
  await saidAndAnswered(0, '甲');
  await saidAndAnswered(1, '甲');
  await backUp();
  await bureau.account('zhenggong', ['cadre']);
  await saidAndAnswered(0, '乙');
  await saidAndAnswered(1, '乙');
  const common = (await ends(stations[0], 0)).find(({ stream }) => stream.endsWith('/common'));
  await restore();
  expect(await rowOf(0)).toMatchObject({ unheard: true, behind: [] });
  // Accounts go on; the stations are told of them once it is known what they were told before.
  await bureau.account('lingdao', ['leader']);
  expect(await round(0).catch((error: unknown) => String(error))).toContain('handoff.nothing-to-export');

  await saidAndAnswered(0, '丙');
  const from = common?.seq ?? 0;
  expect((await rowOf(0))?.behind).toContainEqual({ stream: `${BUREAU}/common`, from });
  const escrow = await bureau.refusal('site.changeKeys', { reason: '恢复后更换' });
  expect(escrow).toMatchObject({ code: 'handoff.stream-behind', detail: { from, through: common?.seq } });
  // It has nothing new to say, and is asked to report all the same.
  expect((await state(0)).wanted).toBe(true);
  expect((await round(0)).outcome).toMatchObject({ problem: null, broughtBack: 1 });
  expect(await rowOf(0)).toMatchObject({ behind: [], unheard: false, downForked: false });
  expect(await bureau.refusal('site.changeKeys', { reason: '恢复后更换' })).toMatchObject({
    code: 'handoff.stream-unheard',
    detail: { stations: 1 },
  });

  await saidAndAnswered(1, '丙');
  await round(1);
  expect(await rowOf(1)).toMatchObject({ behind: [], unheard: false });
  await bureau.call('site.changeKeys', { reason: '恢复后更换' });
  for (const index of [0, 1] as const) {
    expect((await saidAndAnswered(index, '丁')).taken).toMatchObject({ late: false, lost: null });
    expect((await saidAndAnswered(index, '戊')).taken.downEntries).toBe(0);
    await agree(index);
  }
  const told = await bureau.call('site.listEntries', { stream: `${BUREAU}/common`, before: null, limit: 200 });
  expect(told.entries.filter(({ kind }) => kind === 'site.signer-announced')).toHaveLength(3);
});

test('a return written before the restore does no harm, however late it comes', async () => {
  await saidAndAnswered(0, '甲');
  await backUp();
  await bureau.account('zhenggong', ['cadre']);
  await rename(stations[0], '乙');
  await receive(await county.report(stations[0]));
  const early = await writeReturn(SITES[0]);
  await takeReturn(stations[0], early);
  await bureau.account('lingdao', ['leader']);
  await rename(stations[0], '丙');
  await receive(await county.report(stations[0]));
  const late = await writeReturn(SITES[0]);
  await restore();
  // A restored bureau that has heard nothing yet says less than is known: nothing of it counts.
  expect(await takeReturn(stations[0], early)).toMatchObject({ late: true, downEntries: 0, lost: null });
  await saidAndAnswered(0, '丁');
  const settled = await state(0);
  expect(await takeReturn(stations[0], late)).toMatchObject({ late: true, provenNow: 0, downEntries: 0 });
  expect(await state(0)).toEqual(settled);
  await round(0);
  await saidAndAnswered(1, '甲');
  await round(1);
  await saidAndAnswered(0, '戊');
  expect(await takeReturn(stations[0], late)).toMatchObject({ late: true });
  await agree(0);
});

test('it happens twice, the second time from the same backup, with bundles lost on the way', async () => {
  await saidAndAnswered(0, '甲');
  await backUp();
  await bureau.account('zhenggong', ['cadre']);
  await saidAndAnswered(0, '乙');
  for (const name of ['丙', '丁']) {
    await restore();
    await rename(stations[0], name);
    await county.report(stations[0]); // lost on the way
    await round(0);
    await round(0);
    await saidAndAnswered(1, name);
    await round(1);
    await saidAndAnswered(0, `${name}所`);
    expect((await bureau.call('handoff.board', {})).filter(isUnsettled)).toEqual([]);
    await agree(0);
    await agree(1);
  }
});

test('a folder put back behind its back is noticed from the next bundle', async () => {
  await saidAndAnswered(0, '甲');
  await bureau.core.shutdown();
  const copy = await county.folder();
  await cp(bureau.dir, copy, { recursive: true });
  await bureau.signIn('guanli');
  await bureau.account('zhenggong', ['cadre']);
  await saidAndAnswered(0, '乙');
  await bureau.core.shutdown();
  bureau = await county.computer(copy);
  await bureau.signIn('guanli');
  expect(await rowOf(0)).toMatchObject({ unheard: false });
  await rename(stations[0], '丙');
  await receive(await county.report(stations[0]));
  const row = await rowOf(0);
  expect(row).toMatchObject({ unheard: true });
  expect(row?.behind.map(({ stream }) => stream)).toEqual([SITES[0], `${BUREAU}/common`]);
  await takeReturn(stations[0], await writeReturn(SITES[0]));
  await round(0);
  await agree(0);
});

test('a stream that went two ways is named; its station still gets receipts, and writing goes on by decision', async () => {
  await saidAndAnswered(0, '甲');
  await backUp();
  await bureau.account('zhenggong', ['cadre']);
  await saidAndAnswered(0, '乙');
  await restore();
  for (const site of SITES) await bureau.call('handoff.resumeDown', { site, reason: '确认无在途回执包' });
  await bureau.account('lingdao', ['leader']);
  expect((await saidAndAnswered(0, '丙')).taken).toMatchObject({ late: false });
  expect(await rowOf(0)).toMatchObject({ downForked: true });
  await round(0);
  expect(await rowOf(0)).toMatchObject({ downForked: true, gaps: [] });
  expect((await state(0)).lost).toBeNull();
  expect(await bureau.refusal('handoff.resumeDown', { site: BUREAU, reason: '无' })).toMatchObject({
    code: 'handoff.station-unknown',
  });
});

test('a restored bureau lets in who has lost his password, though it may tell no station yet', async () => {
  await bureau.account('zhenggong', ['admin']);
  const second = { secondLoginName: 'zhenggong', secondPassword: PASSWORD };
  const { recoveryKey } = await bureau.call('site.renewRecoveryKey', second);
  await bureau.call('site.confirmRecoveryKey', { recoveryKey });
  await saidAndAnswered(0, '甲');
  await backUp();
  await restore();
  await bureau.call('site.lock', {});
  await bureau.call('site.recover', { recoveryKey, loginName: 'guanli', newPassword: '恢复之后-换新密码-2026' });
  await bureau.call('handoff.resumeDown', { site: SITES[1], reason: '尚未上报过' });
  await saidAndAnswered(0, '乙');
  await round(0);
  await saidAndAnswered(0, '丙');
  const { entries } = await bureau.call('site.listEntries', { stream: `${BUREAU}/common`, before: null, limit: 200 });
  expect(entries.filter(({ kind }) => kind === 'site.signer-announced')).toHaveLength(3);
  await agree(0);
});

/** The bureau issues a kit once more, and the station pairs with it. */
async function pairAgain(station: TestSite, site: string) {
  const { fileName, spokenCode: code } = await bureau.call('handoff.issueKit', {
    site,
    drive: await bureau.drive(county.stick),
  });
  return station.call('site.pair', { file: await station.file(join(county.stick, fileName), 'bundle'), code });
}
const problemOf = async (path: string) => (await receive(path))[0]?.problem?.code ?? 'taken';

test('what is sealed to keys that went with the former computer goes out again under those the bureau has', async () => {
  await saidAndAnswered(0, '甲');
  await backUp();
  const { check } = await bureau.call('site.keys', {});
  await bureau.call('site.changeKeys', { reason: '例行更换' });
  await saidAndAnswered(0, '乙');
  await restore();
  await rename(stations[0], '丙');
  expect(await problemOf(await county.report(stations[0]))).toBe('handoff.keys-lost');
  expect(await pairAgain(stations[0], SITES[0])).toBeDefined();
  expect(await problemOf(await county.report(stations[0]))).toBe('taken');
  await takeReturn(stations[0], await writeReturn(SITES[0]));
  await round(0);
  await saidAndAnswered(0, '丁');
  await saidAndAnswered(0, '戊');
  expect(await state(0)).toMatchObject({ waiting: 0, lost: null, missing: [] });
  expect(await rowOf(0)).toMatchObject({ gaps: [], behind: [] });
  // Among what came back is word of the keys that are gone: the bureau's own stay those it has.
  expect(await bureau.call('site.keys', {})).toMatchObject({ check });
  await pairAgain(stations[1], SITES[1]);
  expect(await saidAndAnswered(1, '己')).toMatchObject({ outcome: { problem: null } });
});
