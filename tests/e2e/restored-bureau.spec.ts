import { cp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test, type TestApp } from './support/app.ts';
import { expectFit } from './support/look.ts';
import { carryUp, foundPair, STATION } from './support/pair.ts';
import { addAccount, ask, PASSWORD, signInAs } from './support/seed.ts';

const menu = (page: Page, name: string): Promise<void> => page.getByRole('menuitem', { name }).click();

async function chooseStick(page: Page): Promise<void> {
  await page.getByRole('dialog').getByRole('combobox', { name: 'U盘' }).click();
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

test('a computer it has forgotten, sealed to keys it has lost, gets another kit and pairs with it', async ({
  launch,
  stick,
  folder,
}) => {
  test.slow();
  const [before, lost] = [await launch(), await launch()];
  await foundPair(before, lost, stick);
  await addAccount(before.page, 'erguan', ['admin']);
  await carryUp(lost, before, stick);
  await lost.close();
  await before.close();
  const older = join(folder, 'older');
  await cp(before.dataDir, older, { recursive: true });
  for (const name of ['heads-1.json', 'heads-2.json']) await rm(join(older, name), { force: true });
  const [later, station] = [await launch({ dataDir: before.dataDir }), await launch()];
  await signInAs(later.page, 'guanli');
  await ask(later.page, 'site.changeKeys', { reason: '例行更换' });
  const site = await foundAnew(later, station, stick);
  await later.close();
  await report(station);

  const bureau = await launch({ dataDir: older });
  const { page } = bureau;
  const dialog = page.getByRole('dialog');
  await signInAs(page, 'guanli');
  await menu(page, '各所上报');
  await page.getByRole('button', { name: '导入上报包' }).click();
  await bureau.scriptNext('open', [join(stick, await newest(stick, 'report-'))]);
  await page.getByRole('button', { name: '选择上报包' }).click();
  await expect(page.getByText(/没有打开此包的密钥/)).toBeVisible();
  await expectFit(page, 'keys-lost-inbox');
  await page.getByRole('button', { name: '另制开站包' }).click();
  await expect(dialog.getByLabel('电脑编号')).toHaveValue(site);
  await expectFit(page, 'keys-lost-kit');
  await dialog.getByRole('button', { name: '下一步' }).click();
  await chooseStick(page);
  await dialog.getByRole('button', { name: '写入开站包' }).click();
  const code = (await dialog.getByTestId('spoken-code').textContent()) ?? '';
  await dialog.getByRole('button', { name: '已告知，关闭' }).click();
  const { check } = await ask(page, 'site.keys', {});

  const door = station.page;
  await menu(door, '单位设置');
  await station.scriptNext('open', [join(stick, await newest(stick, `kit-${site}`))]);
  await door.getByRole('button', { name: '选择开站包' }).click();
  await door.getByLabel('口令').fill(code);
  await door.getByRole('button', { name: '核对开站包' }).click();
  await expect(door.getByRole('alert').filter({ hasText: '县局密钥校验码' })).toContainText(check.slice(0, 4));
  await expectFit(door, 'keys-lost-pair');
  await door.getByRole('button', { name: '重新配对' }).click();
  await expect(door.getByText(/已与青山县公安局配对/)).toBeVisible();
  await report(station);

  await page.getByRole('button', { name: '清空列表' }).click();
  await bureau.scriptNext('open', [join(stick, await newest(stick, 'report-'))]);
  await page.getByRole('button', { name: '选择上报包' }).click();
  await expect(page.getByText('青山县公安局城关派出所（2 号机）')).toBeVisible();
  await expectFit(page, 'forgotten-inbox');
  await page.getByRole('button', { name: '导入 1 个上报包' }).click();
  await expect(page.getByText(/凭开站包认出/)).toBeVisible();
  await expectFit(page, 'forgotten-taken');
  await menu(page, '各所上报');
  await expect(page.getByRole('alert').filter({ hasText: '城关派出所（2 号机）' })).toBeVisible();
  await expectFit(page, 'forgotten-board');
});

const newest = async (stick: string, prefix: string): Promise<string> =>
  (await readdir(stick))
    .filter((name) => name.startsWith(prefix))
    .sort()
    .at(-1) ?? '';

/** Writes what the station has to say, and something is always said. */
async function report({ page }: TestApp): Promise<void> {
  await ask(page, 'site.rename', { printingName: '城关所' });
  const drive = (await ask(page, 'work.drives', {}))[0]?.id ?? '';
  await ask(page, 'handoff.export', { drive, medium: '' });
}

/** The station's computer is lost, and it goes on with another one; the code of that. */
async function foundAnew(bureau: TestApp, station: TestApp, stick: string): Promise<string> {
  const second = { secondLoginName: 'erguan', secondPassword: PASSWORD };
  await ask(bureau.page, 'handoff.revokeStation', { site: STATION, reason: 'lost', words: '', ...second });
  const { site } = await ask(bureau.page, 'handoff.refound', { site: STATION });
  const drive = (await ask(bureau.page, 'work.drives', {}))[0]?.id ?? '';
  const kit = await ask(bureau.page, 'handoff.issueKit', { site, drive });
  await station.scriptNext('open', [join(stick, kit.fileName)]);
  const [file] = await ask(station.page, 'work.chooseFiles', { kind: 'bundle', many: false });
  await ask(station.page, 'site.foundStationFromKit', {
    ...{ file: file?.id ?? '', code: kit.spokenCode },
    ...{ accountName: '李所长', loginName: 'suozhang', password: PASSWORD },
  });
  await station.page.reload();
  return site;
}
