import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './support/app.ts';
import { expectFit } from './support/look.ts';
import { carryDown, carryUp, foundPair } from './support/pair.ts';
import { addAccount, ask, PASSWORD, signInAs } from './support/seed.ts';

test('a bureau set up again from before it changed its keys opens a bundle with the escrow key, by two persons', async ({
  launch,
  stick,
  folder,
}) => {
  test.slow();
  const [before, station] = [await launch(), await launch()];
  await foundPair(before, station, stick);
  await addAccount(before.page, 'erguan', ['admin']);
  await carryUp(station, before, stick);
  const second = { secondLoginName: 'erguan', secondPassword: PASSWORD };
  const { escrowKey } = await ask(before.page, 'site.makeEscrow', second);
  await ask(before.page, 'site.confirmEscrow', { escrowKey });
  await before.close();
  const older = join(folder, 'older');
  await cp(before.dataDir, older, { recursive: true });
  const later = await launch({ dataDir: before.dataDir });
  await signInAs(later.page, 'guanli');
  await ask(later.page, 'site.changeKeys', { reason: '例行更换' });
  await carryDown(later, station, stick);
  await later.close();
  await ask(station.page, 'site.rename', { printingName: '城关所' });
  const drive = (await ask(station.page, 'work.drives', {}))[0]?.id ?? '';
  const { fileName } = await ask(station.page, 'handoff.export', { drive, medium: '' });
  await station.close();

  const bureau = await launch({ dataDir: older });
  const { page } = bureau;
  await signInAs(page, 'guanli');
  await page.getByRole('menuitem', { name: '各所上报' }).click();
  await page.getByRole('button', { name: '导入上报包' }).click();
  await bureau.scriptNext('open', [join(stick, fileName)]);
  await page.getByRole('button', { name: '选择上报包' }).click();
  await expect(page.getByRole('alert').filter({ hasText: '取出保险柜中的应急密钥' })).toBeVisible();
  await expectFit(page, 'escrow-inbox');
  await page.getByRole('button', { name: '用应急密钥打开' }).click();
  const dialog = page.getByRole('dialog');
  await expectFit(page, 'escrow-open');
  const submit = dialog.getByRole('button', { name: '打开并导入' });
  await submit.click();
  await expect(dialog.getByText('请填写').first()).toBeVisible();
  await dialog.getByLabel('应急密钥').fill('AGE-SECRET-KEY-1 ABCD');
  await dialog.getByLabel('第二人登录名').fill('erguan');
  await dialog.getByLabel('第二人密码').fill(PASSWORD);
  await submit.click();
  await expect(dialog.getByRole('alert')).toContainText('应急密钥');
  await expectFit(page, 'escrow-open-wrong');
  await dialog.getByLabel('应急密钥').fill(escrowKey);
  await submit.click();
  await expect(page.getByRole('status').filter({ hasText: '1 个上报包全部导入' })).toBeVisible();
  await expect(dialog).toHaveCount(0);
  await expectFit(page, 'escrow-opened');
});
