import { copyFile, cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type County, aCounty } from '../../support/county.ts';
import { aCore, aStation, PASSWORD, type TestSite } from '../../support/site.ts';

const SITE = '999999010100-1';
let county: County;
let station: TestSite;

beforeEach(async () => {
  county = await aCounty();
  station = await county.station('999999010100', '城关派出所');
});
afterEach(async () => {
  await county.close();
  for (const copy of copies.splice(0)) await rm(copy, { recursive: true, force: true });
});

const copies: string[] = [];

const rename = (name: string) => station.call('site.rename', { printingName: name });
const boardRow = async () => (await county.bureau.call('handoff.board', {}))[0];

test('a kit founds the station it was made for, with the bureau it came from', async () => {
  const { site } = await station.call('site.status', {});
  expect(site).toMatchObject({ code: SITE, kind: 'station', name: '城关派出所', bureauName: '青山县公安局' });
});

test('everything exported is accounted for, and the receipt proves it', async () => {
  await rename('城关派出所（本部）');
  const [outcome] = await county.receive(await county.report(station));
  expect(outcome).toMatchObject({ station: '城关派出所', number: 1, problem: null });
  const { exported = 0, accepted = 0, alreadyKnown, quarantined, held } = outcome?.counts ?? {};
  expect([exported, alreadyKnown, quarantined, held]).toEqual([accepted, 0, 0, 0]);
  expect(exported).toBeGreaterThan(2);
  await county.answer(station, SITE);
  expect(await station.call('handoff.state', {})).toMatchObject({ waiting: 0, provenThrough: exported, missing: [] });
});

test('the same bundle ten times changes nothing after the first', async () => {
  const path = await county.report(station);
  await county.receive(path);
  const before = await county.bureau.call('site.listEntries', { stream: null, before: null, limit: 200 });
  const outcomes = await county.receive(...Array.from({ length: 10 }, () => path));
  for (const { counts } of outcomes) expect(counts).toMatchObject({ accepted: 0, alreadyKnown: counts?.exported });
  const after = await county.bureau.call('site.listEntries', { stream: null, before: null, limit: 200 });
  expect(after.entries).toEqual(before.entries);
});

test('bundles taken in any order end in the same state, with every gap named on the way', async () => {
  // A bureau that comes back from a copy made before the first bundle lacks what its receipts have proven since.
  const copy = await copyOf(county.bureau);
  const paths: string[] = [];
  for (const name of ['甲', '乙', '丙']) {
    await rename(name);
    paths.push(await county.report(station));
    await county.receive(...paths.slice(-1));
    await county.answer(station, SITE);
  }
  const expected = (await boardRow())?.lastSeq;
  for (const order of [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ]) {
    const bureau = await aCore({ dir: await copyOf({ dir: copy }) });
    await bureau.signIn('guanli');
    let taken = 0;
    for (const index of order) {
      const file = await bureau.file(paths[index] ?? '', 'bundle');
      const [outcome] = await bureau.call('handoff.importBundles', { files: [file] });
      const { exported = 0, accepted = 0, held = 0 } = outcome?.counts ?? {};
      expect(exported).toBe(accepted + held);
      taken += 1;
      const [row] = await bureau.call('handoff.board', {});
      const early = order.slice(0, taken).some((one) => order.slice(taken).some((later) => later < one));
      expect((row?.gaps.length ?? 0) > 0).toBe(early);
    }
    const [row] = await bureau.call('handoff.board', {});
    expect(row).toMatchObject({ lastSeq: expected, gaps: [], quarantined: 0 });
    expect(await bureau.call('site.checkChain', {})).toMatchObject({ faults: [] });
    await bureau.core.shutdown();
  }
});

/** A copy of everything a closed site keeps, as a backup program would make it. */
async function copyOf({ dir, core }: { dir: string; core?: TestSite['core'] }): Promise<string> {
  await core?.shutdown();
  const copy = await mkdtemp(join(tmpdir(), 'lijing-copy-'));
  copies.push(copy);
  await cp(dir, copy, { recursive: true });
  if (core) await county.bureau.signIn('guanli');
  return copy;
}

test('a bundle is bound to its bureau, its station and its bytes', async () => {
  const path = await county.report(station);
  const other = await aCounty();
  const stranger = await other.station('999999020100', '龙沟派出所');
  const foreign = await other.report(stranger);

  expect((await county.receive(foreign))[0]?.problem?.code).toBe('bundle.not-for-us');
  const bytes = await readFile(path);
  const damaged = join(county.stick, 'damaged.lijing');
  await writeFile(damaged, Buffer.concat([bytes.subarray(0, bytes.length / 2)]));
  expect((await county.receive(damaged))[0]?.problem?.code).toBe('bundle.damaged');
  await writeFile(damaged, '不是上报包');
  expect((await county.receive(damaged))[0]?.problem?.code).toBe('bundle.not-a-bundle');
  expect((await boardRow())?.lastSeq).toBe(0);

  // One bad package never stops the good one beside it.
  const outcomes = await county.receive(damaged, path);
  expect(outcomes.map(({ problem }) => problem?.code ?? 'taken')).toEqual(['bundle.not-a-bundle', 'taken']);
  await other.close();
});

test('a wrong spoken code opens no kit, whether misheard or of another kit', async () => {
  const { bureau, stick } = county;
  const { site } = await bureau.call('handoff.registerStation', { name: '桃花镇派出所', organCode: '999999010200' });
  const kit = await bureau.call('handoff.issueKit', { site, drive: await bureau.drive(stick) });
  const again = await bureau.call('handoff.issueKit', { site: SITE, drive: await bureau.drive(stick) });
  const file = await station.file(join(stick, kit.fileName), 'bundle');
  for (const code of ['0000-0000-0000-0000', again.spokenCode])
    expect(await station.refusal('site.readKit', { file, code })).toMatchObject({ code: 'bundle.wrong-code' });
  const read = await station.call('site.readKit', { file, code: kit.spokenCode.toLowerCase() });
  expect(read).toMatchObject({ station: '桃花镇派出所', bureau: '青山县公安局' });
});

test('a station restored from an old copy that goes on otherwise is a fork, named and not merged', async () => {
  await county.receive(await county.report(station));
  await station.core.shutdown();
  const oldCopy = await copyOf({ dir: station.dir });
  await station.signIn('suozhang');
  await rename('甲');
  await county.receive(await county.report(station));
  const before = await boardRow();

  const restored = await aCore({ dir: oldCopy });
  await restored.signIn('suozhang');
  await restored.call('site.rename', { printingName: '乙' });
  const forked = await county.report(restored);
  expect((await county.receive(forked))[0]?.problem).toMatchObject({ code: 'journal.fork' });
  expect(await boardRow()).toEqual({ ...before, fork: expect.objectContaining({ entries: 1 }) });
  await restored.close();
});

test('a return of a bureau that does not hold our history is refused', async () => {
  await county.receive(await county.report(station));
  const { fileName } = await county.bureau.call('handoff.writeReturn', {
    site: SITE,
    drive: await county.bureau.drive(county.stick),
  });
  const other = await aCounty();
  const stranger = await other.station('999999010100', '城关派出所');
  const file = await stranger.file(join(county.stick, fileName), 'bundle');
  expect(await stranger.refusal('handoff.importReturn', { file })).toMatchObject({ code: 'bundle.not-for-us' });
  await other.close();
});

test('a station without a bureau exports nothing, a full or read-only stick is told in time', async () => {
  await rename('丙');
  const full = await station.drive(county.stick, { readOnly: true });
  expect(await station.refusal('handoff.export', { drive: full, medium: '' })).toMatchObject({
    code: 'disk.read-only',
  });
  const gone = await station.drive(join(county.stick, 'gone'));
  expect(await station.refusal('handoff.export', { drive: gone, medium: '' })).toMatchObject({ code: 'disk.gone' });
  expect((await station.call('handoff.state', {})).bundles).toEqual([]);
});

test('a station founded on its own pairs later and hands over all it has', async () => {
  const alone = await aStation({ organCode: '999999010300', name: '龙沟派出所' });
  const { site } = await county.bureau.call('handoff.registerStation', {
    name: '龙沟派出所',
    organCode: '999999010300',
  });
  const kit = await county.bureau.call('handoff.issueKit', { site, drive: await county.bureau.drive(county.stick) });
  const drive = await alone.drive(county.stick);
  expect(await alone.refusal('handoff.export', { drive, medium: '' })).toMatchObject({ code: 'handoff.not-paired' });
  const file = await alone.file(join(county.stick, kit.fileName), 'bundle');
  expect(await alone.call('site.pair', { file, code: kit.spokenCode })).toMatchObject({ bureau: '青山县公安局' });
  const [outcome] = await county.receive(await county.report(alone));
  expect(outcome?.counts?.accepted).toBe(outcome?.counts?.exported);
  await alone.close();
});

test('nothing readable stands on the stick or beside the database', async () => {
  await county.report(station);
  const paths = [station.dir, county.stick, county.bureau.dir];
  for (const dir of paths)
    for (const name of await readdir(dir, { recursive: true, withFileTypes: true })) {
      if (!name.isFile()) continue;
      const bytes = await readFile(join(name.parentPath, name.name));
      for (const canary of ['值班所长', '城关派出所', 'suozhang', PASSWORD])
        expect(bytes.includes(canary), `${canary} in ${name.name}`).toBe(false);
    }
});

test('copies are kept until the receipt comes', async () => {
  const path = await county.report(station);
  await copyFile(path, `${path}.kept`);
  expect((await station.call('handoff.state', {})).bundles).toMatchObject([{ copyKept: true, proven: false }]);
  await county.receive(path);
  await county.answer(station, SITE);
  expect((await station.call('handoff.state', {})).bundles).toMatchObject([{ copyKept: false, proven: true }]);
});
