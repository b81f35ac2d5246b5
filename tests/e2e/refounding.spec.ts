import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './support/app.ts';
import { expectFit } from './support/look.ts';
import { carryUp, foundPair, STATION } from './support/pair.ts';
import { addAccount, ask, importLedger, PASSWORD, signInAs } from './support/seed.ts';

const ROSTER = join(import.meta.dirname, '..', 'ledgers', '城关派出所花名册.xlsx');

test('a station that went on from an old copy is put out of use and founded anew, with its records', async ({
  launch,
  stick,
  folder,
}) => {
  test.slow();
  const [bureau, first] = [await launch(), await launch()];
  await foundPair(bureau, first, stick);
  await addAccount(bureau.page, 'erguan', ['admin']);
  await carryUp(first, bureau, stick);
  await first.close();
  const older = join(folder, 'older');
  await cp(first.dataDir, older, { recursive: true });
  const later = await launch({ dataDir: first.dataDir });
  await signInAs(later.page, 'suozhang');
  await ask(later.page, 'site.rename', { printingName: '城关所' });
  await carryUp(later, bureau, stick);
  await later.close();
  const station = await launch({ dataDir: older });
  await signInAs(station.page, 'suozhang');
  const { counts } = await importLedger(station, 'roster', ROSTER);
  await carryUp(station, bureau, stick);

  const { page } = bureau;
  const dialog = page.getByRole('dialog');
  await page.reload();
  await expect(page.getByText('1 个派出所的流水有两个版本')).toBeVisible();
  await page.getByRole('menuitem', { name: '各所上报' }).click();
  await expect(page.getByRole('alert')).toContainText('没有入账');
  await expectFit(page, 'refounding-fork');
  await page.getByRole('button', { name: '停用', exact: true }).click();
  await dialog.getByRole('combobox', { name: '原因' }).click();
  await page.locator('.ant-select-item-option', { hasText: '两个版本' }).click();
  await dialog.getByLabel('第二人登录名').fill('erguan');
  await dialog.getByLabel('第二人密码').fill(PASSWORD);
  await expectFit(page, 'refounding-revoke');
  await dialog.getByRole('button', { name: '停用' }).click();
  await expect(dialog).toContainText('重新开站');
  await expectFit(page, 'refounding-refound');
  await dialog.getByRole('button', { name: '重新开站' }).click();
  await expect(dialog.getByRole('status')).toContainText(`${STATION.slice(0, -1)}2`);
  await expectFit(page, 'refounding-carried');
  await dialog.getByRole('button', { name: '制作开站包' }).click();
  await dialog.getByRole('combobox', { name: 'U盘' }).click();
  await page.locator('.ant-select-item-option').first().click();
  await dialog.getByRole('button', { name: '写入开站包' }).click();
  const code = (await dialog.getByTestId('spoken-code').textContent()) ?? '';
  await dialog.getByRole('button', { name: '已告知，关闭' }).click();
  await expectFit(page, 'refounding-board');

  const door = station.page;
  await ask(door, 'site.lock', {}).catch(() => undefined);
  await door.reload();
  await door.getByRole('button', { name: '用新开站包重新开站' }).click();
  const kit = (await readdir(stick)).find((name) => name.includes('kit') && name.includes(`${STATION.slice(0, -1)}2`));
  await station.scriptNext('open', [join(stick, kit ?? '')]);
  await door.getByRole('button', { name: '选择开站包' }).click();
  await door.getByLabel('口令').fill(code);
  await door.getByRole('button', { name: '核对开站包' }).click();
  await expect(door.getByText('账号须重新设立')).toBeVisible();
  await door.getByLabel('姓名').fill('李所长');
  await door.getByLabel('登录名').fill('lisuozhang');
  await door.getByLabel('密码', { exact: true }).fill(PASSWORD);
  await door.getByLabel('再输一遍密码').fill(PASSWORD);
  await expectFit(door, 'refounding-door');
  await door.getByRole('button', { name: '建站', exact: true }).click();
  await expect(door.getByText('请抄写或打印')).toBeVisible();
  await signInAs(door, 'lisuozhang');
  expect((await ask(door, 'roster.counts', {})).active).toBe(counts.accepted + counts.repaired);
  await expectFit(door, 'refounding-home');
  expect(await readdir(older)).toContain('former');
});

test('the station of a lost laptop goes on, on a new computer, with all it had reported', async ({ launch, stick }) => {
  test.slow();
  const [bureau, lost] = [await launch(), await launch()];
  await foundPair(bureau, lost, stick);
  await addAccount(bureau.page, 'erguan', ['admin']);
  const { counts } = await importLedger(lost, 'roster', ROSTER);
  await carryUp(lost, bureau, stick);
  await lost.close();

  const { page } = bureau;
  const dialog = page.getByRole('dialog');
  await page.reload();
  await page.getByRole('menuitem', { name: '各所上报' }).click();
  await page.getByRole('button', { name: '停用', exact: true }).click();
  await dialog.getByRole('combobox', { name: '原因' }).click();
  await page.locator('.ant-select-item-option', { hasText: '遗失' }).click();
  await dialog.getByLabel('第二人登录名').fill('erguan');
  await dialog.getByLabel('第二人密码').fill(PASSWORD);
  await dialog.getByRole('button', { name: '停用' }).click();
  await dialog.getByRole('button', { name: '重新开站' }).click();
  await expect(dialog.getByRole('status')).toContainText(`${STATION.slice(0, -1)}2`);
  await dialog.getByRole('button', { name: '制作开站包' }).click();
  await dialog.getByRole('combobox', { name: 'U盘' }).click();
  await page.locator('.ant-select-item-option').first().click();
  await dialog.getByRole('button', { name: '写入开站包' }).click();
  const code = (await dialog.getByTestId('spoken-code').textContent({ timeout: 60_000 })) ?? '';
  await dialog.getByRole('button', { name: '已告知，关闭' }).click();

  const station = await launch();
  const door = station.page;
  await door.getByRole('button', { name: /用开站包建站/ }).click();
  const kit = (await readdir(stick)).find((name) => name.includes('kit') && name.includes(`${STATION.slice(0, -1)}2`));
  await station.scriptNext('open', [join(stick, kit ?? '')]);
  await door.getByRole('button', { name: '选择开站包' }).click();
  await door.getByLabel('口令').fill(code);
  await door.getByRole('button', { name: '核对开站包' }).click();
  const progress = door.getByRole('status').filter({ has: door.getByRole('button', { name: '取消' }) });
  await expect(progress).toBeVisible();
  await expect(door.getByText('账号须重新设立')).toBeVisible({ timeout: 60_000 });
  await expect(progress).toHaveCount(0);
  await door.getByLabel('姓名').fill('李所长');
  await door.getByLabel('登录名').fill('lisuozhang');
  await door.getByLabel('密码', { exact: true }).fill(PASSWORD);
  await door.getByLabel('再输一遍密码').fill(PASSWORD);
  await expectFit(door, 'lost-door');
  await door.getByRole('button', { name: '建站', exact: true }).click();
  await expect(progress).toBeVisible();
  await door.screenshot({ path: 'test-results/screens/lost-founding.png' });
  await expect(door.getByText('请抄写或打印')).toBeVisible({ timeout: 60_000 });
  await expectFit(door, 'lost-founded');
  await signInAs(door, 'lisuozhang');
  expect((await ask(door, 'roster.counts', {})).active).toBe(counts.accepted + counts.repaired);

  await ask(door, 'site.rename', { printingName: '城关所新机' });
  await carryUp(station, bureau, stick);
  await page.reload();
  await page.getByRole('menuitem', { name: '各所上报' }).click();
  const next = (await ask(page, 'handoff.board', {})).find(({ site }) => site === `${STATION.slice(0, -1)}2`);
  expect(next?.lastSeq).toBeGreaterThan(0);
  expect(next?.gaps).toEqual([]);
  await expectFit(page, 'lost-board');
});
