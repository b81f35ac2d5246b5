import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { secretsOf } from '../../../electron/db/secrets.ts';
import { adoptable } from '../../support/adopt.ts';
import { aCounty, type County } from '../../support/county.ts';
import { PASSWORD, type TestSite } from '../../support/site.ts';
import { withFile } from '../../support/tamper.ts';

const SITE = '999999010100-1';
let county: County;
let station: TestSite;
beforeEach(async () => {
  county = await aCounty();
  station = await county.station('999999010100', '城关派出所');
});
afterEach(() => county.close());

/** The site as it is now, in other hands: on another computer, some time later. */
async function copyOf(site: TestSite, login: string): Promise<TestSite> {
  const stick = await county.folder();
  await site.call('backup.make', { drive: await site.drive(stick) });
  const copy = await county.computer();
  copy.now.value = new Date(site.now.value.getTime() + 3_600_000);
  await copy.call('backup.adopt', await adoptable(copy, stick));
  await copy.signIn(login);
  return copy;
}

const renamed = (name: string) => station.call('site.rename', { printingName: name });
const changed = (site: TestSite) => site.call('site.changeKeys', { reason: '例行更换' });
const codesOf = async (...paths: string[]) =>
  (await county.receive(...paths)).map(({ problem }) => problem?.code ?? 'taken');
const looksOf = async (...paths: string[]) => {
  const files = await Promise.all(paths.map((path) => county.bureau.file(path, 'bundle')));
  const looks = await county.bureau.call('handoff.lookAtBundles', { files });
  return looks.map(({ problem, standing }) => problem?.code ?? standing);
};
const boardRow = async () => (await county.bureau.call('handoff.board', {}))[0];

/** A return for the station, under a name of its own. */
async function returnAs(name: string, bureau = county.bureau): Promise<string> {
  const { stick } = county;
  const { fileName } = await bureau.call('handoff.writeReturn', { site: SITE, drive: await bureau.drive(stick) });
  await copyFile(join(stick, fileName), join(stick, name));
  return join(stick, name);
}
const taken = async (path: string, at = station) =>
  at.call('handoff.importReturn', { file: await at.file(path, 'bundle') });

/** Three bundles that follow on each other, the keys changed before the second and before the third. */
async function threeBundles(): Promise<readonly string[]> {
  const paths = [await county.report(station)];
  for (const name of ['甲', '乙']) {
    await changed(station);
    await renamed(name);
    paths.push(await county.report(station));
  }
  return paths;
}

test.for(['123', '312', '231', '321'])('the bureau follows a station through its keys, order %s', async (order) => {
  const paths = await threeBundles();
  for (const number of order) expect(await codesOf(paths[Number(number) - 1] ?? '')).toEqual(['taken']);
  expect(await boardRow()).toMatchObject({ gaps: [], quarantined: 0 });
  // Sealed to the newest keys, and the receipt covers all.
  const { through } = await taken(await returnAs('back.lijing'));
  expect(through).toBe((await boardRow())?.lastSeq);
  expect(await station.call('site.checkChain', {})).toMatchObject({ faults: [] });
});

test('bundles lost on the way take no key with them: a later one leads on from the first', async () => {
  const [first = '', , third = ''] = await threeBundles();
  expect(await codesOf(first, third)).toEqual(['taken', 'taken']);
  await taken(await returnAs('back.lijing'));
  expect(await station.call('handoff.state', {})).toMatchObject({ waiting: 0, missing: [] });
});

test('what was sealed to a station before it changed its keys still opens', async () => {
  await county.receive(await county.report(station));
  const sealedBefore = await returnAs('before.lijing');
  await changed(station);
  await changed(station);
  expect(await taken(sealedBefore)).toMatchObject({ bureau: '青山县公安局' });
});

test('stations follow the bureau with the next return, and what was sealed to its former keys still opens', async () => {
  await county.receive(await county.report(station));
  const first = await returnAs('first.lijing');
  await renamed('甲');
  const sealedToFormer = await county.report(station);
  await changed(county.bureau);
  await changed(county.bureau);
  const second = await returnAs('second.lijing');
  await taken(second);
  await renamed('乙');
  const sealedToLatest = await county.report(station);
  expect(await codesOf(sealedToLatest, sealedToFormer)).toEqual(['taken', 'taken']);
  // A return from before the change comes late: it is believed, and says nothing new.
  await taken(first);
  await renamed('丙');
  expect(await codesOf(await county.report(station))).toEqual(['taken']);
  const { entries } = await station.call('site.listEntries', { stream: SITE, before: null, limit: 200 });
  const pinned = entries.filter(({ kind }) => kind === 'handoff.bureau-pinned').map(({ body }) => body?.['former']);
  expect(pinned).toEqual([[expect.any(String)], undefined]);
});

test('a station founded after the bureau changed its keys knows the new ones from its kit', async () => {
  await changed(county.bureau);
  const later = await county.station('999999010200', '桃花镇派出所');
  expect(await codesOf(await county.report(later))).toEqual(['taken']);
  await county.answer(later, '999999010200-1');
});

test('each change is told with its reason and its check, which both sides can compare', async () => {
  const before = await station.call('site.keys', {});
  expect(before.changes).toEqual([]);
  const { check } = await changed(station);
  expect(check).not.toBe(before.check);
  expect(await station.call('site.keys', {})).toMatchObject({ check, changes: [{ check, reason: '例行更换' }] });
});

const refusalOf = async (path: string) =>
  (await station.refusal('handoff.importReturn', { file: await station.file(path, 'bundle') })).code;

test('who holds the bureau as it was before it changed its keys speaks for it no more', async () => {
  await county.receive(await county.report(station));
  const stolen = await copyOf(county.bureau, 'guanli');
  await changed(county.bureau);
  await taken(await returnAs('second.lijing'));

  expect(await refusalOf(await returnAs('forged.lijing', stolen))).toBe('bundle.key-superseded');

  await renamed('甲');
  await county.receive(await county.report(station));
  expect(await taken(await returnAs('third.lijing'))).toMatchObject({ late: false });
});

test('a forged return that came first, whatever its number, does not keep out those under the new key', async () => {
  await county.receive(await county.report(station));
  const stolen = await copyOf(county.bureau, 'guanli');
  expect(await taken(await returnAs('forged.lijing', stolen))).toMatchObject({ late: false });
  await changed(county.bureau);
  await renamed('甲');
  await county.receive(await county.report(station));
  const through = (await boardRow())?.lastSeq;
  expect(await taken(await returnAs('second.lijing'))).toMatchObject({ late: false, through });
  expect(await taken(await returnAs('forged.lijing', stolen))).toMatchObject({ late: true });
});

test('who holds a station as it was before it changed its keys reports nothing that was written after', async () => {
  const before = await county.report(station);
  const stolen = await copyOf(station, 'suozhang');
  await changed(station);
  expect(await codesOf(await county.report(station))).toEqual(['taken']);
  for (const name of ['甲', '乙']) await stolen.call('site.rename', { printingName: name });
  const forged = await county.report(stolen);
  // Told before it is imported, too; and what it had written before is not.
  expect(await looksOf(forged, before)).toEqual(['bundle.key-superseded', 'known']);
  expect(await codesOf(forged)).toEqual(['bundle.key-superseded']);
  // What it had written before still counts, however late it comes.
  expect(await codesOf(before)).toEqual(['taken']);
});

/** The station reports, and has a receipt of it, but the bureau does not: what it reports next comes early. */
async function reportedElsewhere(elsewhere: TestSite, at = station): Promise<void> {
  const files = [await elsewhere.file(await county.report(at), 'bundle')];
  expect(await elsewhere.call('handoff.importBundles', { files })).toMatchObject([{ problem: null }]);
  await taken(await returnAs('elsewhere.lijing', elsewhere), at);
}

test.for([
  { beyond: 0, where: 'up to it' },
  { beyond: 3, where: 'and goes on beside it' },
])(
  'what came early under a key given up before it counts no more once the station’s own comes $where',
  async ({ beyond }) => {
    expect(await codesOf(await county.report(station))).toEqual(['taken']);
    const [stolen, elsewhere] = [await copyOf(station, 'suozhang'), await copyOf(county.bureau, 'guanli')];
    await stolen.call('site.rename', { printingName: '甲' });
    await reportedElsewhere(elsewhere, stolen);
    for (const name of ['乙', '丙']) await stolen.call('site.rename', { printingName: name });
    const forged = await county.report(stolen);
    const [early] = await county.receive(forged);
    expect(early).toMatchObject({ problem: null, counts: { accepted: 0, held: early?.counts?.exported } });
    const [gap] = (await boardRow())?.gaps ?? [];

    await changed(station);
    while ((await station.call('handoff.state', {})).lastSeq < (gap?.[1] ?? 0) + beyond) await renamed('丁');
    const outcomes = await county.receive(await county.report(station));
    expect(outcomes).toMatchObject([{ problem: null, counts: { held: 0 }, letGo: early?.counts?.held }]);
    expect(await boardRow()).toMatchObject({ lastSeq: (gap?.[1] ?? 0) + beyond, gaps: [], quarantined: 0 });
    expect(await looksOf(forged)).toEqual(['bundle.key-superseded']);
    // Nor does it come in by another door.
    expect(await county.refound(SITE)).toMatchObject({ carried: 0, left: 0 });
  },
);

/** Changes the station's keys, and lets it sign with the former one as if nothing had happened. */
async function changedUnderTheFormer(): Promise<void> {
  let former: Buffer | null = null;
  await withFile(station, (db) => (former = secretsOf(db).get('site-signing-key')));
  await changed(station);
  await withFile(station, (db) => {
    if (former) secretsOf(db).put('site-signing-key', former);
    db.exec('DELETE FROM key_change');
  });
}

test('the very bundle that tells of the change is not taken from the former key', async () => {
  expect(await codesOf(await county.report(station))).toEqual(['taken']);
  await changedUnderTheFormer();
  const seq = (await boardRow())?.lastSeq;
  const report = await county.report(station);
  expect(await codesOf(report, report)).toEqual(['bundle.key-superseded', 'bundle.key-superseded']);
  expect(await boardRow()).toMatchObject({ lastSeq: seq, quarantined: 0 });
});

test('nor is it taken from the former key when it comes early', async () => {
  expect(await codesOf(await county.report(station))).toEqual(['taken']);
  await reportedElsewhere(await copyOf(county.bureau, 'guanli'));
  await changedUnderTheFormer();
  expect(await codesOf(await county.report(station))).toEqual(['bundle.key-superseded']);
  expect(await boardRow()).toMatchObject({ gaps: [] });
});

test('a bureau that lost its change of keys with its laptop is paired with anew, by a kit and its spoken code', async () => {
  await county.receive(await county.report(station));
  const restored = await copyOf(county.bureau, 'guanli');
  await changed(county.bureau);
  await taken(await returnAs('second.lijing'));
  expect(await refusalOf(await returnAs('third.lijing', restored))).toBe('bundle.key-superseded');

  const drive = await restored.drive(county.stick);
  const kit = await restored.call('handoff.issueKit', { site: SITE, drive });
  const file = await station.file(join(county.stick, kit.fileName), 'bundle');
  expect(await station.call('site.pair', { file, code: kit.spokenCode })).toMatchObject({ bureau: '青山县公安局' });
  expect(await taken(await returnAs('third.lijing', restored))).toMatchObject({ late: false });
  await renamed('甲');
  const report = await restored.file(await county.report(station), 'bundle');
  const [outcome] = await restored.call('handoff.importBundles', { files: [report] });
  expect(outcome?.problem).toBeNull();
});

test('a station is not known by keys to which nothing could be sealed', async () => {
  const site = '999999010200-1';
  const later = await county.station('999999010200', '桃花镇派出所');
  await withFile(later, (db) => db.prepare('UPDATE site SET recipient = ? WHERE code = ?').run('age1example', site));
  const report = await county.report(later);
  expect(await looksOf(report)).toEqual(['bundle.manifest-invalid']);
  expect(await codesOf(report)).toEqual(['bundle.manifest-invalid']);
  expect((await county.bureau.call('handoff.board', {})).find((row) => row.site === site)?.lastSeq).toBe(0);
});

test('a station is not drawn to another bureau', async () => {
  const bureau = await county.computer();
  await bureau.call('site.foundBureau', {
    ...{ name: '绿水县公安局', organCode: '999999020000', accountName: '系统管理员', loginName: 'guanli' },
    password: PASSWORD,
  });
  await bureau.call('handoff.registerStation', { name: '城关派出所', organCode: '999999010100' });
  const kit = await bureau.call('handoff.issueKit', { site: SITE, drive: await bureau.drive(county.stick) });
  const file = await station.file(join(county.stick, kit.fileName), 'bundle');
  expect(await station.refusal('site.pair', { file, code: kit.spokenCode })).toEqual({ code: 'site.already-paired' });
});
