import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Input } from '../../../shared/contract.ts';
import { lossSteps } from '../../../shared/media.ts';
import { behind, foreignEntry } from '../../support/behind.ts';
import { aCounty, type County } from '../../support/county.ts';
import type { TestSite } from '../../support/site.ts';

const SITE = '999999010100-1';

let county: County;
let station: TestSite;
beforeEach(async () => {
  county = await aCounty();
  station = await county.station('999999010100', '城关派出所');
});
afterEach(() => county.close());

type Draft = Input<'media.recordStick'>;
const record = async (number: string, site = station): Promise<string> => {
  const draft: Draft = { number, kind: 'usb', capacityGb: 32, remarks: null };
  return (await site.call('media.recordStick', draft)).id;
};
const open = (id: string, site = station) => site.call('media.openStick', { site: SITE, id });
const on = '2026-11-20';
const lose = (id: string) => station.call('media.reportLoss', { id, on, circumstances: '送县局途中遗失' });
const tick = (id: string, step: (typeof lossSteps)[number], note: string | null = null) =>
  station.call('media.tickLossStep', { id, step, note });

test('a stick goes out with its holder and comes back, and both are in its file', async () => {
  const id = await record('03');
  await station.call('media.issueStick', { id, holder: '王民警', on, remarks: '送上报包' });
  expect(await station.call('media.list', {})).toMatchObject([
    { number: '03', state: 'out', holder: '王民警', since: on },
  ]);
  await station.call('media.takeBackStick', { id, on: '2026-11-21', remarks: null });
  const { state, holder, movements } = await open(id);
  expect({ state, holder }).toEqual({ state: 'in', holder: null });
  expect(movements.map(({ kind, words, by }) => [kind, words, by])).toEqual([
    ['media.stick-returned', null, '值班所长'],
    ['media.stick-issued', '王民警　送上报包', '值班所长'],
  ]);
});

test('a number is given once, and only what a stick allows is done with it', async () => {
  const id = await record('03');
  const again = { number: '03', kind: 'disk', capacityGb: null, remarks: null } as const;
  expect(await station.refusal('media.recordStick', again)).toEqual({ code: 'media.number-taken' });
  const notNow = { code: 'media.not-now' };
  expect(await station.refusal('media.takeBackStick', { id, on, remarks: null })).toEqual(notNow);
  expect(await station.refusal('media.reportFound', { id, on, remarks: '抽屉里' })).toEqual(notNow);
  expect(await station.refusal('media.tickLossStep', { id, step: 'report', note: null })).toEqual(notNow);
  await station.call('media.retireStick', { id, on, reason: '接口损坏' });
  expect(await station.refusal('media.issueStick', { id, holder: '王民警', on, remarks: null })).toEqual(notNow);
  const unknown = '33333333-3333-4333-8333-333333333333';
  expect(await station.refusal('media.retireStick', { id: unknown, on, reason: '无' })).toEqual({
    code: 'media.stick-unknown',
  });
});

test('a loss is worked off step by step, concluded last, and begins anew when it happens again', async () => {
  const id = await record('03');
  await lose(id);
  expect((await open(id)).steps.map(({ step, done }) => [step, done])).toEqual(lossSteps.map((step) => [step, null]));
  await tick(id, 'report', '已报周所长');
  expect(await station.refusal('media.tickLossStep', { id, step: 'report', note: null })).toEqual({
    code: 'media.not-now',
  });
  expect(await station.refusal('media.tickLossStep', { id, step: 'conclude', note: null })).toEqual({
    code: 'media.steps-open',
  });
  for (const step of ['search', 'contents', 'replace', 'conclude'] as const) await tick(id, step);
  expect(await station.call('media.list', {})).toMatchObject([{ state: 'lost', openSteps: 0 }]);
  expect((await open(id)).steps[0]?.done).toMatchObject({ by: '值班所长', note: '已报周所长' });
  await station.call('media.reportFound', { id, on, remarks: '车座下找到' });
  expect((await open(id)).steps).toEqual([]);
  await lose(id);
  expect(await station.call('media.list', {})).toMatchObject([{ state: 'lost', openSteps: lossSteps.length }]);
});

test('what was written to a stick, for whom, and whether it has arrived, is in its file', async () => {
  const id = await record('01');
  const bundle = await county.report(station);
  const [carried] = (await open(id)).carried;
  expect(carried).toMatchObject({ kind: 'report', number: 1, to: '青山县公安局', proven: false });
  await county.receive(bundle);
  await county.answer(station, SITE);
  expect((await open(id)).carried).toMatchObject([{ number: 1, proven: true }]);
});

test('a marked stick is recognised by a random id alone; what else lies on a drive is nobody’s stick', async () => {
  const id = await record('01');
  const drive = await station.drive(county.stick);
  expect(await station.call('media.recognise', { drive })).toBeNull();
  await station.call('media.markStick', { id, drive });
  expect(await station.call('media.recognise', { drive })).toMatchObject({ id, number: '01', state: 'in' });
  const mark = join(county.stick, 'lijing-medium.json');
  expect(JSON.parse(await readFile(mark, 'utf8'))).toEqual({ v: 1, id });
  for (const other of ['{"v":1,"id":"33333333-3333-4333-8333-333333333333"}', '{}', 'x', `"${'x'.repeat(2_000)}"`]) {
    await writeFile(mark, other);
    expect(await station.call('media.recognise', { drive })).toBeNull();
  }
  const elsewhere = '33333333-3333-4333-8333-333333333333';
  expect(await station.refusal('media.markStick', { id, drive: elsewhere })).toEqual({ code: 'handoff.drive-unknown' });
});

test('the bureau reads its stations’ ledgers beside its own, and moves only its own sticks', async () => {
  const id = await record('03');
  const own = await record('03', county.bureau);
  await lose(id);
  await county.receive(await county.report(station));
  expect(await county.bureau.call('media.list', {})).toMatchObject([
    { station: '青山县公安局', number: '03', isOwn: true, state: 'in' },
    { station: '城关派出所', number: '03', isOwn: false, state: 'lost', openSteps: 5 },
  ]);
  expect((await open(id, county.bureau)).movements).toMatchObject([{ words: '送县局途中遗失', by: '值班所长' }]);
  const found = { id, on, remarks: '找到' };
  expect(await county.bureau.refusal('media.reportFound', found)).toEqual({ code: 'media.stick-unknown' });
  expect(await county.bureau.refusal('media.tickLossStep', { id, step: 'report', note: null })).toEqual({
    code: 'media.stick-unknown',
  });
  await county.bureau.call('media.issueStick', { id: own, holder: '李科员', on, remarks: null });
});

test('a movement a station’s ledger could not have allowed is not taken in by the bureau', async () => {
  const id = await record('03');
  await behind(station, 'suozhang', (db) => {
    foreignEntry(db, SITE, { kind: 'media.stick-returned', body: { id, on, remarks: null } });
  });
  const [outcome] = await county.receive(await county.report(station));
  expect(outcome?.counts?.quarantined).toBe(1);
  expect(await county.bureau.call('quarantine.county', {})).toMatchObject([{ code: 'media.not-now' }]);
});
