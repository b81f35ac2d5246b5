import { join } from 'node:path';
import { expect, test } from './support/app.ts';
import { expectFit } from './support/look.ts';
import { addAccount, foundBureau, foundStation, importLedger, PASSWORD, signInAs } from './support/seed.ts';

test('a station is founded, its recovery key typed back, and its chief signs in again', async ({ page }) => {
  await expect(page.getByRole('heading', { name: '首次使用' })).toBeVisible();
  await expectFit(page, 'first-start');
  await page.getByRole('button', { name: /派出所单独建站/ }).click();
  await page.getByLabel('单位名称').fill('城关派出所');
  await page.getByLabel('机构代码（12 位）').fill('999999010100');
  await page.getByLabel('姓名').fill('陈所长');
  await page.getByLabel('登录名').fill('suozhang');
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD);
  await page.getByLabel('再输一遍密码').fill(PASSWORD);
  await expectFit(page, 'found-station');
  await page.getByRole('button', { name: '建站' }).click();

  const shown = page.getByTestId('recovery-key');
  await expect(shown).toBeVisible();
  const recoveryKey = (await shown.textContent()) ?? '';
  await expectFit(page, 'recovery-key');
  await page.getByRole('button', { name: '已抄好，进行核对' }).click();
  await expect(shown).toBeHidden();
  await page.getByRole('textbox').fill('不是这个密钥');
  await page.getByRole('button', { name: '核对', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('恢复密钥不对');
  await page.getByRole('textbox').fill(recoveryKey.toLowerCase());
  await page.getByRole('button', { name: '核对', exact: true }).click();
  await expect(page.getByRole('heading', { name: '首页' })).toBeVisible();

  await page.getByRole('button', { name: '锁定' }).click();
  await expect(page.getByRole('heading', { name: '登录' })).toBeVisible();
  await expectFit(page, 'sign-in');
  await page.getByLabel('登录名').fill('suozhang');
  await page.getByLabel('密码').fill('不对的密码不对的密码');
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('登录名或密码不对');
  await page.getByLabel('密码').fill(PASSWORD);
  await page.getByLabel('密码').press('Enter');
  await expect(page.getByRole('button', { name: /上次登录后有 1 次密码错误/ })).toBeVisible();
});

test('a chief who never saw the recovery key is told at once, and makes another', async ({ page }) => {
  await foundStation(page);
  await page.getByRole('button', { name: /恢复密钥尚未核对/ }).click();
  await expect(page.getByRole('heading', { name: '本人账号' })).toBeVisible();
  await expectFit(page, 'recovery-unseen');
  await page.getByRole('button', { name: '重新生成恢复密钥' }).click();
  const recoveryKey = (await page.getByTestId('recovery-key').textContent()) ?? '';
  await page.getByRole('button', { name: '已抄好，进行核对' }).click();
  await page.getByLabel(/请照抄件输入一遍/).fill(recoveryKey);
  await page.getByRole('button', { name: '核对', exact: true }).click();
  await expect(page.getByText('恢复密钥已核对')).toBeVisible();
});

test('the screens of a site fit and can be used by everybody', async ({ page }) => {
  await foundStation(page);
  await expect(page.getByRole('heading', { name: '首页' })).toBeVisible();
  await expectFit(page, 'home');
  for (const [menu, name] of [
    ['账号管理', 'accounts'],
    ['流水审计', 'audit'],
    ['单位设置', 'settings'],
  ] as const) {
    await page.getByRole('menuitem', { name: menu }).click();
    await expect(page.getByRole('heading', { name: menu })).toBeVisible();
    await expectFit(page, name);
  }
  await page.getByRole('button', { name: /陈所长/ }).click();
  await expect(page.getByRole('heading', { name: '本人账号' })).toBeVisible();
  await expectFit(page, 'my-account');
});

test('the manual is read at the door and at work', async ({ page }) => {
  await page.getByRole('button', { name: '使用手册' }).click();
  await expect(page.getByRole('heading', { name: '派出所凭开站包建站' })).toBeVisible();
  await expectFit(page, 'manual-at-the-door');
  await foundStation(page);
  await page.getByRole('button', { name: '使用手册' }).click();
  await page.getByRole('menuitem', { name: '备份和恢复' }).click();
  await expect(page.getByRole('heading', { name: '忘记密码' })).toBeVisible();
  await expectFit(page, 'manual');
});

test('the keys of a site are changed with a reason, and each change is told', async ({ page }) => {
  await foundStation(page);
  await page.getByRole('menuitem', { name: '单位设置' }).click();
  const card = page.locator('.ant-card', { hasText: '单位密钥' });
  const check = card.locator('.ant-descriptions-item-content');
  const before = await check.textContent();
  await card.getByRole('button', { name: '更换密钥' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: '更换密钥' })).toBeDisabled();
  await dialog.getByLabel('理由').fill('例行更换');
  await expectFit(page, 'change-keys');
  await dialog.getByRole('button', { name: '更换密钥' }).click();
  await expect(card.getByRole('listitem')).toContainText('例行更换');
  expect(await check.textContent()).not.toBe(before);
  await expectFit(page, 'keys-changed');
});

test('the bureau makes an escrow key by two persons, keeps it on a stick and reads it back', async ({
  app,
  page,
  stick,
}) => {
  await foundBureau(page);
  await addAccount(page, 'erguan', ['admin']);
  await page.getByRole('menuitem', { name: '单位设置' }).click();
  const card = page.locator('.ant-card', { hasText: '应急密钥' });
  await expect(card).toContainText('尚未制作');
  await card.getByRole('button', { name: '制作应急密钥' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('第二人登录名').fill('erguan');
  await dialog.getByLabel('第二人密码').fill(PASSWORD);
  await expectFit(page, 'escrow-make');
  await dialog.getByRole('button', { name: '制作应急密钥' }).click();
  const key = card.getByTestId('escrow-key');
  await expect(key).toContainText('AGE-SECRET-KEY-PQ-1');
  await card.getByRole('combobox', { name: 'U盘' }).click();
  await page.locator('.ant-select-item-option').first().click();
  await card.getByRole('button', { name: '存入U盘' }).click();
  await expect(card.getByRole('status').filter({ hasText: '可以拔出U盘' })).toBeVisible();
  await expectFit(page, 'escrow-key');
  await card.getByRole('button', { name: '已抄好或存好' }).click();
  await expect(key).toHaveCount(0);
  await card.getByLabel('请照抄件输入一遍').fill('AGE-SECRET-KEY-PQ-1 AAAA');
  await card.getByRole('button', { name: '核对并启用' }).click();
  await expect(card.getByRole('alert').filter({ hasText: '应急密钥不对' })).toBeVisible();
  await expectFit(page, 'escrow-confirm');
  await app.scriptNext('open', [join(stick, 'escrow-999999010000-1.txt')]);
  await card.getByRole('button', { name: '或读取U盘上的密钥文件' }).click();
  await expect(card).toContainText('启用中');
  await expectFit(page, 'escrow-counts');
});

test('accounts are added, and closed only by two persons', async ({ page }) => {
  await foundStation(page);
  await page.getByRole('menuitem', { name: '账号管理' }).click();
  await page.getByRole('button', { name: '新增账号' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('姓名').fill('李训练');
  await dialog.getByLabel('登录名').fill('lixunlian');
  await dialog.getByLabel('训练专干').check();
  await dialog.getByLabel('初始密码').fill(PASSWORD);
  await dialog.getByLabel('再输一遍密码').fill(PASSWORD);
  await expectFit(page, 'account-form');
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText('lixunlian')).toBeVisible();

  await page.locator('.ant-table-row', { hasText: 'lixunlian' }).getByRole('button', { name: '停用' }).click();
  await dialog.getByLabel('第二人登录名').fill('suozhang');
  await dialog.getByLabel('第二人密码').fill(PASSWORD);
  await dialog.getByRole('button', { name: '停用' }).click();
  await expect(dialog.getByRole('alert')).toContainText('第二人不能是您本人');
});

test('an account takes name and badge number from the roster, and a mentor’s must', async ({ app, page }) => {
  await foundStation(page);
  await importLedger(app, 'roster', join(import.meta.dirname, '..', 'ledgers', '城关派出所花名册.xlsx'));
  await page.reload();
  await page.getByRole('menuitem', { name: '账号管理' }).click();
  await page.getByRole('button', { name: '新增账号' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('师父').check();
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(dialog.getByText('师父、民警本人须对应到花名册中的人员')).toBeVisible();
  await dialog.getByLabel('对应人员').fill('艾俊杰');
  await page.locator('.ant-select-item-option', { hasText: '艾俊杰' }).click();
  await expect(dialog.getByLabel('姓名')).toHaveValue('艾俊杰');
  await expect(dialog.getByLabel('登录名')).toHaveValue('640262');
  await dialog.getByLabel('初始密码').fill('Aijunjie640262');
  await dialog.getByLabel('再输一遍密码').fill('Aijunjie640262');
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(dialog.getByRole('alert')).toContainText('密码中不能含有登录名');
  await dialog.getByLabel('初始密码').fill(PASSWORD);
  await dialog.getByLabel('再输一遍密码').fill(PASSWORD);
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(page.locator('.ant-table-row', { hasText: '640262' })).toBeVisible();
  await expectFit(page, 'accounts-with-people');
});

test('the bureau’s administrator finds his home and his accounts', async ({ page }) => {
  await foundBureau(page);
  await expect(page.getByRole('heading', { name: '首页' })).toBeVisible();
  await expectFit(page, 'bureau-home');
  await page.getByRole('menuitem', { name: '账号管理' }).click();
  await page.getByRole('button', { name: '新增账号' }).click();
  await expect(page.getByRole('dialog').getByLabel('政工')).toBeVisible();
  await expectFit(page, 'bureau-account-form');
});

test('somebody without the right finds neither menu nor screen', async ({ page }) => {
  await foundStation(page);
  await addAccount(page, 'zhidu', ['viewer']);
  await signInAs(page, 'zhidu');
  await expect(page.getByRole('heading', { name: '首页' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: '账号管理' })).toHaveCount(0);
});
