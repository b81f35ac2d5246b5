import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './support/app.ts';
import { expectFit } from './support/look.ts';
import { addAccount, ask, foundBureau, foundStation, importLedger, personNamed, signInAs } from './support/seed.ts';

const ledgers = join(import.meta.dirname, '..', 'ledgers');

const choose = async (page: Page, label: string, option: string, typed = option): Promise<void> => {
  await page.getByRole('combobox', { name: new RegExp(`^(\\* )?${label}$`) }).fill(typed);
  await page.locator('.ant-select-item-option', { hasText: option }).first().click();
};
const sign = (page: Page) => page.getByRole('button', { name: '签名确认' }).click();

test('an incident is recorded by the inspector and closed by the chief, and the officer sees only his decision', async ({
  app,
  page,
  folder,
}) => {
  await foundStation(page);
  await importLedger(app, 'roster', join(ledgers, '城关派出所花名册.xlsx'));
  const officer = await personNamed(page, '刘子轩');
  await addAccount(page, 'jiandu', ['inspector'], { name: '孙监督' });
  await addAccount(page, 'minjing', ['officer'], { name: '刘子轩', personId: officer });
  const photo = join(folder, '监控截图.jpg');
  await writeFile(photo, Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]));
  await signInAs(page, 'jiandu');

  await page.getByRole('menuitem', { name: '监督执纪' }).click();
  await expectFit(page, 'discipline-empty');
  await page.getByRole('button', { name: '登记线索' }).click();
  await page.getByLabel('来源').click();
  await page.locator('.ant-select-item-option', { hasText: '督察发现' }).click();
  await choose(page, '具体行为', '脱岗离岗', '脱岗');
  await choose(page, '当事人', '刘子轩');
  await page.keyboard.press('Escape');
  await page.getByLabel('主要事实').fill('11月23日值班期间离岗两小时，群众报警无人接待。');
  await app.scriptNext('open', [photo]);
  await page.getByRole('button', { name: /添加照片/ }).click();
  await expect(page.getByText('监控截图.jpg')).toBeVisible();
  await expectFit(page, 'discipline-form');
  await page.getByRole('button', { name: '保存' }).click();

  await page.locator('.ant-table-row', { hasText: '刘子轩' }).click();
  await expect(page.getByRole('heading', { name: /脱岗离岗/ })).toBeVisible();
  await page.getByRole('button', { name: '启动核查' }).click();
  await choose(page, '核查人', '刘雨桐');
  await choose(page, '核查人', '常永红');
  await page.keyboard.press('Escape');
  await expectFit(page, 'discipline-start');
  await sign(page);
  await page.getByRole('button', { name: '核查结束' }).click();
  await page.getByLabel('属实', { exact: true }).check();
  await page.getByLabel('核查结论').fill('经调取监控，离岗属实。');
  await expectFit(page, 'discipline-finish');
  await sign(page);
  await page.getByRole('button', { name: '作出决定' }).click();
  await page.getByLabel('处理', { exact: true }).click();
  await page.locator('.ant-select-item-option', { hasText: '批评教育' }).click();
  await page.getByLabel('决定单位或会议').fill('所务会');
  await page.getByLabel('理由和依据').fill('初犯，未造成后果');
  await expectFit(page, 'discipline-decide');
  await sign(page);
  await page.getByRole('button', { name: '登记告知' }).click();
  await sign(page);
  await page.getByRole('button', { name: '布置整改' }).click();
  await page.getByLabel('整改内容').fill('修订值班制度');
  await choose(page, '责任人', '孙雨', 'sy');
  await sign(page);
  await page.getByRole('button', { name: '登记完成' }).click();
  await page.getByLabel('整改情况').fill('已修订并公示');
  await sign(page);
  await page.getByRole('button', { name: '销号', exact: true }).click();
  await sign(page);
  await expect(page.getByText('已决定')).toBeVisible();
  await expectFit(page, 'discipline-incident');
  await expect(page.getByRole('button', { name: '办结' })).toHaveCount(0);

  await signInAs(page, 'suozhang');
  await page.getByRole('button', { name: /可以办结/ }).click();
  await page.getByRole('button', { name: '办结' }).click();
  await page.getByLabel('办结意见').fill('整改到位，予以办结');
  await expectFit(page, 'discipline-close');
  await sign(page);
  await expect(page.getByText('已办结')).toBeVisible();

  await signInAs(page, 'minjing');
  await page.getByRole('menuitem', { name: '监督执纪' }).click();
  await expect(page.getByText('没有可查阅的事件')).toBeVisible();
  await page.getByRole('menuitem', { name: '处理告知' }).click();
  await expectFit(page, 'discipline-own');
  await page.getByRole('button', { name: '签收' }).click();
  await expectFit(page, 'discipline-acknowledge');
  await sign(page);
  await expect(page.getByRole('button', { name: '签收' })).toHaveCount(0);
});

test('the discipline ledger is imported through the wizard and shows what is overdue', async ({ app, page }) => {
  await foundStation(page);
  for (const roster of ['城关派出所花名册.xlsx', '桃花镇人员名单.xlsx', '龙沟派出所人员.csv'])
    await importLedger(app, 'roster', join(ledgers, roster));
  await page.reload();
  await page.getByRole('menuitem', { name: '监督执纪' }).click();
  await page.getByRole('button', { name: '导入台账' }).click();
  await app.scriptNext('open', [join(ledgers, '监督执纪台账.xlsx')]);
  await page.getByRole('button', { name: '选择文件' }).click();
  await expect(page.getByText('通过 11', { exact: true })).toBeVisible();
  await expectFit(page, 'discipline-import');
  await page.getByRole('button', { name: '导入 11 行' }).click();
  await page.getByRole('button', { name: '完成' }).click();
  await expect(page.getByText('共 11 条')).toBeVisible();
  await expectFit(page, 'discipline-list');
  await page.getByLabel('只看超期').check();
  await expect(page.getByText('共 3 条')).toBeVisible();
});

test('the bureau opens a case of its own and decides on it', async ({ app, page }) => {
  await foundBureau(page);
  const { site: station } = await ask(page, 'handoff.registerStation', {
    name: '城关派出所',
    organCode: '999999010100',
  });
  await importLedger(app, 'roster', join(ledgers, '城关派出所花名册.xlsx'), { station });
  await addAccount(page, 'ducha', ['inspector']);
  await signInAs(page, 'ducha');
  await page.getByRole('menuitem', { name: '监督执纪' }).click();
  await page.getByRole('button', { name: '直接立案' }).click();
  await page.getByRole('dialog').getByLabel('派出所').click();
  await page.locator('.ant-select-item-option', { hasText: '城关派出所' }).click();
  await page.getByLabel('立案号').fill('青公立〔2026〕3号');
  await choose(page, '当事人', '刘子轩');
  await page.keyboard.press('Escape');
  await choose(page, '问题类别', '脱岗离岗', '脱岗');
  await page.getByLabel('立案依据').fill('值班脱岗造成后果');
  await expectFit(page, 'discipline-case');
  await sign(page);
  await expect(page.getByText(/立案期间暂停调动.*刘子轩/)).toBeVisible();
  await expectFit(page, 'discipline-frozen');
  await page.locator('.ant-table-row', { hasText: '刘子轩' }).click();
  await page.getByRole('button', { name: '作出决定' }).click();
  await choose(page, '处理', '停止执行职务', '停止');
  await page.getByLabel('决定单位或会议').fill('县公安局督察大队');
  await page.getByLabel('理由和依据').fill('防止继续违纪');
  await sign(page);
  await expect(page.getByText(/停止执行职务 10 至 60 天，禁闭/).last()).toBeVisible();
  await page.getByLabel('天数').fill('30');
  await expectFit(page, 'discipline-bureau-decide');
  await sign(page);
  await expect(page.getByRole('cell', { name: '停止执行职务' })).toBeVisible();
  await expectFit(page, 'discipline-bureau-incident');
});
