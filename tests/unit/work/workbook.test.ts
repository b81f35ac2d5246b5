import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sheetsOf } from '../../support/sheets.ts';
import { openZip } from '../../../electron/sheet/zip.ts';
import { workbookOf } from '../../../electron/sheet/write-workbook.ts';
import { cellText } from '../../../shared/grid.ts';
import { sources } from '../../architecture/sources.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lijing-workbook-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const STARTS = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n'];
const FORMULAS = [
  '=1+1',
  '+1',
  '-2+3',
  '@SUM(A1:A9)',
  '\t=1',
  '\r=1',
  `=cmd|'/C calc'!A0`,
  '=HYPERLINK("http://x","y")',
];

const partOf = (book: Buffer, name: string): string => openZip(book).text(name) ?? '';

describe('a table that leaves as xlsx', () => {
  it('holds no formula, whatever stands in a cell, and reads back as it was written', async () => {
    const rowsOut = FORMULAS.map((text, n) => [text, n]);
    const book = await workbookOf([{ name: '表', columns: ['姓名', '=A1'], rows: rowsOut }]);
    const sheet = partOf(book, 'xl/worksheets/sheet1.xml');
    expect(sheet).toContain('<row');
    expect(sheet).not.toMatch(/<f[ >/]/);
    const path = join(folder, 'table.xlsx');
    await writeFile(path, book);
    const grid = await sheetsOf(path);
    const rows = grid.ok ? (grid.value.sheets[0]?.rows ?? []) : [];
    expect(rows.slice(1).map(([first]) => cellText(first).trim())).toEqual(FORMULAS.map((text) => text.trim()));
  });

  it('keeps such a cell text also when somebody edits it', async () => {
    const begun = STARTS.map((start) => [`${start}1+1`]);
    const book = await workbookOf([{ name: '表', columns: ['列'], rows: [['陈国强'], ...begun] }]);
    const styleSheet = partOf(book, 'xl/styles.xml');
    const formats = [...styleSheet.matchAll(/<xf ([^>]*)>/g)].map(([, xf]) => /numFmtId="(\d+)"/.exec(xf ?? '')?.[1]);
    const styles = [...partOf(book, 'xl/worksheets/sheet1.xml').matchAll(/<c r="A(\d+)"(?: s="(\d+)")?/g)];
    const formatOf = (row: string) => formats[Number(styles.find(([, at]) => at === row)?.[2] ?? 0)];
    const named = /numFmtId="(\d+)" formatCode="@"/.exec(styleSheet)?.[1] ?? '49';
    expect(formatOf('2')).not.toBe(named);
    for (const [n, [text]] of begun.entries()) expect(formatOf(String(n + 3)), text).toBe(named);
  });

  it('marks every text that begins like a formula, and only those', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...STARTS, '', '甲', '1'), fc.string({ maxLength: 8 }), async (start, rest) => {
        const text = start + rest;
        fc.pre(text !== '');
        const book = await workbookOf([{ name: '表', columns: ['列'], rows: [[text]] }]);
        expect(partOf(book, 'xl/worksheets/sheet1.xml')).not.toMatch(/<f[ >/]/);
      }),
      { numRuns: 40 },
    );
  });

  it('is written in one place, and nothing else writes tables', () => {
    const writers = sources('electron/**/*.ts').filter(({ text }) =>
      /write-excel-file|\.csv['"`]\s*,\s*(?:bytes|rows|text)/.test(text),
    );
    expect(writers.map(({ path }) => path)).toEqual(['electron/sheet/write-workbook.ts']);
  });
});
