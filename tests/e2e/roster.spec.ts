import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { checkDigit } from '../../shared/resident-id.ts';
import { expect, test, type TestApp } from './support/app.ts';
import { expectFit } from './support/look.ts';
import { addAccount, ask, foundBureau, foundStation, importLedger, signInAs } from './support/seed.ts';

const ledgers = join(import.meta.dirname, '..', 'ledgers');
const chengguan = join(ledgers, '城关派出所花名册.xlsx');

const row = (page: Page, name: string) => page.locator('.ant-table-row', { hasText: name });
const search = (page: Page) => page.getByLabel('姓名、拼音、首字母、警号或身份证号');
const chooseLedger = async (app: TestApp, path: string): Promise<void> => {
  await app.scriptNext('open', [path]);
  await app.page.getByRole('button', { name: '选择文件' }).click();
};
const choose = async (page: Page, label: string, option: string): Promise<void> => {
  await page.getByLabel(label, { exact: true }).click();
  await page.locator('.ant-select-item-option', { hasText: option }).last().click();
};
/** Ticks one value of a column's filter, or takes the tick away. */
const filterBy = async (page: Page, column: string, value: string): Promise<void> => {
  await page.locator('th', { hasText: column }).locator('.ant-table-filter-trigger').click();
  const menu = page.locator('.ant-table-filter-dropdown').filter({ visible: true });
  await menu.locator('.ant-dropdown-menu-item', { hasText: value }).click();
  await menu.getByRole('button', { name: '确定' }).click();
};
const importRow = (page: Page) => page.getByRole('button', { name: /^导入 \d+ 行$/ });

/** A station with the roster of 城关 and its chief on the list. */
async function withRoster(app: TestApp): Promise<void> {
  await foundStation(app.page);
  await importLedger(app, 'roster', chengguan);
  await app.page.reload();
  await app.page.getByRole('menuitem', { name: '人员底册' }).click();
}

test('three rosters are taken in through the wizard, a wrong number mended, and a second time changes nothing', async ({
  app,
  page,
}) => {
  await foundStation(page);
  await page.getByRole('menuitem', { name: '人员底册' }).click();
  await expectFit(page, 'roster-empty');
  await page.getByRole('button', { name: '导入花名册' }).click();
  await expectFit(page, 'roster-import-start');
  await chooseLedger(app, chengguan);
  await expect(page.getByText('修正后通过 5')).toBeVisible();
  await expectFit(page, 'roster-import');
  await importRow(page).click();
  await expect(page.getByText(/通过 18，修正后通过 5/)).toBeVisible();
  await expectFit(page, 'roster-imported');
  await page.getByRole('button', { name: '再导入一个文件' }).click();

  await chooseLedger(app, join(ledgers, '桃花镇人员名单.xlsx'));
  await page.getByText('不能导入 2').click();
  await expect(row(page, '马　向').getByText(/身份证号有误/)).toBeVisible();
  await expectFit(page, 'roster-import-wrong');
  await page.getByRole('button', { name: /第 6 行 身份证号/ }).click();
  const digits = '99999919720116029';
  await page.getByRole('textbox', { name: /第 6 行 身份证号/ }).fill(digits + checkDigit(digits));
  await page.keyboard.press('Enter');
  await expect(page.getByText('不能导入 1')).toBeVisible();
  await importRow(page).click();
  await expect(page.getByText(/通过 6，修正后通过 3，已有且相同 0，不能导入 1，非数据行 1/)).toBeVisible();
  await page.getByRole('button', { name: '再导入一个文件' }).click();

  await chooseLedger(app, join(ledgers, '龙沟派出所人员.csv'));
  await importRow(page).click();
  await page.getByRole('button', { name: '完成' }).click();
  await expect(page.getByText('共 37 条')).toBeVisible();

  await page.getByRole('button', { name: '导入花名册' }).click();
  await chooseLedger(app, chengguan);
  await expect(page.getByText('已有且相同 23')).toBeVisible();
  await expect(page.getByRole('button', { name: '没有可导入的行' })).toBeDisabled();
});

test('people are found by characters, pinyin, initials and badge, and by the filters of the columns', async ({
  app,
  page,
}) => {
  await withRoster(app);
  await expect(page.getByText('共 23 条')).toBeVisible();
  await expectFit(page, 'roster-list');
  for (const typed of ['子轩', 'liuzix', 'lzx', '619804']) {
    await search(page).fill(typed);
    await expect(page.getByText('共 1 条')).toBeVisible();
    await expect(row(page, '刘子轩')).toBeVisible();
  }
  await search(page).fill('查无此人');
  await expect(page.getByText('没有符合条件的人员')).toBeVisible();
  await search(page).fill('');

  await filterBy(page, '身份', '勤务辅警');
  await expect(page.getByText('共 2 条')).toBeVisible();
  await expect(row(page, '区彩霞')).toBeVisible();
  await filterBy(page, '状态', '离岗');
  await expect(page.getByText('共 1 条')).toBeVisible();
  await expect(row(page, '区彩霞')).toHaveCount(0);
  await page.getByRole('button', { name: '清除条件' }).click();
  await expect(page.getByText('共 23 条')).toBeVisible();
  await page.getByText('离队', { exact: true }).click();
  await expect(page.getByText('共 0 条')).toBeVisible();
  await page.getByText('在册', { exact: true }).click();

  await page.locator('th', { hasText: '警衔' }).click();
  await expect(page.locator('.ant-table-row').first()).toContainText('一级警督');

  await search(page).fill('lzx');
  await row(page, '刘子轩').press('Enter');
  await expect(page.getByRole('heading', { name: '刘子轩' })).toBeVisible();
  await page.getByRole('button', { name: '返回' }).click();
  await expect(search(page)).toHaveValue('lzx');
});

test('somebody is recorded, corrected with a reason, moves on, and his file tells it', async ({ app, page }) => {
  await withRoster(app);
  await page.getByRole('button', { name: '新增人员' }).click();
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText('请改正标红的各项')).toBeVisible();
  await expectFit(page, 'roster-form-faulty');
  await page.getByLabel('姓名', { exact: true }).fill('刘子轩');
  await expect(page.getByLabel('姓名拼音')).toHaveValue('liu zi xuan');
  const digits = '99999919900512001';
  await page.getByLabel('身份证号', { exact: true }).fill(digits + checkDigit(digits));
  await expect(page.getByLabel('出生年月')).toHaveValue('1990-05-12');
  await choose(page, '身份', '公务员（民警）');
  await page.getByLabel('入警时间').fill('2015.7');
  await page.getByLabel('职务（岗位）').fill('社区民警');
  await expect(page.getByLabel('入警时间')).toHaveValue('2015-07');
  await page.getByRole('menuitem', { name: '训练记录' }).click();
  await page.getByRole('menuitem', { name: '人员底册' }).click();
  await page.getByRole('button', { name: '新增人员' }).click();
  await expect(page.getByLabel('职务（岗位）')).toHaveValue('社区民警');
  await expectFit(page, 'roster-form');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText('已有同名人员')).toBeVisible();
  await expectFit(page, 'roster-namesake');
  await page.getByRole('button', { name: '确是另一人' }).click();
  await expect(page.getByText('共 24 条')).toBeVisible();

  await search(page).fill('lzx');
  await row(page, '刘子轩').filter({ hasText: '社区民警' }).click();
  await expect(page.getByText('999999********', { exact: false })).toBeVisible();
  await expectFit(page, 'roster-file');
  await page.getByRole('button', { name: '显示全号' }).click();
  await expect(page.getByText(digits + checkDigit(digits))).toBeVisible();

  await page.getByRole('button', { name: '修改' }).click();
  await page.getByLabel('职务（岗位）').fill('内勤');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByLabel('修改理由').fill('岗位调整');
  await expectFit(page, 'roster-form-edit');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText('内勤', { exact: true })).toBeVisible();

  await page.getByRole('button', { name: '离岗离队' }).click();
  await page.getByLabel('离岗', { exact: true }).check();
  await page.getByLabel('理由').fill('长期病休');
  await expectFit(page, 'roster-leave');
  await page.getByRole('button', { name: '确定' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('button', { name: '调出' }).click();
  await page.getByLabel('调往单位').fill('县局治安大队');
  await page.getByLabel('理由').fill('工作需要');
  await expectFit(page, 'roster-transfer');
  await page.getByRole('button', { name: '确定' }).click();
  await expect(page.getByRole('button', { name: '调出' })).toHaveCount(0);

  await page.getByRole('tab', { name: '变动记录' }).click();
  await expect(page.getByText('职务（岗位）：社区民警 → 内勤')).toBeVisible();
  await expect(page.getByText('状态：离岗 → 调出')).toBeVisible();
  await expect(page.getByText('调往：县局治安大队')).toBeVisible();
  await expect(page.getByText('理由：工作需要')).toBeVisible();
  await expectFit(page, 'roster-history');
  for (const part of ['训练', '监督执纪']) await page.getByRole('tab', { name: part, exact: true }).click();
  await expectFit(page, 'roster-file-part');
});

test('a change made from an older state is refused, and begins anew from the latest', async ({ app, page }) => {
  await withRoster(app);
  await row(page, '刘子轩').click();
  await page.getByRole('button', { name: '修改' }).click();
  await page.getByLabel('联系电话').fill('13900001111');
  await page.getByLabel('修改理由').fill('换号');
  const { rows } = await ask(page, 'roster.listPersons', {
    ...{ search: 'lzx', statuses: [], identityKinds: [], ranks: [], posts: [], qualifications: [], station: null },
    ...{ sort: 'name', descending: false, offset: 0, limit: 1 },
  });
  const [{ id } = { id: '' }] = rows;
  await ask(page, 'roster.personLeft', {
    ...{ id, version: 1, status: 'OFF_POST', effectiveOn: '2026-01-05', reason: '病休' },
  });
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText(/刚被更新过/)).toBeVisible();
  await page.getByRole('button', { name: '载入最新内容' }).click();
  await expect(page.getByLabel('联系电话')).toHaveValue('19900007869');
  await page.getByLabel('联系电话').fill('13900001111');
  await page.getByLabel('修改理由').fill('换号');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText('13900001111')).toBeVisible();
});

test('an officer is taken to his own file and finds no other', async ({ app, page }) => {
  await withRoster(app);
  const { rows } = await ask(page, 'roster.listPersons', {
    ...{ search: 'lzx', statuses: [], identityKinds: [], ranks: [], posts: [], qualifications: [], station: null },
    ...{ sort: 'name', descending: false, offset: 0, limit: 1 },
  });
  await addAccount(page, 'minjing', ['officer'], { name: '刘子轩', personId: rows[0]?.id ?? '' });
  await addAccount(page, 'xinren', ['officer']);
  await signInAs(page, 'minjing');
  await expect(page.getByRole('menuitem', { name: '人员底册' })).toHaveCount(0);
  await page.getByRole('menuitem', { name: '我的档案' }).click();
  await expect(page.getByRole('heading', { name: '刘子轩' })).toBeVisible();
  await expect(page.getByRole('button', { name: '修改' })).toHaveCount(0);
  await expectFit(page, 'roster-own-file');
  await signInAs(page, 'xinren');
  await page.getByRole('menuitem', { name: '我的档案' }).click();
  await expect(page.getByText(/还没有对应到人员/)).toBeVisible();
});

test('the bureau says whose roster it takes in, and narrows its list to a station', async ({ app, page }) => {
  await foundBureau(page);
  await ask(page, 'handoff.registerStation', { name: '城关派出所', organCode: '999999010100', device: 1 });
  await page.reload();
  await page.getByRole('menuitem', { name: '人员底册' }).click();
  await page.getByRole('button', { name: '导入花名册' }).click();
  await choose(page, '单位', '城关派出所');
  await expectFit(page, 'roster-bureau-import');
  await chooseLedger(app, chengguan);
  await importRow(page).click();
  await page.getByRole('button', { name: '完成' }).click();
  await page.getByRole('button', { name: '新增人员' }).click();
  await choose(page, '单位', '县局机关');
  await page.getByLabel('姓名', { exact: true }).fill('区建国');
  await expect(page.getByLabel('姓名拼音')).toHaveValue('ou jian guo');
  await choose(page, '性别', '男');
  await choose(page, '身份', '公务员（民警）');
  await expectFit(page, 'roster-bureau-form');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText('共 24 条')).toBeVisible();
  await filterBy(page, '单位', '城关派出所');
  await expect(page.getByText('共 23 条')).toBeVisible();
  await expectFit(page, 'roster-bureau-list');
});
