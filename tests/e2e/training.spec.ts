import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './support/app.ts';
import { expectFit } from './support/look.ts';
import { foundStation, importLedger } from './support/seed.ts';

const ledgers = join(import.meta.dirname, '..', 'ledgers');

/** Counts what the person does: each click, each choice, each text. */
function counted() {
  let steps = 0;
  const step = async (act: Promise<unknown>): Promise<void> => {
    steps += 1;
    await act;
  };
  return { step, steps: () => steps };
}

test('a session for twenty people takes fewer than fifteen acts beside choosing them', async ({
  app,
  page,
  folder,
}) => {
  await foundStation(page);
  await importLedger(app, 'roster', join(ledgers, '城关派出所花名册.xlsx'));
  const sheet = join(folder, '签到表.jpg');
  await writeFile(sheet, Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]));
  await page.reload();

  const { step, steps } = counted();
  await step(page.getByRole('menuitem', { name: '训练记录' }).click());
  await step(page.getByRole('button', { name: '录入训练' }).click());
  await step(page.getByLabel('训练内容').fill('体能'));
  await step(page.locator('.ant-select-item-option', { hasText: '体能测试' }).click());
  await step(page.getByLabel('外请', { exact: true }).check());
  await step(page.getByLabel('外请授课人或单位').fill('县局法制大队'));
  await page.getByRole('button', { name: /全选在岗/ }).click();
  await expect(page.getByText(/应到 2\d，实到 2\d/)).toBeVisible();
  await step(
    page
      .getByRole('button', { name: /到训情况：到$/ })
      .first()
      .click(),
  );
  await step(page.getByLabel(/未到或迟到原因/).fill('出警'));
  await step(page.getByRole('button', { name: '到训人员全部合格' }).click());
  await app.scriptNext('open', [sheet]);
  await step(page.getByRole('button', { name: /上传签到表/ }).click());
  await expect(page.getByText(/签到表.jpg/)).toBeVisible();
  await expectFit(page, 'training-form');
  await step(page.getByRole('button', { name: '保存' }).click());
  expect(steps()).toBeLessThan(15);

  await page.locator('.ant-table-row', { hasText: '体能测试' }).click();
  await expect(page.getByRole('heading', { name: '体能测试' })).toBeVisible();
  await expect(page.locator('.ant-table-row')).not.toHaveCount(0);
  await expectFit(page, 'training-session');
  await page.getByRole('button', { name: /查看 签到表/ }).click();
  await expect(page.getByRole('img', { name: '签到表' })).toBeVisible();
});

test('the year’s ledger is imported through the wizard, a wrong row mended on the way', async ({ app, page }) => {
  await foundStation(page);
  await importLedger(app, 'roster', join(ledgers, '城关派出所花名册.xlsx'));
  await page.reload();
  await page.getByRole('menuitem', { name: '训练记录' }).click();
  await expectFit(page, 'training-empty');
  await page.getByRole('button', { name: '导入台账' }).click();
  await app.scriptNext('open', [join(ledgers, '城关派出所2026年训练台账.xlsx')]);
  await page.getByRole('button', { name: '选择文件' }).click();
  await expect(page.getByText('不能导入 2')).toBeVisible();
  await page.getByText('不能导入 2').click();
  await expectFit(page, 'training-import');
  await page.getByRole('button', { name: /第 67 行 训练日期/ }).click();
  await page.getByRole('textbox', { name: /第 67 行 训练日期/ }).fill('2026-10-05');
  await page.keyboard.press('Enter');
  await expect(page.getByText('不能导入 1')).toBeVisible();
  await page.getByRole('button', { name: '导入 65 行' }).click();
  await expect(page.getByText(/通过 63，修正后通过 2/)).toBeVisible();
  await expectFit(page, 'training-imported');
  await page.getByRole('button', { name: '完成' }).click();

  await page.getByRole('button', { name: '全年' }).click();
  await expect(page.getByText('共 65 条')).toBeVisible();
  await expectFit(page, 'training-sessions');
  await page.getByRole('menuitem', { name: '学时统计' }).click();
  await expect(page.locator('.ant-table-row', { hasText: '刘子轩' })).toBeVisible();
  await expectFit(page, 'training-hours');
  await page.getByRole('menuitem', { name: '课程目录' }).click();
  await expect(page.locator('.ant-table-row', { hasText: '武器警械使用训练' })).toBeVisible();
  await expectFit(page, 'training-courses');
  await page.getByRole('tab', { name: '年度训练标准' }).click();
  await expectFit(page, 'training-norms');
});
