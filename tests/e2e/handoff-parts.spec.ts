import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { photosIn } from '../support/photos.ts';
import { expect, test, type TestApp } from './support/app.ts';
import { expectFit } from './support/look.ts';
import { ask, foundBureau, importLedger, PASSWORD } from './support/seed.ts';

const ledgers = join(import.meta.dirname, '..', 'ledgers');
const PHOTOS = 24;

/** A station founded from a kit of the bureau's, with its people. */
async function pairedStation(bureau: TestApp, station: TestApp, stick: string): Promise<void> {
  await foundBureau(bureau.page);
  const { site } = await ask(bureau.page, 'handoff.registerStation', {
    name: '青山县公安局城关派出所',
    organCode: '999999010100',
  });
  const [drive] = await ask(bureau.page, 'work.drives', {});
  const kit = await ask(bureau.page, 'handoff.issueKit', { site, drive: drive?.id ?? '' });
  await station.scriptNext('open', [join(stick, kit.fileName)]);
  const [file] = await ask(station.page, 'work.chooseFiles', { kind: 'bundle', many: false });
  await ask(station.page, 'site.foundStationFromKit', {
    file: file?.id ?? '',
    code: kit.spokenCode,
    accountName: '陈所长',
    loginName: 'suozhang',
    password: PASSWORD,
  });
  await importLedger(station, 'roster', join(ledgers, '城关派出所花名册.xlsx'));
  await station.page.reload();
}

async function recordWithPhotos({ page, scriptNext }: TestApp, paths: readonly string[], title: string) {
  await page.getByRole('menuitem', { name: '训练记录' }).click();
  await page.getByRole('button', { name: '录入训练' }).click();
  await page.getByLabel('训练内容').fill(title);
  await page.getByLabel('学时').fill('4');
  await page.getByLabel('类别').click();
  await page.locator('.ant-select-item-option', { hasText: '实战训练' }).click();
  await page.getByLabel('外请', { exact: true }).check();
  await page.getByLabel('外请授课人或单位').fill('县局法制大队');
  await page.getByRole('button', { name: /全选在岗/ }).click();
  await scriptNext('open', paths);
  await page.getByRole('button', { name: /上传签到表/ }).click();
}

async function chooseDrive(page: Page, label: string): Promise<void> {
  await page.getByRole('combobox', { name: 'U盘' }).click();
  await page.locator('.ant-select-item-option', { hasText: new RegExp(`^${label}\\s`) }).click();
}

test('photos are added in bulk, go up on two sticks where one is too small, and arrive whole', async ({
  launch,
  folder,
  stick,
}) => {
  const second = join(folder, 'stick-2');
  const photos = join(folder, 'photos');
  await mkdir(second);
  await mkdir(photos);
  const drives = [stick, second];
  const bureau = await launch({ drives });
  const station = await launch({ drives });
  await pairedStation(bureau, station, stick);
  const { page } = station;

  const good = await photosIn(photos, PHOTOS, 200_000);
  const wrong = join(photos, '训练通知.jpg');
  await writeFile(wrong, '关于组织训练的通知');
  await recordWithPhotos(station, [wrong, ...good.slice(0, PHOTOS / 2)], '盘查训练');
  await expect(page.getByRole('alert')).toContainText('训练通知.jpg：不支持这种文件');
  await page.getByText(`已选 ${String(PHOTOS / 2)} 个`).scrollIntoViewIfNeeded();
  await expectFit(page, 'training-many-photos');
  await page.getByRole('button', { name: '保存' }).click();
  await page.locator('.ant-table-row', { hasText: '盘查训练' }).click();
  await expect(page.getByRole('button', { name: /^查看 / })).toHaveCount(PHOTOS / 2);
  await expectFit(page, 'training-session-photos');
  await recordWithPhotos(station, good.slice(PHOTOS / 2), '武器使用训练');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.locator('.ant-table-row', { hasText: '武器使用训练' })).toBeVisible();

  await station.setRoom(stick, 3_000_000);
  await page.getByRole('menuitem', { name: '上报' }).click();
  await chooseDrive(page, 'stick');
  await page.getByRole('combobox', { name: '介质编号' }).fill('03');
  await page.getByRole('button', { name: '导出上报包' }).click();
  await expect(page.getByRole('status').filter({ hasText: '可以拔出U盘' })).toBeVisible();
  await expect(page.getByText(/第 1 号上报包装到第 \d+ 条/)).toBeVisible();
  await expect(page.getByText(/附件 12 个（2.3 MB）/)).toBeVisible();
  await expectFit(page, 'handoff-part');
  await page.getByRole('menuitem', { name: '首页' }).click();
  await expect(page.getByText(/上报包只写了一部分/)).toBeVisible();
  await page.getByRole('menuitem', { name: '上报' }).click();
  await chooseDrive(page, 'stick-2');
  await page.getByRole('combobox', { name: '介质编号' }).fill('04');
  await expectFit(page, 'handoff-part-next');
  await page.getByRole('button', { name: '继续写到下一个介质' }).click();
  await expect(page.locator('.ant-table-row', { hasText: '04' })).toBeVisible();
  await expect(page.getByText(/条，介质已满/)).toHaveCount(0);
  await expectFit(page, 'handoff-part-last');

  const reports = async (at: string) =>
    (await readdir(at)).filter((name) => name.startsWith('report-')).map((name) => join(at, name));
  await bureau.scriptNext('open', [...(await reports(second)), ...(await reports(stick))]);
  const chosen = await ask(bureau.page, 'work.chooseFiles', { kind: 'bundle', many: true });
  const outcomes = await ask(bureau.page, 'handoff.importBundles', { files: chosen.map(({ id }) => id) });
  expect(outcomes.map(({ problem, lacking }) => [problem, lacking])).toEqual([
    [null, 0],
    [null, 0],
  ]);
  await bureau.page.reload();
  await bureau.page.getByRole('menuitem', { name: '各所上报' }).click();
  await expect(bureau.page.locator('.ant-table-row')).toContainText('待回执');
  const board = await ask(bureau.page, 'handoff.board', {});
  expect(board).toMatchObject([{ gaps: [], quarantined: 0 }]);
});
