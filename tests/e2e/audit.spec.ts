import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { sheetsOf } from '../support/sheets.ts';
import { cellText } from '../../shared/grid.ts';
import { expect, test } from './support/app.ts';
import { expectFit } from './support/look.ts';
import { addAccount, ask, foundStation, importLedger, signInAs } from './support/seed.ts';

const ledgers = join(import.meta.dirname, '..', 'ledgers');
const menu = (page: Page, name: string): Promise<void> => page.getByRole('menuitem', { name }).click();

async function rowsOf(path: string): Promise<readonly (readonly (readonly string[])[])[]> {
  const read = await sheetsOf(path);
  if (!read.ok) throw new Error(read.problem.code);
  return read.value.sheets.map(({ rows }) => rows.map((row) => row.map((cell) => cellText(cell))));
}

/** A roster of so many people: a journal that takes a while to check. */
async function aLongRoster(path: string, count: number): Promise<void> {
  const letter = (n: number): string => String.fromCodePoint(0x4e00 + n);
  const rows = Array.from(
    { length: count },
    (_, n) => `王${letter(n % 90)}${letter(90 + Math.floor(n / 90))},男,公务员`,
  );
  await writeFile(path, ['姓名,性别,身份', ...rows].join('\n'));
}

/** Presses the button the moment it can be pressed, as no hand is quick enough on a small journal. */
const pressWhenOffered = (page: Page, name: string): Promise<void> =>
  page.evaluate((wanted) => {
    const look = new MutationObserver(() => {
      const button = [...document.querySelectorAll<HTMLButtonElement>('.job-bar button')].find(
        (each) => each.textContent.replace(/\s/g, '') === wanted && !each.disabled,
      );
      if (!button) return;
      look.disconnect();
      button.click();
    });
    look.observe(document.body, { subtree: true, childList: true, attributes: true });
  }, name);

test('the journal is checked, the check can be cancelled, and what leaves for inspectors says what was found', async ({
  app,
  page,
  folder,
}) => {
  await foundStation(page);
  const roster = join(folder, '花名册.csv');
  await aLongRoster(roster, 5_000);
  await importLedger(app, 'roster', roster);
  await page.reload();
  await menu(page, '流水审计');
  await pressWhenOffered(page, '取消');
  await page.getByRole('button', { name: '校验全部流水' }).click();
  await expect(page.getByText('已取消，没有作任何改动。')).toBeVisible();
  await expectFit(page, 'audit-cancelled');
  await page.getByRole('button', { name: '校验全部流水' }).click();
  const result = page.getByText(/共 \d+ 条流水、1 个来源，全部校验通过。/);
  await expect(result).toBeVisible();
  await expectFit(page, 'audit-checked');
  const [, entries = ''] = /共 (\d+) 条/.exec((await result.textContent()) ?? '') ?? [];

  const path = join(folder, '流水审计.xlsx');
  await app.scriptNext('save', path);
  await page.getByRole('button', { name: '导出核查表' }).click();
  await expect(page.getByText(`已导出 ${entries} 条，首页附校验结果`)).toBeVisible();
  const [cover = [], list = []] = await rowsOf(path);
  const said = new Map(cover.map(([item = '', value = '']) => [item, value]));
  expect(said.get('校验结果')).toBe('全部通过');
  expect(said.get('流水总条数')).toBe(entries);
  expect(said.get('导出人')).toBe('陈所长');
  expect(list).toHaveLength(Number(entries) + 1);
  expect(list.flat()).toContain('建站');
});

test('who looked at an incident stands within it, and the list that left is told in the audit', async ({
  app,
  page,
  folder,
}) => {
  await foundStation(page);
  for (const roster of ['城关派出所花名册.xlsx', '桃花镇人员名单.xlsx', '龙沟派出所人员.csv'])
    await importLedger(app, 'roster', join(ledgers, roster));
  await addAccount(page, 'jiandu', ['inspector'], { name: '孙监督' });
  await app.scriptNext('open', [join(ledgers, '监督执纪台账.xlsx')]);
  const [file] = await ask(page, 'work.chooseFiles', { kind: 'ledger', many: false });
  await ask(page, 'discipline.commitImport', { file: file?.id ?? '', edits: [] });
  await signInAs(page, 'jiandu');
  await menu(page, '监督执纪');
  await expect(page.getByText('共 11 条')).toBeVisible();
  const path = join(folder, '事件.xlsx');
  await app.scriptNext('save', path);
  await page.getByRole('button', { name: '导出表格' }).click();
  await expect.poll(async () => (await rowsOf(path).catch(() => []))[0]?.length).toBe(12);

  await signInAs(page, 'suozhang');
  await menu(page, '监督执纪');
  await page.locator('.ant-table-row').first().click();
  const looks = page.getByRole('region', { name: '谁看过' });
  await expect(looks).toContainText('陈所长');
  await looks.scrollIntoViewIfNeeded();
  await expectFit(page, 'discipline-looks');
  await menu(page, '流水审计');
  await page.locator('.ant-table-row', { hasText: '导出事件清单' }).click();
  await expect(page.getByRole('dialog')).toContainText('孙监督');
  await expect(page.getByRole('dialog')).toContainText('"rows": 11');
});
