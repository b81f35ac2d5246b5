import type { Page } from '@playwright/test';
import { expect, test } from './support/app.ts';
import { expectFit } from './support/look.ts';
import { carryUp, foundPair } from './support/pair.ts';
import { addAccount, signInAs } from './support/seed.ts';

const menu = (page: Page, name: string): Promise<void> => page.getByRole('menuitem', { name }).click();
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function recordStick(page: Page, number: string): Promise<void> {
  await page.getByRole('button', { name: '登记介质' }).click();
  await page.getByRole('dialog').getByLabel('编号').fill(number);
  await page.getByRole('dialog').getByLabel('容量（GB）').fill('32');
  await button(page, '登记').click();
  await expect(page.locator('.ant-table-row', { hasText: number })).toContainText('在库');
}

test('sticks are kept in a ledger, recognised, named by the bundle, and worked off when lost', async ({
  launch,
  stick,
}) => {
  const bureau = await launch();
  const station = await launch();
  await foundPair(bureau, station, stick);
  const { page } = station;
  await menu(page, '介质台账');
  await expect(page.getByText('尚未登记介质')).toBeVisible();
  await expectFit(page, 'media-empty');
  await recordStick(page, 'CG-03');
  await recordStick(page, 'CG-04');

  await page.locator('.ant-table-row', { hasText: 'CG-03' }).click();
  await button(page, '写识别文件').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'U盘' }).click();
  await page.locator('.ant-select-item-option').first().click();
  await button(page, '写入').click();
  await expect(dialog.getByText('可以拔出')).toBeVisible();
  await expectFit(page, 'media-mark');
  await dialog.getByRole('button', { name: '关闭' }).last().click();
  await button(page, '领用').click();
  await page.getByLabel('领用人').fill('王民警');
  await expectFit(page, 'media-issue');
  await dialog.getByRole('button', { name: '领用' }).click();
  await expect(page.getByRole('region', { name: '流转记录' })).toContainText('王民警');

  await menu(page, '上报');
  await page.getByRole('combobox', { name: 'U盘' }).click();
  await page.locator('.ant-select-item-option').first().click();
  await expect(page.getByText('已认出 CG-03 号介质')).toBeVisible();
  await expect(page.getByRole('combobox', { name: '介质编号' })).toHaveValue('CG-03');
  await expectFit(page, 'media-recognised');
  await button(page, '导出上报包').click();
  await expect(page.getByRole('status').filter({ hasText: '可以拔出U盘' })).toBeVisible();

  await menu(page, '介质台账');
  await page.locator('.ant-table-row', { hasText: 'CG-03' }).click();
  await expect(page.getByRole('region', { name: '写过的数据包' })).toContainText('上报包 第 1 号');
  await button(page, '报失').click();
  await page.getByLabel('丢失经过').fill('送县局途中遗失。');
  await dialog.getByRole('button', { name: '报失' }).click();
  await expect(page.getByText('盘上写过 1 个数据包，均已加密')).toBeVisible();
  await expectFit(page, 'media-lost');
  const step = (name: string) => page.locator('.loss-steps li').filter({ has: page.getByText(name, { exact: true }) });
  await step('结案').getByRole('button', { name: '办理' }).click();
  await dialog.getByRole('button', { name: '办理' }).click();
  await expect(dialog.getByRole('alert')).toContainText('前四项处置尚未办完');
  await dialog.getByRole('button', { name: '取消' }).click();
  await step('报告').getByRole('button', { name: '办理' }).click();
  await page.getByLabel('办理情况').fill('已报县局警务保障室。');
  await dialog.getByRole('button', { name: '办理' }).click();
  await expect(step('报告')).toContainText('已报县局警务保障室。');
  await expectFit(page, 'media-steps');
  await menu(page, '首页');
  await expect(page.getByText('1 个报失介质的处置未办完')).toBeVisible();
  await menu(page, '上报');
  await page.getByRole('combobox', { name: 'U盘' }).click();
  await page.locator('.ant-select-item-option').first().click();
  await expect(page.getByText('此介质已报失')).toBeVisible();

  await carryUp(station, bureau, stick, 'CG-04');
  await addAccount(bureau.page, 'juzhang', ['leader'], { name: '何局长' });
  await signInAs(bureau.page, 'juzhang');
  await menu(bureau.page, '介质台账');
  await expect(bureau.page.locator('.ant-table-row', { hasText: 'CG-03' })).toContainText('报失，处置未完');
  await expectFit(bureau.page, 'media-county');
  await bureau.page.locator('.ant-table-row', { hasText: 'CG-03' }).click();
  await expect(bureau.page.getByText('送县局途中遗失。')).toBeVisible();
  await expect(bureau.page.getByRole('button', { name: '办理' })).toHaveCount(0);
});
