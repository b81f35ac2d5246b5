import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Output } from '../../../shared/contract.ts';
import { type County, aCounty } from '../../support/county.ts';
import { aPhoto, photosIn, sessionWithPhotos } from '../../support/photos.ts';
import { aCore, type TestSite } from '../../support/site.ts';
import { somePeople } from '../../support/training.ts';

const SITE = '999999010100-1';
const KB = 1_000;
/** Room for two sessions of the tests, each with two photos of 100 kB. */
const TIGHT = 620 * KB;

let county: County;
let station: TestSite;
let people: readonly string[];
let photos: string;

beforeEach(async () => {
  county = await aCounty();
  station = await county.station('999999010100', '城关派出所');
  people = await somePeople(station, 2);
  photos = join(county.stick, 'photos');
  await mkdir(photos);
});
afterEach(() => county.close());

type Written = Output<'handoff.export'>;

async function write(freeBytes: number, continues: number | null = null): Promise<Written> {
  const drive = await station.drive(county.stick, { freeBytes });
  return station.call('handoff.export', { drive, medium: '', continues });
}

/** Writes on from stick to stick, all of one size. */
async function writeAll(freeBytes: number): Promise<readonly Written[]> {
  const parts = [await write(freeBytes)];
  for (let last = parts[0]; last?.rest; last = parts.at(-1)) parts.push(await write(freeBytes, last.number));
  return parts;
}

async function sessions(count: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const folder = join(photos, String(n));
    await mkdir(folder);
    ids.push(await sessionWithPhotos(station, people, await photosIn(folder, 2, 100 * KB), `集中学习${String(n)}`));
  }
  return ids;
}

const receive = (parts: readonly Written[]) =>
  county.receive(...parts.map(({ fileName }) => join(county.stick, fileName)));
const boardRow = async () => (await county.bureau.call('handoff.board', {}))[0];
const scansAtBureau = async (id: string) => {
  const { scans } = await county.bureau.call('training.getSession', { id });
  return Promise.all(scans.map(({ sha256 }) => county.bureau.call('training.getScan', { session: id, sha256 })));
};

test('what one stick cannot hold goes on the next ones, and arrives whole in whatever order they come', async () => {
  const ids = await sessions(5);
  const parts = await writeAll(TIGHT);
  expect(parts.length).toBeGreaterThan(2);
  expect(parts.map(({ attachments }) => attachments).reduce((sum, n) => sum + n)).toBe(10);
  for (const { sizeBytes } of parts) expect(sizeBytes).toBeLessThanOrEqual(TIGHT);
  parts.slice(1).forEach(({ first }, index) => expect(first).toBe((parts[index]?.last ?? 0) + 1));

  const outcomes = await receive(parts.toReversed());
  expect(outcomes.map(({ counts }) => (counts?.held ?? 0) > 0)).toEqual(parts.map((_, n) => n < parts.length - 1));
  expect(outcomes.every(({ problem, lacking }) => problem === null && lacking === 0)).toBe(true);
  expect(await boardRow()).toMatchObject({ lastSeq: parts.at(-1)?.last, gaps: [], quarantined: 0 });
  for (const id of ids) expect(await scansAtBureau(id)).toHaveLength(2);
});

test('the person is told what is on the stick and what waits, also after the application was closed', async () => {
  await sessions(3);
  const part = await write(TIGHT);
  expect(part.rest?.attachments).toBe(6 - part.attachments);
  expect(part.rest?.sizeBytes).toBe((part.rest?.attachments ?? 0) * 100 * KB);
  await station.core.shutdown();
  const again = await aCore({ dir: station.dir });
  await again.signIn('suozhang');
  const { unfinished } = await again.call('handoff.state', {});
  expect(unfinished).toEqual({ number: part.number, through: part.last, entries: part.rest?.entries });
  const drive = await again.drive(county.stick);
  await again.call('handoff.export', { drive, medium: '02', continues: part.number });
  expect((await again.call('handoff.state', {})).unfinished).toBeNull();
  const refusal = await again.refusal('handoff.export', { drive, medium: '02', continues: part.number });
  expect(refusal.code).toBe('handoff.nothing-to-continue');
  await again.core.shutdown();
  await station.signIn('suozhang');
});

test('a lost stick means beginning again from what is proven, nothing else', async () => {
  const ids = await sessions(4);
  const [, ...kept] = await writeAll(TIGHT);
  await receive(kept);
  expect((await boardRow())?.gaps).toHaveLength(1);
  await receive([await write(1e9)]);
  expect(await boardRow()).toMatchObject({ gaps: [], quarantined: 0 });
  for (const id of ids) expect(await scansAtBureau(id)).toHaveLength(2);
});

test('a photo that a receipt has proven received is not sent again when another entry names it', async () => {
  const [id = ''] = await sessions(1);
  expect((await write(1e9)).attachments).toBe(2);
  await receive([{ fileName: `report-${SITE}-0001.lijing` } as Written]);
  await county.answer(station, SITE);
  const again = await sessionWithPhotos(station, people, await pathsIn(join(photos, '0')), '同一张签到表');
  const second = await write(1e9);
  expect(second.attachments).toBe(0);
  const [outcome] = await receive([second]);
  expect(outcome).toMatchObject({ problem: null, lacking: 0 });
  for (const session of [id, again]) expect(await scansAtBureau(session)).toHaveLength(2);
});

const pathsIn = async (folder: string): Promise<string[]> => (await readdir(folder)).map((name) => join(folder, name));

test('a photo the bureau has lost is asked for in its receipt, sent once more, and then there', async () => {
  await sessions(1);
  await receive([await write(1e9)]);
  await county.answer(station, SITE);
  await rm(join(county.bureau.dir, 'attachments'), { recursive: true });
  const id = await sessionWithPhotos(station, people, await pathsIn(join(photos, '0')), '同一张签到表');
  const [outcome] = await receive([await write(1e9)]);
  expect(outcome).toMatchObject({ problem: null, lacking: 2, counts: { quarantined: 0, held: 0 } });
  await county.answer(station, SITE);
  const asked = await station.call('handoff.state', {});
  expect(asked).toMatchObject({ waiting: 0, attachmentsAsked: 1 });
  expect(asked.quarantined.map(({ code }) => code)).toEqual(['entry.attachment-missing']);

  const third = await write(1e9);
  expect(third.attachments).toBe(2);
  await receive([third]);
  expect(await scansAtBureau(id)).toHaveLength(2);
  await county.answer(station, SITE);
  expect(await station.call('handoff.state', {})).toMatchObject({ attachmentsAsked: 0, quarantined: [] });
});

test('a photo damaged on the disk does not keep the others from going', async () => {
  const [id = ''] = await sessions(2);
  const folder = join(station.dir, 'attachments');
  const [damaged = '', gone = ''] = await readdir(folder);
  await writeFile(join(folder, damaged), aPhoto(100 * KB));
  await rm(join(folder, gone));
  const part = await write(1e9);
  expect(part).toMatchObject({ attachments: 2, lost: 2, rest: null });
  const [outcome] = await receive([part]);
  expect(outcome).toMatchObject({ problem: null, lacking: 2 });
  expect((await county.bureau.call('training.getSession', { id })).scans).toHaveLength(2);
});

test('an entry that fits on no stick is refused before anything is written', async () => {
  const drive = await station.drive(county.stick, { freeBytes: 1_000 });
  const refusal = await station.refusal('handoff.export', { drive, medium: '' });
  expect(refusal).toMatchObject({ code: 'disk.full', detail: { freeBytes: 1_000 } });
  expect((await station.call('handoff.state', {})).bundles).toEqual([]);
});
