import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './support/app.ts';
import { expectFit } from './support/look.ts';
import { ask, foundBureau, importLedger } from './support/seed.ts';

const ledger = join(import.meta.dirname, '..', 'ledgers', '桃花镇人员名单.xlsx');

const judge = async (page: Page, row: number, act: string, reason: string): Promise<void> => {
  await page.locator('.ant-table-row').nth(row).getByRole('button', { name: act, exact: true }).click();
  await expectFit(page, 'duplicates-judge');
  await page.getByRole('dialog').getByLabel('理由').fill(reason);
  await page.getByRole('dialog').getByRole('button', { name: act, exact: true }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
};

test('people on two strengths wait at the bureau, are judged, counted once, and the judgement is withdrawn', async ({
  app,
  page,
}) => {
  await foundBureau(page);
  for (const [organCode, name] of [
    ['999999010200', '桃花镇派出所'],
    ['999999010300', '龙沟派出所'],
  ] as const) {
    const { site } = await ask(page, 'handoff.registerStation', { name, organCode });
    await importLedger(app, 'roster', ledger, { station: site });
  }
  const both = (await ask(page, 'roster.counts', {})).active;
  await page.reload();
  await page.getByText(/组人员疑似在两处重复在册/).click();
  await expectFit(page, 'duplicates-list');

  await judge(page, 0, '同一人', '两所电话核对，已调往龙沟所');
  await expect(page.getByText('同一人，两处在册')).toBeVisible();
  expect((await ask(page, 'roster.counts', {})).active).toBe(both - 1);
  await expectFit(page, 'duplicates-judged');

  // The judged pair stands last; its file leads back to the other.
  await page
    .locator('.ant-table-row')
    .last()
    .getByRole('button', { name: /桃花镇派出所/ })
    .click();
  await page.getByRole('tab', { name: '查重' }).click();
  await expect(page.getByText('两所电话核对，已调往龙沟所')).toBeVisible();
  await expectFit(page, 'duplicates-file');
  await judge(page, 0, '撤销判定', '判定有误');
  expect((await ask(page, 'roster.counts', {})).active).toBe(both);
  await expect(page.locator('.ant-table-row').getByRole('button', { name: '不是同一人' })).toBeVisible();
});
