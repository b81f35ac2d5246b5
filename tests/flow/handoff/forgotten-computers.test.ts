import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { adoptable } from '../../support/adopt.ts';
import { type County, aCounty, NEW_CHIEF } from '../../support/county.ts';
import { PASSWORD, type TestSite } from '../../support/site.ts';
import { withFile } from '../../support/tamper.ts';
import { somePeople } from '../../support/training.ts';

const BUREAU = '999999010000-1';
const SITE = '999999010100-1';
let county: County;
let bureau: TestSite;
let station: TestSite;
let backup: string;

beforeEach(async () => {
  county = await aCounty();
  bureau = county.bureau;
  station = await county.station('999999010100', '城关派出所');
  backup = await county.folder();
});
afterEach(() => county.close());

const rename = (at: TestSite, printingName: string) => at.call('site.rename', { printingName });
const backUp = async () => bureau.call('backup.make', { drive: await bureau.drive(backup) });
const board = () => bureau.call('handoff.board', {});
const people = async (site: TestSite) => (await site.call('roster.counts', {})).active;

/** The bureau's computer dies; a new one goes on from the backup, some time later. */
async function restore(): Promise<void> {
  const restored = await county.computer(await county.folder());
  restored.now.value = new Date(bureau.now.value.getTime() + 86_400_000);
  await restored.call('backup.adopt', await adoptable(restored, backup));
  await restored.signIn('guanli');
  bureau = restored;
}

const receive = async (path: string) =>
  bureau.call('handoff.importBundles', { files: [await bureau.file(path, 'bundle')] });
const problemOf = async (path: string) => (await receive(path))[0]?.problem?.code ?? 'taken';

/** Writes a return for the station and takes it in there. */
async function answer(at: TestSite, site: string): Promise<void> {
  const { fileName } = await bureau.call('handoff.writeReturn', { site, drive: await bureau.drive(county.stick) });
  const path = join(await county.folder(), 'kept.lijing');
  await copyFile(join(county.stick, fileName), path);
  await at.call('handoff.importReturn', { file: await at.file(path, 'bundle') });
}

test('a station the bureau has forgotten proves itself by the kit it was founded with, and comes back whole', async () => {
  await backUp();
  const forgotten = await county.station('999999010300', '龙沟派出所');
  const site = '999999010300-1';
  await rename(forgotten, '甲');
  await receive(await county.report(forgotten));
  await answer(forgotten, site);
  await restore();
  await rename(forgotten, '乙');
  const outcomes = await receive(await county.report(forgotten));
  expect(outcomes).toMatchObject([{ problem: { code: 'handoff.sender-forgotten' }, counts: { accepted: 0 } }]);
  expect(outcomes[0]?.counts?.held).toBe(outcomes[0]?.counts?.exported);
  expect((await board()).find((row) => row.site === site)).toMatchObject({
    name: '999999010300',
    behind: expect.arrayContaining([{ stream: `${BUREAU}/${site}`, from: 1 }]),
  });
  const again = { name: '龙沟派出所', organCode: '999999010300' };
  expect(await bureau.refusal('handoff.registerStation', again)).toMatchObject({ code: 'handoff.station-code-taken' });
  await answer(forgotten, site);
  expect(await problemOf(await county.report(forgotten))).toBe('taken');
  await answer(forgotten, site);
  const row = (await board()).find((each) => each.site === site);
  expect(row).toMatchObject({ name: '龙沟派出所', gaps: [], behind: [], downForked: false });
  expect(await forgotten.call('handoff.state', {})).toMatchObject({ waiting: 0, provenThrough: row?.lastSeq });
});

/** The station's first computer is lost behind the backup, and a second one goes on. */
async function refoundedSinceTheBackup(): Promise<readonly [anew: TestSite, site: string]> {
  await backUp();
  // Of the former computer's records these came to the bureau behind the backup, and went to the new one in its kit.
  await somePeople(station, 2);
  await rename(station, '甲');
  await receive(await county.report(station));
  await answer(station, SITE);
  const { site, kit, code } = await county.refound(SITE);
  const anew = await county.computer();
  await anew.call('site.foundStationFromKit', { file: await anew.file(kit, 'bundle'), code, ...NEW_CHIEF });
  await anew.call('site.changeKeys', { reason: '例行更换' });
  await somePeople(anew, 1, 7);
  await receive(await county.report(anew));
  await answer(anew, site);
  await restore();
  await somePeople(anew, 1, 9);
  return [anew, site];
}
const isLost = async (site: string) => {
  if (!(await bureau.call('site.listAccounts', {})).some(({ loginName }) => loginName === 'erguan'))
    await bureau.account('erguan', ['admin']);
  const second = { secondLoginName: 'erguan', secondPassword: PASSWORD };
  await bureau.call('handoff.revokeStation', { site, reason: 'lost', words: '', ...second });
};
const rowsOfTheFirst = async () => (await board()).filter(({ name }) => name === '城关派出所');

test('a computer given to a station and forgotten comes back, with what only the kit it was founded with still held', async () => {
  const [anew, site] = await refoundedSinceTheBackup();
  expect(site).toBe('999999010100-2');
  expect(await problemOf(await county.report(anew))).toBe('handoff.sender-forgotten');
  // What it brings counts for nothing before the bureau's own word on whose it is has come back.
  expect(await people(bureau)).toBe(0);
  expect(await rowsOfTheFirst()).toMatchObject([{ site: SITE }, { site, station: site }]);
  await answer(anew, site);
  expect(await problemOf(await county.report(anew))).toBe('taken');
  await answer(anew, site);
  expect(await people(bureau)).toBe(4);
  const rows = await rowsOfTheFirst();
  expect(rows).toMatchObject([{ site, station: SITE, gaps: [], behind: [], quarantined: 0 }]);
  expect(await anew.call('handoff.state', {})).toMatchObject({ waiting: 0, provenThrough: rows[0]?.lastSeq });
  // The lost one is out of use though its revocation was forgotten.
  await rename(station, '拾得者');
  expect(await problemOf(await county.report(station))).toBe('handoff.sender-revoked');
  expect((await bureau.call('site.checkChain', {})).faults).toEqual([]);
});

/** Another kit of the bureau for a computer at work, which pairs with it. */
async function pairAnew(at: TestSite, site: string): Promise<void> {
  const { fileName, spokenCode: code } = await bureau.call('handoff.issueKit', {
    site,
    drive: await bureau.drive(county.stick),
  });
  await at.call('site.pair', { file: await at.file(join(county.stick, fileName), 'bundle'), code });
}

test('a forgotten computer that knows the bureau only by keys it has lost is given another kit, and comes back whole', async () => {
  await backUp();
  await bureau.call('site.changeKeys', { reason: '例行更换' });
  const { site, kit, code } = await county.refound(SITE);
  const anew = await county.computer();
  await anew.call('site.foundStationFromKit', { file: await anew.file(kit, 'bundle'), code, ...NEW_CHIEF });
  await somePeople(anew, 1, 7);
  await restore();
  expect(await problemOf(await county.report(anew))).toBe('handoff.keys-lost');
  await pairAnew(anew, site);
  expect(await problemOf(await county.report(anew))).toBe('handoff.sender-forgotten');
  await answer(anew, site);
  expect(await problemOf(await county.report(anew))).toBe('taken');
  await answer(anew, site);
  expect(await rowsOfTheFirst()).toMatchObject([{ site, station: SITE, gaps: [], behind: [], downForked: false }]);
  expect(await people(bureau)).toBe(1);
  expect(await anew.call('handoff.state', {})).toMatchObject({ waiting: 0 });
});

test('the escrow key opens what such a computer sealed to lost keys, and a kit makes it take returns again', async () => {
  await bureau.account('erguan', ['admin']);
  const second = { secondLoginName: 'erguan', secondPassword: PASSWORD };
  const { escrowKey } = await bureau.call('site.makeEscrow', second);
  await bureau.call('site.confirmEscrow', { escrowKey });
  await backUp();
  await bureau.call('site.changeKeys', { reason: '例行更换' });
  const forgotten = await county.station('999999010300', '龙沟派出所');
  await restore();
  const files = [await bureau.file(await county.report(forgotten), 'bundle')];
  const outcomes = await bureau.call('handoff.importWithEscrow', { files, escrowKey, ...second });
  expect(outcomes).toMatchObject([{ problem: { code: 'handoff.sender-forgotten' }, station: '999999010300' }]);
  await pairAnew(forgotten, '999999010300-1');
  await answer(forgotten, '999999010300-1');
  expect(await problemOf(await county.report(forgotten))).toBe('taken');
  expect((await board()).map(({ name }) => name)).toContain('龙沟派出所');
});

test('only a bureau that forgot computers issues kits for codes it does not know, and none for itself', async () => {
  const kitFor = async (site: string) => ({ site, drive: await bureau.drive(county.stick) });
  const unknown = { code: 'handoff.station-unknown' };
  expect(await bureau.refusal('handoff.issueKit', await kitFor('999999010900-1'))).toMatchObject(unknown);
  await backUp();
  await restore();
  await bureau.call('handoff.issueKit', await kitFor('999999010900-1'));
  expect(await bureau.refusal('handoff.issueKit', await kitFor(BUREAU))).toMatchObject(unknown);
});

test('a forgotten computer that is lost, too, is followed by a third, with what it had reported', async () => {
  const [anew, site] = await refoundedSinceTheBackup();
  expect(await problemOf(await county.report(anew))).toBe('handoff.sender-forgotten');
  await isLost(SITE);
  await isLost(site);
  const third = await bureau.call('handoff.refound', { site });
  expect(third).toMatchObject({ carried: 1, left: 0 });
  expect(await people(bureau)).toBe(1);
  expect(await rowsOfTheFirst()).toMatchObject([{ site: third.site, station: SITE }]);
});

test('of several computers out of use at its organ a forgotten one follows the one it shows to have followed', async () => {
  const other = { name: '城关派出所户籍室', organCode: '999999010100', device: 2 };
  const { site: beside } = await bureau.call('handoff.registerStation', other);
  const [anew, site] = await refoundedSinceTheBackup();
  expect(site).toBe('999999010100-3');
  expect(await problemOf(await county.report(anew))).toBe('handoff.sender-forgotten');
  await isLost(beside);
  await isLost(site);
  const former = { code: 'handoff.former-not-revoked', detail: { site: SITE } };
  expect(await bureau.refusal('handoff.refound', { site })).toEqual(former);
  await isLost(SITE);
  const third = await bureau.call('handoff.refound', { site });
  expect(await board()).toMatchObject([
    { site: third.site, station: SITE, name: '城关派出所' },
    { site: beside, station: beside, name: '城关派出所户籍室' },
  ]);
});

test('a restored bureau gives no computer a number that it may have given before', async () => {
  await backUp();
  const before = await county.refound(SITE);
  await restore();
  await isLost(SITE);
  const after = await bureau.call('handoff.refound', { site: SITE });
  expect(after.site).toMatch(/^999999010100-\d{2,3}$/);
  expect(after.site).not.toBe(before.site);
});

test('a bureau founded before kits had a root makes one', async () => {
  await withFile(bureau, (db) => db.exec(`DELETE FROM secret WHERE name = 'kit-root'`), 'guanli');
  const later = await county.station('999999010300', '龙沟派出所');
  expect(await problemOf(await county.report(later))).toBe('taken');
});

test('a forgotten revocation is repeated', async () => {
  await rename(station, '甲');
  await receive(await county.report(station));
  await answer(station, SITE);
  await backUp();
  await bureau.account('erguan', ['admin']);
  const second = { secondLoginName: 'erguan', secondPassword: PASSWORD };
  const lost = { site: SITE, reason: 'lost' as const, words: '', ...second };
  await bureau.call('handoff.revokeStation', lost);
  await restore();
  await bureau.account('erguan', ['admin']);
  expect(await board()).toMatchObject([{ revoked: null }]);
  await bureau.call('handoff.revokeStation', lost);
  await rename(station, '乙');
  expect(await problemOf(await county.report(station))).toBe('handoff.sender-revoked');
});
