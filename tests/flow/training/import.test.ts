import { afterEach, beforeEach, expect, test } from 'vitest';
import { aStation, type TestSite } from '../../support/site.ts';
import { importLedger, ledgerPath } from '../../support/training.ts';

const LEDGER = '城关派出所2026年训练台账.xlsx';
let site: TestSite;

beforeEach(async () => {
  site = await aStation();
  await importLedger(site, 'roster', '城关派出所花名册.xlsx');
});
afterEach(() => site.close());

test('the year’s ledger comes in, every row accounted for, and a second time changes nothing', async () => {
  const { counts, refused } = await importLedger(site, 'training', LEDGER);
  expect(counts).toEqual({ total: 66, accepted: 63, repaired: 1, unchanged: 0, refused: 2, skipped: 0 });
  expect(refused.map(({ rowNumber, notes }) => [rowNumber, notes[0]?.code])).toEqual([
    [67, 'import.not-a-date'],
    [68, 'training.not-on-roster'],
  ]);
  const again = await importLedger(site, 'training', LEDGER);
  expect(again.counts).toMatchObject({ accepted: 0, repaired: 0, refused: counts.refused });
  const sessions = await site.call('training.listSessions', { from: '2026-01-01', to: '2026-12-31', station: null });
  expect(sessions).toHaveLength(counts.accepted + counts.repaired);
});

test('names, reasons, scores and hours are read as the station writes them', async () => {
  const file = await site.file(ledgerPath(LEDGER));
  const preview = await site.call('training.previewImport', { file, edits: [] });
  expect(preview.rows.find(({ verdict }) => verdict === 'repaired')?.notes).toMatchObject([
    { code: 'import.number-in-text', field: 'hours', params: { value: '3' } },
  ]);
  await site.call('training.commitImport', { file, edits: [] });
  const [first] = await site.call('training.listSessions', { from: '2026-01-01', to: '2026-01-01', station: null });
  expect(first).toMatchObject({
    title: '体能测试',
    kind: 'COMBAT',
    instructor: '县局法制大队',
    expected: 21,
    present: 18,
  });
  const { attendance, people } = await site.call('training.getSession', { id: first?.id ?? '' });
  const of = (name: string) =>
    attendance.find(({ personId }) => personId === people.find((one) => one.name === name)?.personId);
  expect(of('刘子轩')).toMatchObject({ state: 'PRESENT', result: 52 });
  expect(of('区永红')).toMatchObject({ state: 'EXCUSED', reason: '出警', result: 'NOT_ASSESSED' });
});

test('a refused row is mended in the wizard and comes in', async () => {
  const file = await site.file(ledgerPath(LEDGER));
  const edits = [{ row: 67, field: 'heldOn', value: '2026-10-05' }];
  const { rows } = await site.call('training.previewImport', { file, edits });
  expect(rows.find(({ rowNumber }) => rowNumber === 67)).toMatchObject({ verdict: 'repaired' });
});
