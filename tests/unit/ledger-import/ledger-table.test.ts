import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sheetsOf } from '../../support/sheets.ts';
import type { Cell, Grid } from '../../../shared/grid.ts';
import type { FieldSpec } from '../../../shared/ledger-import.ts';
import { headingForms, readLedger } from '../../../shared/ledger-table.ts';
import { rosterFields } from '../../../shared/roster-import.ts';

const ledgers = join(import.meta.dirname, '../../ledgers');
const fieldsNamed = (...labels: readonly string[]): FieldSpec[] =>
  labels.map((label) => ({ field: label, label, headings: [] }));
const sheet = (...rows: readonly (readonly Cell[])[]): Grid => ({ sheets: [{ name: '表一', rows }] });

async function gridOf(name: string): Promise<Grid> {
  const grid = await sheetsOf(join(ledgers, name));
  if (!grid.ok) throw new Error(grid.problem.code);
  return grid.value;
}

const training = fieldsNamed('训练日期', '训练内容', '授课人', '学时', '参训人员', '考核情况');
const pairs = fieldsNamed('师父', '徒弟', '结对时间', '期满时间');
const discipline = fieldsNamed('编号', '发现时间', '当事人', '主要事实', '状态');

describe('finding the heading', () => {
  it.each([
    ['城关派出所花名册.xlsx', rosterFields, 3, 17, 23],
    ['桃花镇人员名单.xlsx', rosterFields, 1, 12, 11],
    ['龙沟派出所人员.csv', rosterFields, 1, 6, 5],
    ['城关派出所2026年训练台账.xlsx', training, 2, 6, 66],
    ['师徒结对名单.xlsx', pairs, 2, 4, 14],
    ['监督执纪台账.xlsx', discipline, 2, 5, 11],
  ] as const)('finds it in %s', async (name, fields, headerRow, columns, rows) => {
    const table = readLedger<string>(await gridOf(name), fields, { edits: [] });
    expect({ sheet: table.sheet, headerRow: table.headerRow, rows: table.rows.length }).toEqual({
      sheet: 0,
      headerRow,
      rows,
    });
    expect(Object.keys(table.mapping)).toHaveLength(columns);
    expect(table.missing).toEqual([]);
  });

  it('takes the sheet that has one', () => {
    const grid = {
      sheets: [
        { name: '说明', rows: [['本表按月填写']] },
        {
          name: '名单',
          rows: [
            ['师父', '徒弟'],
            ['甲', '乙'],
          ],
        },
      ],
    };
    expect(readLedger(grid, pairs, { edits: [] })).toMatchObject({ sheet: 1, headerRow: 1 });
  });

  it('says that there is none rather than taking the first row', () => {
    const table = readLedger(sheet(['张三', '李四'], ['王五', '赵六']), pairs, { edits: [] });
    expect(table).toMatchObject({ headerRow: null, rows: [], mapping: {} });
    expect(table.top[0]?.cells).toEqual(['张三', '李四']);
  });

  it('follows the person who points at another row and another column', () => {
    const grid = sheet(['师父', '徒弟'], ['带教人', '新警'], ['甲', '乙']);
    const table = readLedger(grid, pairs, { headerRow: 2, mapping: { 师父: 1, 徒弟: 0, 不存在: 0 }, edits: [] });
    expect(table.mapping).toEqual({ 师父: 1, 徒弟: 0 });
    expect(table.rows.map(({ cells }) => [cells['师父'], cells['徒弟']])).toEqual([['乙', '甲']]);
  });

  it('names required columns that nothing was found for', () => {
    const fields = [
      { field: 'a', label: '师父', headings: [], required: true },
      { field: 'b', label: '徒弟', headings: [] },
    ];
    const spec = [...fields, { field: 'c', label: '结对时间', headings: [], required: true }];
    expect(readLedger<string>(sheet(['师父', '徒弟'], ['甲', '乙']), spec, { edits: [] }).missing).toEqual(['c']);
  });

  it('takes spaces, widths and brackets out of headings', () => {
    expect(headingForms('警  衔')).toContain('警衔');
    expect(headingForms('联系电话（手机）')).toContain('联系电话');
    expect(headingForms('入警（工作）时间')).toContain('入警工作时间');
    expect(headingForms('＊姓　名：')).toEqual(['姓名']);
  });
});

describe('telling data rows from others', () => {
  const reasons = (...rows: readonly (readonly Cell[])[]): (string | null)[] =>
    readLedger(sheet(['师父', '徒弟', '备注'], ...rows), fieldsNamed('师父', '徒弟', '备注'), { edits: [] }).rows.map(
      ({ skip }) => skip,
    );

  it('skips blanks, totals, repeated headings and footnotes, and nothing else', () => {
    expect(
      reasons(
        ['甲', '乙', '合计三次'],
        [],
        ['合计', '9人'],
        ['师父', '徒弟', '备注'],
        ['填表人：某某', null, null],
        [null, '丁', null],
      ),
    ).toEqual([null, 'blank', 'total', 'heading-repeated', 'footnote', null]);
  });

  it('takes the mended cell for the one in the file, also in a row that was skipped', () => {
    const table = readLedger(sheet(['师父', '徒弟'], ['甲', '乙'], []), pairs, {
      edits: [
        { row: 2, field: '徒弟', value: '丙' },
        { row: 3, field: '师父', value: '丁' },
      ],
    });
    expect(table.rows.map(({ cells, skip }) => [cells['师父'], cells['徒弟'], skip])).toEqual([
      ['甲', '丙', null],
      ['丁', null, null],
    ]);
  });
});
