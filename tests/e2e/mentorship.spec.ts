import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { localDay } from '../../shared/dates.ts';
import { mentoredAbilities } from '../../shared/mentorship-tables.ts';
import { addMonths, monthsPassed } from '../../shared/mentorship-rules.ts';
import { expect, test } from './support/app.ts';
import { expectFit } from './support/look.ts';
import { addAccount, ask, foundStation, importLedger, personNamed, signInAs } from './support/seed.ts';

const ledgers = join(import.meta.dirname, '..', 'ledgers');
const rosters = ['城关派出所花名册.xlsx', '桃花镇人员名单.xlsx', '龙沟派出所人员.csv'];

const today = localDay(new Date());
const startsOn = addMonths(today, -2);
const [firstMonth = { from: '', to: '' }] = monthsPassed({ from: startsOn, to: addMonths(today, 10) }, today);

const pick = async (page: Page, label: string, name: string): Promise<void> => {
  await page.getByRole('dialog').getByLabel(label, { exact: true }).fill(name);
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: name }).first().click();
};
const setDay = async (page: Page, label: string, day: string): Promise<void> => {
  await page.getByRole('textbox', { name: label }).fill(day);
  await page.keyboard.press('Enter');
};
const rate = async (page: Page, ability: string, grade: string): Promise<void> =>
  page
    .getByRole('radiogroup', { name: ability })
    .getByRole('radio', { name: new RegExp(`^${grade}`) })
    .check();

test('the list of pairs comes in through the wizard, and the board tells who has too many', async ({ app, page }) => {
  await foundStation(page);
  for (const roster of rosters) await importLedger(app, 'roster', join(ledgers, roster));
  await page.reload();
  await page.getByRole('menuitem', { name: '师徒带教' }).click();
  await expectFit(page, 'mentorship-empty');
  await page.getByRole('button', { name: '导入名单' }).click();
  await app.scriptNext('open', [join(ledgers, '师徒结对名单.xlsx')]);
  await page.getByRole('button', { name: '选择文件' }).click();
  await expect(page.getByText('修正后通过 14')).toBeVisible();
  await expectFit(page, 'mentorship-import');
  await page.getByRole('button', { name: '导入 14 行' }).click();
  await page.getByRole('button', { name: '完成' }).click();
  await expect(page.getByText('共 14 条')).toBeVisible();
  await expect(page.getByText(/徒弟超过 5 人：.*杨志强/)).toBeVisible();
  await expectFit(page, 'mentorship-pairs');
  await page.locator('.ant-table-row', { hasText: '杨志强' }).first().click();
  await expect(page.getByText(/由名单导入/)).toBeVisible();
  await expectFit(page, 'mentorship-imported-pair');
});

test('a mentor signs for a month, the apprentice acknowledges it, the chief has seen it', async ({ app, page }) => {
  await foundStation(page);
  await importLedger(app, 'roster', join(ledgers, '城关派出所花名册.xlsx'));
  await addAccount(page, 'shifu', ['mentor'], { name: '艾俊杰', personId: await personNamed(page, '艾俊杰') });
  await addAccount(page, 'tudi', ['officer'], { name: '王建军', personId: await personNamed(page, '王建军') });
  await page.reload();

  await page.getByRole('menuitem', { name: '师徒带教' }).click();
  await page.getByRole('button', { name: '新结对子' }).click();
  await pick(page, '师父', '艾俊杰');
  await pick(page, '徒弟', '艾俊杰');
  await setDay(page, '结对日期', startsOn);
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText(/师父和徒弟不能是同一人/)).toBeVisible();
  await pick(page, '徒弟', '王建军');
  await page.getByLabel('协议要点').fill('每月至少共同出警十次');
  await expectFit(page, 'mentorship-form-pair');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.locator('.ant-table-row', { hasText: '王建军' })).toBeVisible();

  await signInAs(page, 'shifu');
  await expect(page.getByRole('button', { name: /王建军 的带教签认/ })).toBeVisible();
  await expectFit(page, 'mentorship-home-mentor');
  await page.getByRole('button', { name: /王建军 的带教签认/ }).click();
  await expect(page.getByLabel('期间起')).toHaveValue(firstMonth.from);
  await page.getByLabel('跟随接处警').check();
  await page.getByLabel('其他事项').fill('参加春节安保');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  for (const { label } of mentoredAbilities.entries) await rate(page, label, '4');
  await rate(page, '现场处置', '5');
  await page.getByLabel('师父评语').fill('学得快，文书还要多练。');
  await expect(page.getByRole('status')).toHaveText('请写明 1 分或 5 分的事实依据');
  await expect(page.getByRole('button', { name: '签名提交' })).toBeDisabled();
  await expectFit(page, 'mentorship-sign-off-form');
  await page.getByLabel('现场处置 的事实依据').fill('11月3日持刀警情中控制得当');
  await page.getByRole('button', { name: '签名提交' }).click();
  await expect(page.getByText('已签名，待徒弟确认')).toBeVisible();

  await page.getByRole('menuitem', { name: '师徒带教' }).click();
  await page.locator('.ant-table-row', { hasText: '王建军' }).click();
  await page.getByRole('button', { name: '填写签认' }).click();
  await setDay(page, '期间起', firstMonth.to);
  await setDay(page, '期间止', today);
  await page.getByLabel('跟随接处警').check();
  for (const { label } of mentoredAbilities.entries) await rate(page, label, '3');
  await page.getByLabel('师父评语').fill('重了一天');
  await page.getByRole('button', { name: '签名提交' }).click();
  await expect(page.getByText(/这段时间已有签认/)).toBeVisible();
  await expectFit(page, 'mentorship-overlap');
  await page.getByRole('button', { name: '放弃' }).click();
  await expect(page.getByRole('button', { name: '撤回' })).toBeVisible();
  await page.getByRole('button', { name: '撤回' }).click();
  await expectFit(page, 'mentorship-withdraw');
  await page.keyboard.press('Escape');

  await signInAs(page, 'tudi');
  await page.getByRole('button', { name: /师父 艾俊杰 的签认待您确认/ }).click();
  await page.getByRole('button', { name: '确认', exact: true }).click();
  await page.getByRole('radio', { name: /带得用心/ }).check();
  await page.getByLabel('本人意见').fill('属实，希望多教文书制作。');
  await expectFit(page, 'mentorship-acknowledge');
  await page.getByRole('button', { name: '签名确认' }).click();
  await expect(page.getByText('待所长阅')).toBeVisible();

  await signInAs(page, 'suozhang');
  await page.getByRole('button', { name: /1 对师徒的签认待阅/ }).click();
  await expect(page.getByText('希望多教文书制作')).toBeVisible();
  await expectFit(page, 'mentorship-unseen');
  await expect(page.getByRole('button', { name: '签名已阅' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('没有待阅的签认')).toBeVisible();

  await page.getByRole('menuitem', { name: '师徒带教' }).click();
  await page.locator('.ant-table-row', { hasText: '王建军' }).click();
  await expect(page.getByText(/所长 .* 已阅/)).toBeVisible();
  await expectFit(page, 'mentorship-pair');
});

test('the chief prolongs a pair, examines the apprentice and ends another, each with a reason', async ({
  app,
  page,
}) => {
  await foundStation(page);
  await importLedger(app, 'roster', join(ledgers, '城关派出所花名册.xlsx'));
  const mentor = await personNamed(page, '艾俊杰');
  const endsOn = addMonths(today, 10);
  for (const name of ['王建军', '刘雨桐']) {
    const apprentice = await personNamed(page, name);
    await ask(page, 'mentorship.formPair', { mentor, apprentice, startsOn, endsOn, agreement: null });
  }
  await page.reload();
  await page.getByRole('menuitem', { name: '师徒带教' }).click();
  await page.locator('.ant-table-row', { hasText: '王建军' }).click();
  await page.getByRole('button', { name: '延期' }).click();
  await page.getByLabel('理由').fill('产假，顺延三个月');
  await expectFit(page, 'mentorship-extend');
  await page.getByRole('dialog').getByRole('button', { name: '延期' }).click();
  await expect(page.getByText(`延期至 ${addMonths(endsOn, 3)}`)).toBeVisible();
  await page.getByRole('button', { name: '出师考核' }).click();
  await page.getByRole('radio', { name: '出师' }).check();
  await page.getByLabel('考核意见').fill('能独立办理一般案件');
  await expectFit(page, 'mentorship-examine');
  await page.getByRole('dialog').getByRole('button', { name: '出师考核' }).click();
  await expect(page.getByText('已出师')).toBeVisible();
  await expect(page.getByRole('button', { name: '延期' })).toHaveCount(0);

  await page.getByRole('button', { name: '返回' }).click();
  await expect(page.getByText('共 1 条')).toBeVisible();
  await page.locator('.ant-table-row').first().click();
  await page.getByRole('button', { name: '解除' }).click();
  await page.getByLabel('理由').fill('师父调离');
  await expectFit(page, 'mentorship-end');
  await page.getByRole('dialog').getByRole('button', { name: '解除' }).click();
  await expect(page.getByText('已解除')).toBeVisible();
  await page.getByRole('button', { name: '返回' }).click();
  await page.getByLabel('只看在带').uncheck();
  await expect(page.getByText('共 2 条')).toBeVisible();
});
