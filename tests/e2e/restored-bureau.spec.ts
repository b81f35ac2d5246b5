import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './support/app.ts';
import { expectFit } from './support/look.ts';
import { carryUp, foundPair } from './support/pair.ts';
import { ask, signInAs } from './support/seed.ts';

const menu = (page: Page, name: string): Promise<void> => page.getByRole('menuitem', { name }).click();

async function chooseStick(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'U盘' }).click();
  await page.locator('.ant-select-item-option').first().click();
}

test('a bureau put on another computer says what is not settled, and the administrator may end the waiting', async ({
  launch,
  stick,
}) => {
  const before = await launch();
  const station = await launch();
  await foundPair(before, station, stick);
  await carryUp(station, before, stick);
  await ask(before.page, 'handoff.registerStation', { name: '青山县公安局桃花镇派出所', organCode: '999999010200' });
  await before.close();
  // What a computer remembers of its database does not move with the backup.
  for (const name of ['heads-1.json', 'heads-2.json']) await rm(join(before.dataDir, name), { force: true });
  const { page } = await launch({ dataDir: before.dataDir });
  await signInAs(page, 'guanli');
  await expect(page.getByText(/本机数据从备份恢复过，与 \d 个派出所尚未对上/)).toBeVisible();
  await menu(page, '各所上报');
  const note = page.getByRole('alert').filter({ hasText: '本机数据从备份恢复过' });
  await expect(note).toContainText('城关派出所：尚未收到恢复后的上报包');
  await expect(page.getByRole('region', { name: '全县合计' })).toContainText('本月已报1');
  await expectFit(page, 'board-restored');

  // The return asks for a report, though the station has nothing new to say.
  await page.getByRole('button', { name: '回执包' }).first().click();
  await chooseStick(page);
  await page.getByRole('button', { name: '写入回执包' }).click();
  await expect(page.getByText(/已写入并回读核对无误/)).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: '关闭' }).click();

  await note.getByRole('button', { name: '恢复下发' }).last().click();
  await page.getByLabel('理由').fill('该所电脑已停用');
  await expectFit(page, 'board-resume');
  await page.getByRole('dialog').getByRole('button', { name: '恢复下发' }).click();
  await expect(note.getByRole('button', { name: '恢复下发' })).toHaveCount(1);
});
