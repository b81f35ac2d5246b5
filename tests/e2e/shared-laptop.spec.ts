import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { addDays, localDay } from '../../shared/dates.ts';
import { expect, test } from './support/app.ts';
import { expectFit } from './support/look.ts';
import { addAccount, ask, foundStation, importLedger, PASSWORD, personNamed } from './support/seed.ts';

const roster = join(import.meta.dirname, '..', 'ledgers', '城关派出所花名册.xlsx');
/** Half-written, and nobody else's to read. */
const CLUE = '有群众反映值班室夜间无人接警';

/** A station whose chief has a clue half written, with a mentor and an apprentice who have accounts. */
async function station(app: { readonly page: Page } & Parameters<typeof importLedger>[0]): Promise<string> {
  const { page } = app;
  await foundStation(page);
  await importLedger(app, 'roster', roster);
  const [mentor, apprentice] = [await personNamed(page, '艾俊杰'), await personNamed(page, '王建军')];
  await addAccount(page, 'shifu', ['mentor'], { name: '艾俊杰', personId: mentor });
  await addAccount(page, 'tudi', ['officer'], { name: '王建军', personId: apprentice });
  await addAccount(page, 'jiandu', ['inspector'], { name: '孙监督' });
  const startsOn = addDays(localDay(new Date()), -20);
  const pair = { mentor, apprentice, startsOn, endsOn: addDays(startsOn, 364), agreement: null };
  const { id } = await ask(page, 'mentorship.formPair', pair);
  await page.reload();
  await page.getByRole('menuitem', { name: '监督执纪' }).click();
  await page.getByRole('button', { name: '登记线索' }).click();
  await page.getByLabel('主要事实').fill(CLUE);
  return id;
}

async function switchTo(page: Page, name: string, password = PASSWORD): Promise<void> {
  await page.getByRole('button', { name: '换人' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('登录人').fill(name);
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: name }).click();
  await dialog.getByLabel('密码').fill(password);
  await dialog.getByRole('button', { name: '登录' }).click();
}
const atWork = (page: Page, name: string) =>
  expect(page.getByRole('banner').getByRole('button', { name })).toBeVisible();

test('a mentor and his apprentice sign over the chief’s work, and he goes on where he was', async ({ app, page }) => {
  const pair = await station(app);
  await switchTo(page, '艾俊杰', '不对的密码不对的密码');
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('登录名或密码不对');
  await expectFit(page, 'switch-user');
  await page.keyboard.press('Escape');
  await expect(page.getByLabel('主要事实')).toHaveValue(CLUE);

  await switchTo(page, '艾俊杰');
  await atWork(page, '艾俊杰（师父）');
  await expect(page.getByRole('heading', { name: '首页' })).toBeVisible();
  await expectFit(page, 'switched-user');
  await page.getByRole('menuitem', { name: '师徒带教' }).click();
  await page.locator('.ant-table-row', { hasText: '王建军' }).click();
  await page.getByRole('button', { name: '填写签认' }).click();
  await expect(page.getByRole('heading', { name: '王建军 的带教签认' })).toBeVisible();
  await page.getByLabel('师父评语').fill('还在斟酌');

  await switchTo(page, '孙监督');
  await atWork(page, '孙监督（监督员）');
  await page.getByRole('menuitem', { name: '监督执纪' }).click();
  await page.getByRole('button', { name: '登记线索' }).click();
  await expect(page.getByLabel('主要事实')).toHaveValue('');

  await page.getByRole('button', { name: '换人' }).click();
  await expect(page.getByRole('dialog').getByText('艾俊杰（师父）')).toBeVisible();
  await page.getByRole('dialog').getByLabel('密码').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await atWork(page, '艾俊杰（师父）');
  await expect(page.getByLabel('师父评语')).toHaveValue('还在斟酌');

  await switchTo(page, '陈所长');
  await atWork(page, '陈所长（所长）');
  await expect(page.getByLabel('主要事实')).toHaveValue(CLUE);
  expect((await ask(page, 'mentorship.getPair', { id: pair })).signOffList).toEqual([]);
});

test('a sleeping laptop locks; its person comes back to the same screen and the same words', async ({ app, page }) => {
  await station(app);
  await app.suspend();
  await expect(page.getByText('未写完的内容仍在')).toBeVisible();
  await expect(page.getByText(CLUE)).toHaveCount(0);
  await expect(page.getByLabel('登录名')).toHaveValue('suozhang');
  await expectFit(page, 'locked');
  await page.getByLabel('密码').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '登记线索' })).toBeVisible();
  await expect(page.getByLabel('主要事实')).toHaveValue(CLUE);
  await expect(page.getByRole('banner').getByText(/上次登录/)).toBeVisible();

  await page.getByRole('menuitem', { name: '师徒带教' }).click();
  await page.locator('.ant-table-row', { hasText: '王建军' }).click();
  await page.getByRole('button', { name: '解除' }).click();
  await page.getByLabel('理由').fill('师父病休，另行安排');
  await app.suspend();
  await page.getByLabel('登录名').fill('jiandu');
  await page.getByLabel('密码').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await atWork(page, '孙监督（监督员）');
  await expect(page.getByRole('heading', { name: '首页' })).toBeVisible();
  await page.getByRole('button', { name: '锁定' }).click();
  await page.getByRole('button', { name: '陈所长' }).click();
  await expectFit(page, 'locked-two');
  await page.getByLabel('密码').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '解除' }).click();
  await expect(page.getByLabel('理由')).toHaveValue('师父病休，另行安排');
  await page.getByRole('dialog').getByRole('button', { name: '取消' }).click();
  await page.getByRole('button', { name: '解除' }).click();
  await expect(page.getByLabel('理由')).toHaveValue('');
});

test('what is half written never reaches the disk', async ({ app, page }) => {
  await station(app);
  await app.suspend();
  await expect(page.getByText('未写完的内容仍在')).toBeVisible();
  const files = await readdir(app.dataDir, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const file of files.filter((one) => one.isFile())) {
    const bytes = await readFile(join(file.parentPath, file.name));
    if (bytes.includes(CLUE) || bytes.includes(Buffer.from(CLUE, 'utf16le'))) found.push(file.name);
  }
  expect(files.length).toBeGreaterThan(3);
  expect(found).toEqual([]);
});

test('failed attempts are told to the person in whose name they were made', async ({ page }) => {
  await foundStation(page);
  await page.getByRole('button', { name: '锁定' }).click();
  for (let time = 0; time < 2; time += 1) {
    await page.getByLabel('密码').fill('不对的密码不对的密码');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toContainText('登录名或密码不对');
    await expect(page.getByLabel('密码')).toHaveValue('');
  }
  await page.getByLabel('密码').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page.getByText(/上次登录后有 2 次密码错误/).first()).toBeVisible();
  await expectFit(page, 'last-sign-in');
});

test('photos chosen for a form that was not sent yet are still there after a lock, and are taken', async ({
  app,
  page,
  folder,
}) => {
  await station(app);
  const photo = join(folder, '监控截图.jpg');
  await writeFile(photo, Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]));
  const choose = async (label: string, typed: string, option = typed): Promise<void> => {
    await page.getByRole('combobox', { name: new RegExp(`^(\\* )?${label}$`) }).fill(typed);
    await page.locator('.ant-select-item-option', { hasText: option }).first().click();
  };
  await page.getByLabel('来源').click();
  await page.locator('.ant-select-item-option', { hasText: '督察发现' }).click();
  await choose('具体行为', '脱岗', '脱岗离岗');
  await choose('当事人', '刘子轩');
  await page.keyboard.press('Escape');
  await app.scriptNext('open', [photo]);
  await page.getByRole('button', { name: /添加照片/ }).click();
  await expect(page.getByText('监控截图.jpg')).toBeVisible();
  await app.suspend();
  await page.getByLabel('密码').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page.getByText('监控截图.jpg')).toBeVisible();
  await page.getByRole('button', { name: '保存' }).click();
  await page.locator('.ant-table-row', { hasText: '刘子轩' }).click();
  await expect(page.getByRole('heading', { name: /脱岗离岗/ })).toBeVisible();
  await expect(page.getByRole('button', { name: '查看 监控截图.jpg' })).toBeVisible();
});
