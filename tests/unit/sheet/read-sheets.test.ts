import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sheetsOf } from '../../support/sheets.ts';
import type { Cell } from '../../../shared/grid.ts';
import { workbookParts, xlsxOf, zipOf } from '../../support/xlsx.ts';

const ledgers = join(import.meta.dirname, '../../ledgers');
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lijing-sheet-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const save = async (name: string, bytes: Uint8Array | string): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
};

async function rowsOf(path: string): Promise<readonly (readonly Cell[])[]> {
  const grid = await sheetsOf(path);
  if (!grid.ok) throw new Error(grid.problem.code);
  return grid.value.sheets[0]?.rows ?? [];
}

async function refusal(path: string): Promise<string> {
  const grid = await sheetsOf(path);
  if (grid.ok) throw new Error('was read');
  return grid.problem.code;
}

const STYLES = `<numFmts><numFmt numFmtId="60" formatCode="yyyy-mm-dd"/><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/>
  <numFmt numFmtId="171" formatCode="0.00_ "/><numFmt numFmtId="172" formatCode="#,##0;[Red]-#,##0"/></numFmts>
  <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
  <cellXfs><xf numFmtId="0"/><xf numFmtId="60"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="172"/><xf numFmtId="14"/></cellXfs>`;
const cell = (style: number, value: string): string => `<c s="${style}"><v>${value}</v></c>`;

describe('reading an xlsx', () => {
  it('shows a date as its day, whichever way the file says that it is one', async () => {
    const cells = `<row r="1">${cell(1, '25953')}${cell(2, '34547')}${cell(5, '46000.75')}</row>`;
    const path = await save('dates.xlsx', zipOf(workbookParts({ cells, styles: STYLES })));
    expect(await rowsOf(path)).toEqual([[{ date: '1971-01-20' }, { date: '1994-08-01' }, { date: '2025-12-09' }]]);
  });

  it('counts days from 1904 where the workbook does', async () => {
    const book = { cells: `<row>${cell(1, '0.5')}${cell(1, '24491')}</row>`, styles: STYLES };
    const path = await save('mac.xlsx', zipOf(workbookParts({ ...book, workbookPr: '<workbookPr date1904="1"/>' })));
    expect((await rowsOf(path))[0]?.[1]).toEqual({ date: '1971-01-20' });
  });

  it('keeps the text of a number that is shown otherwise than it is counted', async () => {
    const cells = `<row r="1">${cell(3, '2026.1')}${cell(0, '2026.1')}${cell(4, '3')}</row>`;
    const path = await save('numbers.xlsx', zipOf(workbookParts({ cells, styles: STYLES })));
    expect(await rowsOf(path)).toEqual([['2026.10', 2026.1, 3]]);
  });

  it('reads shared, rich, inline and formula texts, without the reading aids', async () => {
    const strings =
      '<si><t>所长 &amp; 民警</t></si><si><r><t>教导</t></r><r><t xml:space="preserve">员</t></r><rPh sb="0"><t>jiao</t></rPh></si>';
    const cells = `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c>
      <c r="D1" t="inlineStr"><is><t>内勤</t></is></c><c r="E1" t="str"><f>A1</f><v>值班</v></c>
      <c r="F1" t="e"><v>#N/A</v></c><c r="G1" t="b"><v>1</v></c><c r="H1" t="str"><f>A1</f></c></row>`;
    const path = await save('texts.xlsx', zipOf(workbookParts({ cells, strings })));
    expect(await rowsOf(path)).toEqual([['所长 & 民警', null, '教导员', '内勤', '值班', '#N/A', true]]);
  });

  it('leaves no trace of rows that are only formatted', async () => {
    const cells =
      '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row><row r="1048576"><c r="A1048576" s="1"/></row>';
    expect(await rowsOf(await save('formatted.xlsx', zipOf(workbookParts({ cells }))))).toEqual([['姓名']]);
  });
});

describe('reading a csv', () => {
  it('reads the station’s GB18030 file', async () => {
    const rows = await rowsOf(join(ledgers, '龙沟派出所人员.csv'));
    expect(rows[0]).toEqual(['姓名', '性别', '身份证号', '身份', '职务', '参加工作时间']);
    expect(rows).toHaveLength(6);
  });

  it.each([
    ['commas', '姓名,备注\r\n张三,"一,二\n""三"""\r\n'],
    ['semicolons and a mark', '\uFEFF姓名;备注\n张三;"一,二\n""三"""'],
    ['tabs', '姓名\t备注\n张三\t"一,二\n""三"""\n\n'],
  ])('reads UTF-8 with %s', async (name, content) => {
    expect(await rowsOf(await save(`${name}.csv`, content))).toEqual([
      ['姓名', '备注'],
      ['张三', '一,二\n"三"'],
    ]);
  });
});

describe('refusing what is no ledger', () => {
  it('refuses a file that only calls itself xlsx', async () => {
    expect(await refusal(await save('text.xlsx', '姓名,性别'))).toBe('sheet.not-a-workbook');
    expect(await refusal(await save('zip.xlsx', zipOf([{ name: 'a.txt', text: 'a' }])))).toBe('sheet.not-a-workbook');
    expect(await refusal(await save('cut.xlsx', xlsxOf([['姓名']]).subarray(0, 300)))).toBe('sheet.not-a-workbook');
    expect(await refusal(await save('binary.csv', xlsxOf([['姓名']])))).toBe('sheet.not-a-workbook');
  });

  it('refuses 50,000 rows', async () => {
    const rows = Array.from({ length: 50_000 }, (_, row) => [String(row), '张三']);
    expect(await refusal(await save('long.xlsx', xlsxOf(rows)))).toBe('sheet.too-many-rows');
    expect(await refusal(await save('long.csv', rows.map((row) => row.join(',')).join('\n')))).toBe(
      'sheet.too-many-rows',
    );
  });

  it('refuses 200 MB without reading them', async () => {
    const path = await save('huge.xlsx', '');
    await truncate(path, 200 * 1024 ** 2);
    expect(await refusal(path)).toBe('sheet.too-large');
  });

  it('refuses a file that unpacks to more than it may, also when it lies about it', async () => {
    const cells = `<row><c t="inlineStr"><is><t>${'0'.repeat(5_000_000)}</t></is></c></row>`;
    const parts = workbookParts({ cells });
    const promising = parts.map((part) => ({ ...part, promisedBytes: 300 * 1024 ** 2 }));
    expect(await refusal(await save('bomb.xlsx', zipOf(promising)))).toBe('sheet.too-large');
    const lying = parts.map((part) => (part.name.endsWith('sheet1.xml') ? { ...part, promisedBytes: 100 } : part));
    expect(await refusal(await save('liar.xlsx', zipOf(lying)))).toBe('sheet.not-a-workbook');
  });

  it('refuses an empty sheet, an unknown kind of file, an unreadable encoding and a file that is gone', async () => {
    expect(await refusal(await save('empty.xlsx', xlsxOf([])))).toBe('sheet.empty');
    expect(await refusal(await save('old.xls', 'x'))).toBe('file.kind-not-accepted');
    expect(await refusal(await save('odd.csv', Buffer.from([0x61, 0xff, 0xff, 0x0a])))).toBe('sheet.encoding-unknown');
    expect(await refusal(join(folder, 'gone.xlsx'))).toBe('file.unreadable');
  });
});
