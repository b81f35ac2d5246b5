import type { Page } from '@playwright/test';
import { foreignEntry } from '../support/behind.ts';
import { withDatabase } from '../support/damage.ts';
import { expect, test } from './support/app.ts';
import { expectFit } from './support/look.ts';
import { carryDown, carryUp, foundPair, STATION } from './support/pair.ts';
import { addAccount, signInAs } from './support/seed.ts';

const menu = (page: Page, name: string): Promise<void> => page.getByRole('menuitem', { name }).click();

/** As a later version of the application would record it. */
const future = {
  kind: 'care.leave-taken',
  body: {
    name: '年休假',
    startsOn: '2026-11-02',
    days: 5,
    reason: '探亲',
    approved: true,
    parts: [{ from: '2026-11-02' }],
  },
};

test('an entry that cannot be taken in is asked about, answered and decided, by stick', async ({ launch, stick }) => {
  const bureau = await launch();
  const early = await launch();
  await foundPair(bureau, early, stick);
  await early.close();
  await withDatabase(early.dataDir, (db) => foreignEntry(db, STATION, future));
  const station = await launch({ dataDir: early.dataDir });
  await signInAs(station.page, 'suozhang');
  await menu(station.page, '待核记录');
  await expect(station.page.getByText('没有待核记录')).toBeVisible();
  await carryUp(station, bureau, stick);

  const { page } = bureau;
  await addAccount(page, 'ducha', ['inspector'], { name: '周督察' });
  await signInAs(page, 'ducha');
  await page.getByText('1 条上报记录待核，待县局决定').click();
  const row = page.locator('.ant-table-row');
  await expect(row).toContainText('本机程序还不认识这种记录');
  await expectFit(page, 'quarantine-county');
  await row.click();
  const dialog = page.getByRole('dialog').first();
  await expect(dialog).toContainText('年休假');
  await dialog.getByText('原文').click();
  await expect(dialog.locator('pre')).toContainText('"approved": true');
  await expectFit(page, 'quarantine-entry');
  await dialog.getByRole('button', { name: '退回询问' }).click();
  await page.getByLabel('问题').fill('年休假应记入哪本台账？');
  await expectFit(page, 'quarantine-question');
  await page.getByRole('button', { name: '退回', exact: true }).click();
  await expect(row).toContainText('已退回');

  await carryDown(bureau, station, stick);
  await expect(station.page.getByText('1 条记录被县局列为待核，请办理并答复')).toBeVisible();
  await menu(station.page, '上报');
  await station.page.getByRole('button', { name: '去办理' }).click();
  await expectFit(station.page, 'quarantine-own');
  await station.page.locator('.ant-table-row').click();
  await expect(station.page.getByRole('dialog').first()).toContainText('年休假应记入哪本台账？');
  await expectFit(station.page, 'quarantine-asked');
  await station.page.getByRole('button', { name: '答复并办结' }).click();
  await station.page.getByRole('textbox', { name: '答复' }).fill('已记入休假台账。');
  await station.page.getByRole('button', { name: '答复', exact: true }).click();
  await expect(station.page.locator('.ant-table-row')).toContainText('已办结');

  await carryUp(station, bureau, stick);
  await page.reload();
  await menu(page, '待核记录');
  await expect(row).toContainText('已答复');
  await page.getByRole('button', { name: '重新判定 1 条' }).click();
  await expect(page.getByText('收下 0 条，仍待核 1 条')).toBeVisible();
  await row.click();
  await expect(dialog).toContainText('已记入休假台账。');
  await expectFit(page, 'quarantine-answered');
  await dialog.getByRole('button', { name: '维持不收' }).click();
  await page.getByLabel('理由').fill('升级后再记。');
  await page.getByRole('dialog').last().getByRole('button', { name: '维持不收' }).click();
  await expect(row).toContainText('不收');
});
