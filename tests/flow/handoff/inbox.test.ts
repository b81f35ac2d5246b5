import { copyFile, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PackageLook } from '../../../shared/handoff.ts';
import { MAX_FOUND_FILES } from '../../../shared/work.ts';
import { aCounty, type County } from '../../support/county.ts';
import { aCore, type TestSite } from '../../support/site.ts';

const SITE = '999999010100-1';
const folders: string[] = [];

let county: County;
let station: TestSite;
beforeEach(async () => {
  county = await aCounty();
  station = await county.station('999999010100', '城关派出所');
});
afterEach(async () => {
  await county.close();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lijing-inbox-'));
  folders.push(folder);
  return folder;
}

const rename = (name: string, site = station) => site.call('site.rename', { printingName: name });

async function lookAt(...paths: readonly string[]): Promise<readonly PackageLook[]> {
  const files = await Promise.all(paths.map((path) => county.bureau.file(path, 'bundle')));
  return county.bureau.call('handoff.lookAtBundles', { files });
}

const journalOf = (site: TestSite) => site.call('site.listEntries', { stream: null, before: null, limit: 200 });

/** A bundle with everything since the last receipt, received and answered. */
async function provenBundle(name: string): Promise<string> {
  await rename(name);
  const path = await county.report(station);
  await county.receive(path);
  await county.answer(station, SITE);
  return path;
}

test('what a bundle brings is told before it is imported, and nothing is taken by looking', async () => {
  await rename('甲');
  const path = await county.report(station);
  const before = await journalOf(county.bureau);
  const { lastSeq } = await station.call('handoff.state', {});
  const [look] = await lookAt(path);
  expect(look).toMatchObject({ standing: 'new', problem: null });
  expect(look?.sizeBytes).toBeGreaterThan(500);
  // The entry that notes the export stands behind what was exported.
  const last = lastSeq - 1;
  expect(look?.manifest).toMatchObject({
    ...{ site: SITE, station: '城关派出所', number: 1, medium: '01', range: [1, last] },
    ...{ entries: last, fresh: last, attachments: 0, missing: null },
  });
  expect(await journalOf(county.bureau)).toEqual(before);
  await county.receive(path);
  expect(await lookAt(path)).toMatchObject([{ standing: 'known', manifest: { fresh: 0 } }]);
  await rename('乙');
  const next = await county.report(station);
  // Nothing is proven to the station yet, so it brings all again: one part of it is held, one is fresh.
  const [again] = await lookAt(next);
  expect(again).toMatchObject({ standing: 'new', manifest: { range: [1, last + 2], fresh: 2 } });
});

test('a bundle that came before its forerunner is told as early, with what is missing', async () => {
  const copy = await aFolder();
  await county.bureau.core.shutdown();
  await cp(county.bureau.dir, copy, { recursive: true });
  await county.bureau.signIn('guanli');
  const first = await provenBundle('甲');
  const second = await provenBundle('乙');

  const behind = await aCore({ dir: copy });
  await behind.signIn('guanli');
  const file = await behind.file(second, 'bundle');
  const [early] = await behind.call('handoff.lookAtBundles', { files: [file] });
  const from = early?.manifest?.range?.[0] ?? 0;
  expect(early).toMatchObject({ standing: 'early', manifest: { missing: [1, from - 1] } });
  await behind.call('handoff.importBundles', { files: [file] });
  await behind.call('handoff.importBundles', { files: [await behind.file(first, 'bundle')] });
  expect(await behind.call('handoff.lookAtBundles', { files: [file] })).toMatchObject([{ standing: 'known' }]);
  await behind.core.shutdown();
});

test('a history that parted from the one held is told as a fork, behind the parting and at it', async () => {
  const copy = await aFolder();
  await county.receive(await county.report(station));
  await station.core.shutdown();
  await cp(station.dir, copy, { recursive: true });
  await station.signIn('suozhang');
  await provenBundle('甲');

  const parted = await aCore({ dir: copy });
  await parted.signIn('suozhang');
  await rename('乙', parted);
  expect(await lookAt(await county.report(parted))).toMatchObject([{ standing: 'fork' }]);
  await parted.core.shutdown();
});

test('files that are no bundle of ours are refused at sight, each with its reason', async () => {
  const { stick } = county;
  const elsewhere = await aCounty();
  const foreign = await elsewhere.report(await elsewhere.station('999999020100', '龙沟派出所'));
  const letter = join(stick, 'letter.lijing');
  await writeFile(letter, '这是一封信');
  const drive = await county.bureau.drive(stick);
  const kit = await county.bureau.call('handoff.issueKit', { site: SITE, drive });
  const looks = await lookAt(letter, foreign, join(stick, kit.fileName));
  expect(looks.map(({ standing }) => standing)).toEqual(['refused', 'refused', 'refused']);
  expect(looks.map(({ problem }) => problem?.code)).toEqual([
    'bundle.not-a-bundle',
    'bundle.not-for-us',
    'bundle.wrong-kind',
  ]);
  await elsewhere.close();
});

test('a folder, a stick and single files come to the same list, each file once', async () => {
  const { bureau } = county;
  const folder = await aFolder();
  await mkdir(join(folder, '城关所', '十一月'), { recursive: true });
  const bundle = await county.report(station);
  await copyFile(bundle, join(folder, 'b.lijing'));
  await copyFile(bundle, join(folder, '城关所', '十一月', 'a.LIJING'));
  await writeFile(join(folder, '城关所', '说明.txt'), '请查收');
  await writeFile(join(folder, 'c.lijing.part'), 'half');

  bureau.choose(folder, join(folder, 'b.lijing'));
  const dropped = await bureau.call('work.takeDropped', { kind: 'bundle' });
  expect(dropped.map(({ name }) => name)).toEqual(['b.lijing', 'a.LIJING']);
  const drive = await bureau.drive(folder);
  expect(await bureau.call('work.filesOn', { drive, kind: 'bundle' })).toEqual(dropped);
  bureau.choose(join(folder, 'b.lijing'));
  expect(await bureau.call('work.chooseFiles', { kind: 'bundle', many: true })).toMatchObject(dropped.slice(0, 1));
  expect(JSON.stringify(dropped)).not.toContain(folder);

  const nowhere = '33333333-3333-4333-8333-333333333333';
  expect(await bureau.refusal('work.filesOn', { drive: nowhere, kind: 'bundle' })).toEqual({ code: 'file.unknown' });
  bureau.choose(join(folder, 'gone.lijing'));
  expect(await bureau.refusal('work.takeDropped', { kind: 'bundle' })).toEqual({ code: 'file.unknown' });
});

test('a folder with more than a county brings in a year is not read', async () => {
  const folder = await aFolder();
  const names = Array.from({ length: MAX_FOUND_FILES + 1 }, (_each, index) => `${String(index)}.lijing`);
  await Promise.all(names.map((name) => writeFile(join(folder, name), '')));
  const drive = await county.bureau.drive(folder);
  expect(await county.bureau.refusal('work.filesOn', { drive, kind: 'bundle' })).toEqual({
    code: 'file.too-many',
    detail: { limit: MAX_FOUND_FILES },
  });
});

test('an import cancelled on its way leaves everything as before, also what was taken by then', async () => {
  const { bureau } = county;
  const bundle = await county.report(station);
  const before = await journalOf(bureau);
  const file = await bureau.file(bundle, 'bundle');
  bureau.listen((name, payload) => {
    const { jobId } = payload as { readonly jobId: string };
    if (name === 'work.progress') void bureau.call('work.cancelJob', { jobId });
  });
  const many = Array.from({ length: 100 }, () => file);
  expect(await bureau.refusal('handoff.importBundles', { files: many })).toEqual({ code: 'request.cancelled' });
  expect(await journalOf(bureau)).toEqual(before);
});

test('the progress of many packages is one, and never goes back', async () => {
  const { bureau } = county;
  const file = await bureau.file(await county.report(station), 'bundle');
  await bureau.call('handoff.importBundles', { files: Array.from({ length: 40 }, () => file) });
  const told = bureau.events
    .filter(({ name }) => name === 'work.progress')
    .map(({ payload }) => payload as { readonly call: string; readonly done: number; readonly total: number })
    .filter(({ call }) => call === 'handoff.importBundles');
  expect(told.length).toBeGreaterThan(1);
  expect(new Set(told.map(({ total }) => total)).size).toBe(1);
  const done = told.map((each) => each.done);
  expect(done).toEqual(done.toSorted((a, b) => a - b));
});
