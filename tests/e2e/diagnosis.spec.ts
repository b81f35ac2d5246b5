import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './support/app.ts';
import { expectFit } from './support/look.ts';
import { foundStation } from './support/seed.ts';

test('the chief has the computer looked at, and is told why it cannot be sent yet', async ({ app, page }) => {
  await writeFile(
    join(app.dataDir, 'lijing.log'),
    '2026-11-24T01:00:00.000Z site.signIn TypeError\n    at x (a.js:1:2)\n',
  );
  await foundStation(page);
  await page.getByRole('menuitem', { name: '运行诊断' }).click();
  await page.getByRole('button', { name: '开始检查' }).click();
  await expect(page.getByText('个来源的流水全部相符')).toBeVisible();
  await expect(page.getByText('at x (a.js:1:2)')).toBeVisible();
  await expectFit(page, 'diagnosis');
  await page.getByRole('combobox', { name: 'U盘' }).click();
  await page.locator('.ant-select-item-option').first().click();
  await page.getByRole('button', { name: '加密后存入U盘' }).click();
  await expect(page.getByText('本所尚未与县局配对')).toBeVisible();
});
