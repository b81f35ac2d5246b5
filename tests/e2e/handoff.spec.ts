import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, test, type TestApp } from './support/app.ts';
import { expectFit } from './support/look.ts';
import { ask, foundBureau, foundStation, PASSWORD } from './support/seed.ts';

const menu = (page: Page, name: string): Promise<void> => page.getByRole('menuitem', { name }).click();

async function chooseStick(page: Page, within: Page | Locator = page): Promise<void> {
  await within.getByRole('combobox', { name: 'U盘' }).click();
  await page.locator('.ant-select-item-option').first().click();
}

const onStick = async (stick: string, prefix: string): Promise<string> => {
  const names = (await readdir(stick)).filter((name) => name.startsWith(prefix)).sort();
  return join(stick, names.at(-1) ?? 'nothing');
};

/** Registers 城关派出所 and issues its kit; the code as the screen shows it. */
async function issueKit(page: Page, screens = false): Promise<string> {
  const dialog = page.getByRole('dialog');
  await menu(page, '各所上报');
  await page.getByRole('button', { name: '登记派出所' }).click();
  await dialog.getByLabel('派出所名称').fill('青山县公安局城关派出所');
  await dialog.getByLabel('机构代码（12 位）').fill('999999010100');
  if (screens) await expectFit(page, 'handoff-register');
  await dialog.getByRole('button', { name: '登记' }).click();
  await expect(dialog.getByText('制作开站包')).toBeVisible();
  await chooseStick(page, dialog);
  if (screens) await expectFit(page, 'handoff-kit');
  await dialog.getByRole('button', { name: '写入开站包' }).click();
  const code = dialog.getByTestId('spoken-code');
  await expect(code).toBeVisible();
  await expect(dialog).toContainText('不得写在U盘上');
  if (screens) await expectFit(page, 'handoff-kit-code');
  const spoken = (await code.textContent()) ?? '';
  await dialog.getByRole('button', { name: '已告知，关闭' }).click();
  await expect(code).toHaveCount(0);
  return spoken;
}

/** Founds the station with the kit on the stick, the code mistyped at first. */
async function foundWithKit({ page, scriptNext }: TestApp, kit: string, code: string): Promise<void> {
  await page.getByRole('button', { name: /用开站包建站/ }).click();
  await scriptNext('open', [kit]);
  await page.getByRole('button', { name: '选择开站包' }).click();
  await page.getByLabel('口令').fill('AAAA-BBBB-CCCC');
  await page.getByRole('button', { name: '核对开站包' }).click();
  await expect(page.getByRole('alert')).toContainText('口令不对。请与县局通话逐字核对后重新输入。');
  await expectFit(page, 'handoff-wrong-code');
  await page.getByLabel('口令').fill(code.toLowerCase());
  await page.getByRole('button', { name: '核对开站包' }).click();
  await expect(page.getByText('由青山县公安局发给青山县公安局城关派出所')).toBeVisible();
  await page.getByLabel('姓名').fill('陈所长');
  await page.getByLabel('登录名').fill('suozhang');
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD);
  await page.getByLabel('再输一遍密码').fill(PASSWORD);
  await expectFit(page, 'handoff-found-with-kit');
  await page.getByRole('button', { name: '建站', exact: true }).click();
  const recoveryKey = (await page.getByTestId('recovery-key').textContent()) ?? '';
  await page.getByRole('button', { name: '已抄好，进行核对' }).click();
  await page.getByRole('textbox').fill(recoveryKey);
  await page.getByRole('button', { name: '核对', exact: true }).click();
  await expect(page.getByRole('heading', { name: '首页' })).toBeVisible();
}

async function exportBundle(page: Page): Promise<void> {
  await menu(page, '上报');
  await chooseStick(page);
  await page.getByRole('combobox', { name: '介质编号' }).fill('03');
  await expect(page.getByText('可以拔出U盘')).toHaveCount(0);
  await page.getByRole('button', { name: '导出上报包' }).click();
  await expect(page.getByRole('status').filter({ hasText: '可以拔出U盘' })).toBeVisible();
}

async function importBundles({ page, scriptNext }: TestApp, paths: readonly string[]): Promise<void> {
  await scriptNext('open', paths);
  await page.getByRole('button', { name: '选择上报包' }).click();
  await page.getByRole('button', { name: `导入 ${String(paths.length)} 个上报包` }).click();
  await expect(page.getByRole('region', { name: '导入结果' })).toBeVisible();
}

/** Drops files from outside onto the middle of the window, as a person does from the file manager. */
async function dropOn(page: Page, files: string[]): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await devtools.send('Input.dispatchDragEvent', { type, x: 700, y: 450, data });
  await devtools.detach();
}

test('a stick goes from the bureau to the station and back, and the receipt proves what was received', async ({
  launch,
  stick,
}) => {
  const bureau = await launch();
  await foundBureau(bureau.page);
  await menu(bureau.page, '各所上报');
  await expect(bureau.page.getByText('尚未登记派出所')).toBeVisible();
  await expectFit(bureau.page, 'handoff-board-empty');
  const code = await issueKit(bureau.page, true);

  const station = await launch();
  await foundWithKit(station, await onStick(stick, 'kit-'), code);
  const { page } = station;
  await expect(page.getByText('尚未上报过')).toBeVisible();
  await menu(page, '上报');
  await expect(page.getByText('尚无回执')).toBeVisible();
  await expect(page.getByText(/另有 \d+ 条登录、备份、上报等例行记录，不计入待上报/)).toBeVisible();
  await expectFit(page, 'handoff-report-first');
  await exportBundle(page);
  await expect(page.locator('.ant-table-row')).toContainText('未回执');
  await expectFit(page, 'handoff-exported');

  const row = bureau.page.locator('.ant-table-row');
  await bureau.page.getByRole('button', { name: '导入上报包' }).click();
  await importBundles(bureau, [await onStick(stick, 'report-')]);
  await expect(bureau.page.getByText('1 个上报包全部导入')).toBeVisible();
  await expect(row).toContainText('已导入');
  await expectFit(bureau.page, 'handoff-imported');
  await bureau.page.getByRole('button', { name: '返回列表' }).click();
  await expect(row).toContainText('以前已导入过');

  await bureau.page.getByRole('button', { name: '返回' }).click();
  await expect(row).toContainText('待回执');
  await expectFit(bureau.page, 'handoff-board');
  await menu(bureau.page, '首页');
  await expect(bureau.page.getByText('1 个派出所待写回执')).toBeVisible();
  await expectFit(bureau.page, 'handoff-home-bureau');
  await menu(bureau.page, '待核记录');
  await expect(bureau.page.getByText('没有待核记录')).toBeVisible();
  await expectFit(bureau.page, 'handoff-quarantine');

  await menu(bureau.page, '各所上报');
  await row.getByRole('button', { name: '回执包' }).click();
  const dialog = bureau.page.getByRole('dialog');
  await chooseStick(bureau.page, dialog);
  await dialog.getByRole('button', { name: '写入回执包' }).click();
  await expect(dialog.getByRole('status').filter({ hasText: '可以拔出U盘' })).toBeVisible();
  await expectFit(bureau.page, 'handoff-return');
  await dialog.getByRole('button', { name: '关闭' }).click();
  await expect(row).not.toContainText('待回执');

  await station.scriptNext('open', [await onStick(stick, 'return-')]);
  await page.getByRole('button', { name: '选择回执包' }).click();
  await page.getByRole('button', { name: '导入回执包' }).click();
  await expect(page.getByText('已导入青山县公安局的回执包')).toBeVisible();
  await expect(page.locator('.ant-table-row')).toContainText('已回执');
  await expect(page.getByRole('button', { name: '导出上报包' })).toBeDisabled();
  await expectFit(page, 'handoff-receipt');
  await menu(page, '首页');
  await expect(page.getByText('上报情况')).toBeVisible();
  await expectFit(page, 'handoff-home-station');
});

test('files that are no whole bundle are refused one by one, and the whole one lands', async ({ launch, stick }) => {
  const bureau = await launch();
  await foundBureau(bureau.page);
  const code = await issueKit(bureau.page);
  const station = await launch();
  await foundWithKit(station, await onStick(stick, 'kit-'), code);
  await exportBundle(station.page);
  const whole = await onStick(stick, 'report-');
  const [text, cut, later] = ['a-letter', 'b-cut', 'c-later'].map((name) => join(stick, `${name}.lijing`));
  if (!text || !cut || !later) throw new Error('three files');
  await writeFile(text, '这是一封信');
  await writeFile(cut, (await readFile(whole)).subarray(0, -40));
  await copyFile(whole, later);

  await bureau.page.getByRole('button', { name: '导入上报包' }).click();
  await expect(bureau.page.getByText('把上报包或文件夹拖到这里')).toBeVisible();
  await expectFit(bureau.page, 'handoff-inbox-empty');
  await dropOn(bureau.page, [stick]);
  const row = (name: string): Locator => bureau.page.locator('.ant-table-row', { hasText: name });
  await expect(row('a-letter')).toContainText('这不是砺警的数据包，请重新选择文件。');
  await expect(row('b-cut')).toContainText('已损坏');
  await expect(row('report-')).toContainText('待导入');
  await expect(bureau.page.getByText('共 5 个文件，可导入 2 个')).toBeVisible();
  await expectFit(bureau.page, 'handoff-inbox');
  // Spoilt behind the look, as by a stick pulled out in the middle.
  await writeFile(later, (await readFile(whole)).subarray(0, -40));
  await bureau.page.getByRole('button', { name: '导入 2 个上报包' }).click();
  await expect(bureau.page.getByText('2 个上报包中 1 个未导入')).toBeVisible();
  await expect(row('c-later')).toContainText('数据包已损坏，没有导入。请对方重新导出，再拷一次。');
  await expect(row('report-')).toContainText('已导入');
  await expectFit(bureau.page, 'handoff-refused');

  for (const [path, words] of [
    [text, '这不是砺警的数据包，请重新选择文件。'],
    [whole, '此数据包不是发给本单位的，没有导入。请核对文件。'],
  ] as const) {
    await station.scriptNext('open', [path]);
    await station.page.getByRole('button', { name: '选择回执包' }).click();
    await station.page.getByRole('button', { name: '导入回执包' }).click();
    await expect(station.page.getByRole('alert').filter({ hasText: words })).toBeVisible();
  }
  await expectFit(station.page, 'handoff-return-refused');
});

test('a station founded on its own is told how to pair, and reports after that', async ({ launch, stick }) => {
  const bureau = await launch();
  await foundBureau(bureau.page);
  const code = await issueKit(bureau.page);
  const { page, scriptNext } = await launch();
  await foundStation(page);
  await menu(page, '上报');
  await expect(page.getByText('本所尚未与县局配对，不能上报')).toBeVisible();
  await expect(page.getByRole('button', { name: '导出上报包' })).toHaveCount(0);
  await expectFit(page, 'handoff-not-paired');

  await page.getByRole('button', { name: '去配对' }).click();
  await scriptNext('open', [await onStick(stick, 'kit-')]);
  await page.getByRole('button', { name: '选择开站包' }).click();
  await page.getByLabel('口令').fill(code);
  await page.getByRole('button', { name: '核对开站包' }).click();
  await page.getByRole('button', { name: '与县局配对' }).click();
  await expect(page.getByText('已与青山县公安局配对')).toBeVisible();
  await exportBundle(page);
  await expect(page.locator('.ant-table-row')).toContainText('未回执');
  expect((await ask(page, 'handoff.state', {})).bundles).toMatchObject([{ number: 1, medium: '03', proven: false }]);
});
