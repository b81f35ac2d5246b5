import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './support/app.ts';
import { expectFit } from './support/look.ts';
import { ask, foundBureau, foundStation, PASSWORD } from './support/seed.ts';

test('a damaged database is brought back at the door from the backup of the day', async ({ app, launch }) => {
  await foundStation(app.page);
  await app.page.getByRole('menuitem', { name: '数据备份' }).click();
  await expect(app.page.getByText('备份正常')).toBeVisible();
  await app.page.getByRole('button', { name: '恢复演练' }).first().click();
  await expect(app.page.getByText('演练没有改动任何数据')).toBeVisible();
  await expectFit(app.page, 'backups');
  await app.close();

  const path = join(app.dataDir, 'lijing.db');
  const whole = await readFile(path);
  whole.fill(0, 4096, 3 * 4096);
  await writeFile(path, whole);

  const { page } = await launch({ dataDir: app.dataDir });
  const signIn = async (): Promise<void> => {
    await page.getByLabel('登录名').fill('suozhang');
    await page.getByLabel('密码').fill(PASSWORD);
    await page.getByRole('button', { name: '登录', exact: true }).click();
  };
  await signIn();
  await expect(page.getByRole('alert')).toContainText('数据库已损坏');
  await page.getByRole('button', { name: '从备份恢复' }).click();
  await expect(page.getByText('选择恢复办法')).toBeVisible();
  await expectFit(page, 'restore');
  await page.getByRole('button', { name: '恢复', exact: true }).click();
  await expect(page.getByText('已恢复到')).toBeVisible();
  await signIn();
  await expect(page.getByRole('heading', { name: '首页' })).toBeVisible();
  expect(await readdir(join(app.dataDir, 'damaged'))).toHaveLength(1);
});

/** What was chosen becomes this computer's, and its chief signs in. */
async function takeOver(page: Page): Promise<void> {
  await page.getByRole('button', { name: '恢复到本机' }).click();
  await expect(page.getByText('请登录')).toBeVisible();
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByLabel('登录名').fill('suozhang');
  await page.getByLabel('密码').fill(PASSWORD);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await expect(page.getByRole('heading', { name: '首页' })).toBeVisible();
}

test('a new computer takes the site over from the stick', async ({ app, launch }) => {
  await foundStation(app.page);
  await app.page.getByRole('menuitem', { name: '数据备份' }).click();
  await expect(app.page.getByText('备份正常')).toBeVisible();
  await app.page.getByRole('combobox', { name: 'U盘' }).click();
  await app.page.locator('.ant-select-item-option').first().click();
  await app.page.getByRole('button', { name: '备份到此U盘' }).click();
  await expect(app.page.getByText('可以拔出U盘')).toBeVisible();
  await app.page.getByRole('button', { name: '取回附件' }).click();
  await expect(app.page.getByText('附件已核对')).toBeVisible();
  await expectFit(app.page, 'fetch-attachments');

  const { page } = await launch();
  await page.getByRole('button', { name: /从备份U盘恢复/ }).click();
  await page.getByRole('combobox', { name: 'U盘' }).click();
  await page.locator('.ant-select-item-option').first().click();
  await expectFit(page, 'adopt');
  await takeOver(page);
});

test('of a stick with several sites’ backups the person sees which are there, and chooses', async ({ app, launch }) => {
  const bureau = await launch();
  for (const [{ page }, found] of [
    [app, foundStation],
    [bureau, foundBureau],
  ] as const) {
    await found(page);
    const [drive] = await ask(page, 'work.drives', {});
    await ask(page, 'backup.make', { drive: drive?.id ?? '' });
  }
  const { page } = await launch();
  await page.getByRole('button', { name: /从备份U盘恢复/ }).click();
  await page.getByRole('combobox', { name: 'U盘' }).click();
  await page.locator('.ant-select-item-option').first().click();
  const sites = page.getByRole('group', { name: 'U盘上的单位' });
  await expect(sites.getByRole('radio')).toHaveCount(2);
  await expect(page.getByRole('button', { name: '恢复到本机' })).toBeDisabled();
  await sites.getByRole('radio', { name: /青山县公安局城关派出所（999999010100-1）/ }).check();
  await expectFit(page, 'adopt-several');
  await takeOver(page);
});

test('what became of a job behind the lock is told to whoever began it, at his next sign-in', async ({ app }) => {
  const { page } = app;
  await foundStation(page);
  await page.getByRole('menuitem', { name: '数据备份' }).click();
  await expect(page.getByText('备份正常')).toBeVisible();
  const [core] = await app.corePids();
  process.kill(core ?? 0, 'SIGSTOP');
  await page.getByRole('button', { name: '立即备份到本机' }).click();
  await app.suspend();
  process.kill(core ?? 0, 'SIGCONT');
  await expect(page.getByRole('heading', { name: '登录' })).toBeVisible();
  await page.getByLabel('密码').fill(PASSWORD);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  // Which of the two reaches the core first is the system's to say.
  await expect(page.getByText(/锁定前在“数据备份”开始的办理(已经|没有)完成/)).toBeVisible();
  await expectFit(page, 'told-after-lock');
});
