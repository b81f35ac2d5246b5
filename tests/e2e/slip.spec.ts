import { mkdir, readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test, type TestApp } from './support/app.ts';
import { expectFit } from './support/look.ts';
import { carryUp, foundPair } from './support/pair.ts';

const menu = (page: Page, name: string): Promise<void> => page.getByRole('menuitem', { name }).click();
const slipButton = (page: Page, name = '交接单') => page.getByRole('button', { name });

/** The open slip saved as PDF, left beside the pictures of the screens: one sheet of A4. */
async function printed({ page, scriptNext }: TestApp, name: string): Promise<void> {
  const path = resolve('test-results', 'screens', `${name}.pdf`);
  await mkdir(dirname(path), { recursive: true });
  await scriptNext('save', path);
  await page.getByRole('button', { name: '存为 PDF' }).click();
  await expect(page.getByText('已保存')).toBeVisible();
  const bytes = await readFile(path, 'latin1');
  expect(bytes).toMatch(/\/MediaBox \[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/);
  expect(bytes.match(/\/Type \/Page\b/g)?.length).toBe(1);
}

async function chooseStick(page: Page, medium: string): Promise<void> {
  await page.getByRole('combobox', { name: 'U盘' }).click();
  await page.locator('.ant-select-item-option').first().click();
  await page.getByRole('combobox', { name: '介质编号' }).fill(medium);
}

test('with a bundle goes a slip that names what is on the stick, to be signed by both', async ({ launch, stick }) => {
  const bureau = await launch();
  const station = await launch();
  await foundPair(bureau, station, stick);
  const { page } = station;
  await menu(page, '上报');
  await chooseStick(page, 'CG-03');
  await page.getByRole('button', { name: '导出上报包' }).click();
  await slipButton(page).first().click();
  const slip = page.getByRole('article');
  await expect(slip.getByRole('heading', { name: '上报包 第 1 号 交接单' })).toBeVisible();
  await expect(slip).toContainText('CG-03');
  await expect(slip).toContainText('report-999999010100-1-0001.lijing');
  await expect(slip).toContainText('交出人（签字）');
  await expectFit(page, 'slip-report');
  await printed(station, 'slip-report');
  await page.getByRole('button', { name: '返回' }).click();
  await page.locator('.ant-table-row').getByRole('button', { name: '交接单' }).click();
  await expect(slip).toContainText('CG-03');
});

test('a kit and a return name their stick, have their slips, and are named when the stick is lost', async ({
  launch,
  stick,
}) => {
  const bureau = await launch();
  const station = await launch();
  await foundPair(bureau, station, stick);
  await carryUp(station, bureau, stick);
  const { page } = bureau;
  const dialog = page.getByRole('dialog');
  const slip = page.getByRole('article');
  await page.reload();
  await menu(page, '各所上报');
  await page.getByRole('button', { name: '开站包' }).click();
  await chooseStick(page, 'QS-01');
  await dialog.getByRole('button', { name: '写入开站包' }).click();
  await slipButton(page, '已告知，打印交接单').click();
  await expect(slip.getByRole('heading', { name: '开站包 交接单' })).toBeVisible();
  await expect(slip).toContainText('QS-01');
  await page.getByRole('button', { name: '返回' }).click();
  await page.getByRole('button', { name: '回执包' }).click();
  await chooseStick(page, 'QS-01');
  await dialog.getByRole('button', { name: '写入回执包' }).click();
  await dialog.getByRole('button', { name: '交接单' }).click();
  await expect(slip.getByRole('heading', { name: '回执包 第 1 号 交接单' })).toBeVisible();
  await printed(bureau, 'slip-return');

  await menu(page, '介质台账');
  await page.getByRole('button', { name: '登记介质' }).click();
  await dialog.getByLabel('编号').fill('QS-01');
  await dialog.getByRole('button', { name: '登记', exact: true }).click();
  await page.locator('.ant-table-row', { hasText: 'QS-01' }).click();
  await page.getByRole('button', { name: '报失' }).click();
  await page.getByLabel('丢失经过').fill('送城关所途中遗失。');
  await dialog.getByRole('button', { name: '报失' }).click();
  await expect(page.getByText('回执包 第 1 号（青山县公安局城关派出所）、开站包')).toBeVisible();
  await expect(page.getByText('其中的开站包凭口令打开')).toBeVisible();
  await expectFit(page, 'slip-lost');
  await page.getByRole('region', { name: '写过的数据包' }).getByRole('button', { name: '交接单' }).first().click();
  await expect(slip).toContainText('QS-01');
});
