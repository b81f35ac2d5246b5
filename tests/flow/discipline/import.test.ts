import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { aStation, type TestSite } from '../../support/site.ts';
import { importLedger, ledgerPath } from '../../support/training.ts';

let site: TestSite;

beforeEach(async () => {
  site = await aStation();
  for (const roster of ['城关派出所花名册.xlsx', '桃花镇人员名单.xlsx', '龙沟派出所人员.csv'])
    await importLedger(site, 'roster', roster);
});
afterEach(() => site.close());

const commit = async (path: string) => site.call('discipline.commitImport', { file: await site.file(path), edits: [] });
/** The verdict on each row and why. */
const verdicts = async (path: string) => {
  const { rows } = await site.call('discipline.previewImport', { file: await site.file(path), edits: [] });
  return rows.map(({ verdict, notes }) => [verdict, ...notes.map(({ code }) => code)]);
};

/** A ledger of the usual columns. */
async function aLedger(...rows: readonly string[]): Promise<string> {
  const path = join(site.dir, '台账.csv');
  const heading = '编号,发现时间,来源,当事人,问题类别,主要事实,核查人,核查期限,处理意见,处理时间,状态';
  await writeFile(path, `﻿${[heading, ...rows].join('\r\n')}\r\n`);
  return path;
}

test('the discipline ledger comes in, and a second time changes nothing', async () => {
  const { counts, refused } = await commit(ledgerPath('监督执纪台账.xlsx'));
  expect(refused.flatMap(({ notes }) => notes)).toEqual([]);
  expect(counts).toMatchObject({ total: 11, accepted: 11 });
  const incidents = await site.call('discipline.listIncidents', { overdueOnly: false });
  expect(incidents.filter(({ state }) => state === 'closed')).toHaveLength(8);
  expect(incidents.filter(({ isOverdue }) => isOverdue).map(({ number }) => number)).toEqual([
    'JD2026-009',
    'JD2026-006',
    'JD2026-003',
  ]);
  expect((await commit(ledgerPath('监督执纪台账.xlsx'))).counts).toMatchObject({ total: 11, unchanged: 11 });
  expect(await site.call('discipline.listIncidents', { overdueOnly: false })).toEqual(incidents);
});

test('each row is judged for itself, with the reason', async () => {
  const known = ',2026.03.05,自查,艾俊杰,语言粗暴,窗口态度生硬,孙雨,2026.04.05';
  const path = await aLedger(
    `${known},,,核查中`,
    `${known},,,核查中`,
    ',2026.03.06,,艾俊杰,语言粗暴,窗口态度生硬,,,,,线索',
    ',2026.03.07,自查,张三丰,语言粗暴,窗口态度生硬,,,,,线索',
    ',2026.03.08,自查,艾俊杰,语言粗暴,窗口态度生硬,,,诫勉,2026.04.01,已办结',
    ',2026.03.09,自查,艾俊杰,语言粗暴,窗口态度生硬,,,谈话提醒,,已办结',
    ',2026.03.10,自查,艾俊杰,语言粗暴,窗口态度生硬,艾俊杰,,,,核查中',
    ',2027.03.11,自查,艾俊杰,语言粗暴,窗口态度生硬,,,,,线索',
    ',2026.03.12,自查,艾俊杰,语言粗暴,窗口态度生硬,,,口头表扬,2026.04.01,已办结',
    ',2026.03.13,自查,艾俊杰,语言粗暴,窗口态度生硬,,,,,待核查',
  );
  expect(await verdicts(path)).toEqual([
    ['accepted'],
    ['unchanged', 'discipline.same-as-row'],
    ['repaired', 'discipline.source-assumed'],
    ['refused', 'discipline.not-on-roster'],
    ['refused', 'discipline.measure-of-the-bureau', 'import.required'],
    ['refused', 'import.required'],
    ['refused', 'discipline.concerned-verifies'],
    ['refused', 'discipline.date-in-future'],
    ['refused', 'import.value-unknown', 'import.required'],
    ['accepted'],
  ]);
  await commit(path);
  const states = (await site.call('discipline.listIncidents', { overdueOnly: false })).map(({ state }) => state);
  expect(states.sort()).toEqual(['lead', 'lead', 'verifying']);
});

test('a row about the person who imports is refused, one about another chief gets a number he does not see', async () => {
  const ALL = { statuses: [], identityKinds: [], ranks: [], posts: [], qualifications: [], station: null };
  const find = { ...ALL, search: '艾俊杰', sort: 'name' as const, descending: false, offset: 0, limit: 10 };
  const { rows } = await site.call('roster.listPersons', find);
  await site.account('jiaodao', ['chief'], rows[0]?.id ?? '');
  const path = await aLedger('JD2026-003,2026.03.05,自查,艾俊杰,语言粗暴,窗口态度生硬,,,,,线索');
  await site.signIn('jiaodao');
  expect(await verdicts(path)).toEqual([['refused', 'discipline.about-yourself']]);
  await site.signIn('suozhang');
  await commit(path);
  expect(await site.call('discipline.listIncidents', { overdueOnly: false })).toMatchObject([
    { number: 'JDH2026-001' },
  ]);
  expect((await commit(path)).counts).toMatchObject({ unchanged: 1 });
  await site.signIn('jiaodao');
  expect(await site.call('discipline.listIncidents', { overdueOnly: false })).toEqual([]);
});
