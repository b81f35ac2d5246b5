import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/app.ts';
import { expectFit } from './support/look.ts';
import { foundPair, STATION } from './support/pair.ts';
import { addAccount, PASSWORD } from './support/seed.ts';

const NEW = '换了所长也记得-2026';

async function chooseDrive(page: Page, within: Locator): Promise<void> {
  await within.getByRole('combobox', { name: 'U盘' }).click();
  await page.locator('.ant-select-item-option').first().click();
}

test.setTimeout(180_000);
test('a station whose passwords are gone asks the bureau, is answered by two persons, and its chief is in again', async ({
  launch,
  stick,
}) => {
  const bureau = await launch();
  const station = await launch();
  await foundPair(bureau, station, stick);
  await addAccount(bureau.page, 'erguan', ['admin']);

  const { page } = station;
  await page.getByRole('button', { name: /陈所长/ }).click();
  const slot = page.locator('.ant-card', { hasText: '县局协助开锁' });
  await expect(slot).toContainText('已就绪');
  await expectFit(page, 'help-slot');
  await page.getByRole('button', { name: '锁定' }).click();
  await expect(page.getByRole('heading', { name: '登录' })).toBeVisible();
  await expectFit(page, 'help-sign-in');
  await page.getByRole('button', { name: '请县局协助' }).click();
  await chooseDrive(page, page.getByRole('main'));
  await page.getByRole('button', { name: '写入U盘' }).click();
  await page.getByRole('button', { name: '撤回请求' }).click();
  await expect(page.getByRole('dialog')).toContainText('不能再打开本机');
  await expectFit(page, 'help-withdraw');
  await page.getByRole('dialog').getByRole('button', { name: '撤回请求' }).click();
  await expect(page.getByRole('status').filter({ hasText: '协助请求已撤回' })).toBeVisible();
  await page.getByRole('button', { name: '写入U盘' }).click();
  await expect(page.getByRole('status').filter({ hasText: '可以拔出U盘' })).toBeVisible();
  const told = page.getByText('请求校验码');
  await expect(told).toBeVisible();
  const check = /(?:[0-9a-f]{4} ){3}[0-9a-f]{4}/.exec((await told.textContent()) ?? '')?.[0] ?? 'no check';
  await expectFit(page, 'help-asked');

  const office = bureau.page;
  await office.getByRole('menuitem', { name: '单位设置' }).click();
  await office.getByRole('button', { name: '办理协助请求' }).click();
  const dialog = office.getByRole('dialog');
  await bureau.scriptNext('open', [join(stick, `help-${STATION}.lijingqz`)]);
  await dialog.getByRole('button', { name: '选择协助请求' }).click();
  await expect(dialog).toContainText('青山县公安局城关派出所');
  await expect(dialog).toContainText(check);
  await dialog.getByLabel('理由').fill('所长调离，密码无人知道');
  await chooseDrive(office, dialog);
  await dialog.getByLabel('第二人登录名').fill('erguan');
  await dialog.getByLabel('第二人密码').fill(PASSWORD);
  await dialog.getByRole('button', { name: '打开并写答复' }).click();
  await expect(dialog).toContainText('请先电话核对校验码');
  await expectFit(office, 'help-request');
  await dialog.getByRole('checkbox').check();
  await dialog.getByRole('button', { name: '打开并写答复' }).click();
  const shown = office.getByTestId('spoken-code');
  // The code is made costly to guess, and the machine may have more to do.
  await expect(shown).toBeVisible({ timeout: 60_000 });
  const code = (await shown.textContent()) ?? '';
  await expectFit(office, 'help-answered');
  await office.getByRole('button', { name: '已告知口令' }).click();
  await expect(shown).toHaveCount(0);

  await page.getByText('二、用县局答复').click();
  await station.scriptNext('open', [join(stick, `answer-${STATION}.lijingdf`)]);
  await page.getByRole('button', { name: '选择县局答复' }).click();
  await expect(page.getByText('前有效，只能用一次')).toBeVisible();
  await page.getByLabel('口令').fill('AAAA-BBBB-CCCC-DDDD');
  await page.getByLabel('登录名').fill('suozhang');
  await page.getByLabel('新密码').fill(NEW);
  await page.getByLabel('再输一遍密码').fill(NEW);
  await page.getByRole('button', { name: '打开并登录' }).click();
  await expect(page.getByRole('alert').filter({ hasText: '口令不对' })).toBeVisible();
  await expectFit(page, 'help-answer');
  await page.getByLabel('新任所长，另设账号').check();
  await expectFit(page, 'help-new-chief');
  await page.getByLabel('原有的所长账号').check();
  await page.getByLabel('口令').fill(code.toLowerCase());
  await page.getByLabel('登录名').fill('suozhang');
  await page.getByLabel('新密码').fill(NEW);
  await page.getByLabel('再输一遍密码').fill(NEW);
  await page.getByRole('button', { name: '打开并登录' }).click();
  await expect(page.getByRole('button', { name: '锁定' })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('menuitem', { name: '流水审计' }).click();
  await expect(page.getByText('经县局协助打开本机')).toBeVisible();
});
