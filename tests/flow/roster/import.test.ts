import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkDigit } from '../../../shared/resident-id.ts';
import { aStation, type TestSite } from '../../support/site.ts';
import { ledgerPath } from '../../support/training.ts';

let site: TestSite;
beforeEach(async () => {
  site = await aStation();
});
afterEach(() => site.close());

const taken = async (name: string, edits: { row: number; field: string; value: string }[] = []) =>
  site.call('roster.commitImport', { file: await site.file(ledgerPath(name)), edits });
const preview = async (name: string) =>
  site.call('roster.previewImport', { file: await site.file(ledgerPath(name)), edits: [] });

test('every row of the three rosters is taken, put right by name, or refused with its reason', async () => {
  expect((await taken('城关派出所花名册.xlsx')).counts).toMatchObject({ total: 23, accepted: 18, repaired: 5 });
  const { counts, refused } = await taken('桃花镇人员名单.xlsx');
  expect(counts).toMatchObject({ total: 11, accepted: 6, repaired: 2, refused: 2, skipped: 1 });
  expect(refused.map(({ notes }) => notes[0]?.code)).toEqual(['roster.resident-id-invalid', 'roster.twice-in-file']);
  expect((await taken('龙沟派出所人员.csv')).counts).toMatchObject({ total: 5, repaired: 5 });
  const { active, onDuty } = await site.call('roster.counts', {});
  expect({ active, onDuty }).toEqual({ active: 36, onDuty: 34 });
});

test('a wrong number is mended in the wizard, and the person joins', async () => {
  const digits = '99999919720116029';
  const { counts } = await taken('桃花镇人员名单.xlsx', [
    { row: 6, field: 'residentId', value: digits + checkDigit(digits) },
  ]);
  expect(counts).toMatchObject({ repaired: 3, refused: 1 });
});

test('the same file again changes nothing, and what the record says otherwise by then is named', async () => {
  await taken('城关派出所花名册.xlsx');
  const journal = async () => (await site.call('handoff.state', {})).lastSeq;
  const before = await journal();
  expect((await taken('城关派出所花名册.xlsx')).counts).toMatchObject({ unchanged: 23, accepted: 0, repaired: 0 });
  expect(await journal()).toBe(before);

  const all = { statuses: [], identityKinds: [], ranks: [], posts: [], qualifications: [], station: null };
  const asked = { ...all, search: '刘子轩', sort: 'name' as const, descending: false, offset: 0, limit: 1 };
  const [{ id } = { id: '' }] = (await site.call('roster.listPersons', asked)).rows;
  const {
    id: _id,
    version,
    station: _s,
    stationName: _n,
    maskedResidentId: _m,
    ...facts
  } = await site.call('roster.getPerson', { id });
  const changed = { ...facts, post: '教导员', residentId: 'keep' as const };
  await site.call('roster.recordPerson', { id, version, facts: changed, reason: '任职', namesakeConfirmed: false });
  const row = (await preview('城关派出所花名册.xlsx')).rows.find(({ cells }) => cells['name'] === '刘子轩');
  expect(row).toMatchObject({
    verdict: 'unchanged',
    notes: [{ code: 'roster.differs-from-record', params: { fields: '职务' } }],
  });
});
