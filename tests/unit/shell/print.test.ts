import { expect, test } from 'vitest';
import { sheetLines } from '../../../electron/shell/print.ts';

const page = { printingName: '青山县公安局城关派出所', by: '刘子轩', at: '2026-11-24T01:00:00.000Z' };

test('every sheet says whose it is, how it is to be kept, who printed it when, and its number', () => {
  const { headerTemplate, footerTemplate } = sheetLines(page);
  expect(headerTemplate).toContain('青山县公安局城关派出所');
  expect(headerTemplate).toContain('工作秘密，含个人信息');
  expect(footerTemplate).toContain('刘子轩　2026-11-24');
  expect(footerTemplate).toContain('class="pageNumber"');
});

test('a name is printed as it is typed, never run as part of the sheet', () => {
  const { headerTemplate } = sheetLines({ ...page, printingName: '<img src=x onerror="alert(1)">&所' });
  expect(headerTemplate).not.toContain('<img');
  expect(headerTemplate).toContain('&#60;img');
});
