import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { aDecision, anIncident } from '../support/discipline.ts';
import { aSession } from '../support/training.ts';
import { expect, test, type TestApp } from './support/app.ts';
import { expectFit } from './support/look.ts';
import { addAccount, ask, foundStation, importLedger, signInAs } from './support/seed.ts';

const chengguan = join(import.meta.dirname, '..', 'ledgers', '城关派出所花名册.xlsx');

/** The officer `minjing`, 刘子轩, with a session, a mentor and a decision he was told of; he is signed in. */
async function anOfficer(app: TestApp): Promise<void> {
  const { page } = app;
  await foundStation(page);
  await importLedger(app, 'roster', chengguan);
  const [officer, mentor] = [await idOf(page, '刘子轩'), await idOf(page, '艾俊杰')];
  await ask(page, 'training.recordSession', recording([officer]));
  await ask(page, 'mentorship.formPair', {
    ...{ mentor, apprentice: officer, startsOn: '2026-01-01', endsOn: '2026-12-31', agreement: null },
  });
  await addAccount(page, 'minjing', ['officer'], { name: '刘子轩', personId: officer });
  await addAccount(page, 'jiandu', ['inspector'], { name: '孙监督', personId: mentor });
  await signInAs(page, 'jiandu');
  await decidedOn(page, officer, mentor);
  await signInAs(page, 'minjing');
  await page.getByRole('menuitem', { name: '我的档案' }).click();
}

async function idOf(page: Page, name: string): Promise<string> {
  const all = { statuses: [], identityKinds: [], ranks: [], posts: [], qualifications: [], station: null };
  const asked = { ...all, search: name, sort: 'name' as const, descending: false, offset: 0, limit: 1 };
  return (await ask(page, 'roster.listPersons', asked)).rows[0]?.id ?? '';
}

const recording = (attendees: readonly string[]) => ({
  ...{
    id: null,
    version: null,
    session: aSession(attendees, { heldOn: '2026-01-08' }),
    reason: '',
    sameConfirmed: true,
  },
});

/** An incident as far as the talk he was told of. */
async function decidedOn(page: Page, officer: string, verifier: string): Promise<void> {
  const { id: incident } = await ask(
    page,
    'discipline.recordIncident',
    anIncident([officer], { foundOn: '2026-01-05', actedOn: '2026-01-04' }),
  );
  await ask(page, 'discipline.startVerification', { incident, verifiers: [verifier], dueOn: '2099-12-31' });
  const finding = { finding: '离岗属实', established: true, finishedOn: '2026-01-10' };
  await ask(page, 'discipline.finishVerification', { incident, ...finding });
  await ask(page, 'discipline.decide', aDecision(incident, officer, { decidedOn: '2026-01-11' }));
  const { decisions } = await ask(page, 'discipline.openIncident', { id: incident });
  await ask(page, 'discipline.giveNotice', { incident, decision: decisions[0]?.id ?? '', toldOn: '2026-01-12' });
}

test('an officer reads his whole file, prints it, and comments on it; the chief answers', async ({
  app,
  page,
  folder,
}) => {
  await anOfficer(app);
  await page.getByRole('tab', { name: '训练', exact: true }).click();
  await expect(page.locator('.ant-table-row')).toHaveCount(1);
  await page.getByRole('tab', { name: '监督执纪', exact: true }).click();
  await expect(page.getByText('谈话提醒')).toBeVisible();
  await expectFit(page, 'own-file-decisions');
  await page.getByRole('button', { name: '签收' }).click();
  await page.getByLabel('本人意见').fill('接受批评');
  await page.getByRole('button', { name: '签名确认' }).click();

  await page.getByRole('tab', { name: '本人意见', exact: true }).click();
  await expectFit(page, 'own-file-no-comment');
  await page.getByRole('button', { name: '提出意见' }).click();
  await page.getByRole('dialog').getByLabel('本人意见').fill('参加工作时间应为 1990 年 10 月，请核对档案。');
  await expectFit(page, 'own-file-comment');
  await page.getByRole('button', { name: '签名提交' }).click();
  await expect(page.getByText('尚未答复')).toBeVisible();

  await page.getByRole('button', { name: '打印档案' }).click();
  await expect(page.getByRole('heading', { name: '刘子轩 人员档案' })).toBeVisible();
  await expect(page.getByText('参加工作时间应为 1990 年 10 月')).toBeVisible();
  await expectFit(page, 'own-file-sheet');
  const pdf = join(folder, '我的档案.pdf');
  await app.scriptNext('save', pdf);
  await page.getByRole('button', { name: '存为 PDF' }).click();
  await expect(page.getByText('已保存')).toBeVisible();
  const bytes = await readFile(pdf, 'latin1');
  expect(bytes.startsWith('%PDF-')).toBe(true);
  // A4, and no more sheets than there is to say.
  expect(bytes).toMatch(/\/MediaBox \[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/);
  expect(bytes.match(/\/Type \/Page\b/g)?.length).toBe(2);

  await signInAs(page, 'suozhang');
  await page.getByRole('button', { name: /刘子轩于 .* 对档案提出意见/ }).click();
  await expect(page.getByText('参加工作时间应为 1990 年 10 月')).toBeVisible();
  await page.getByRole('button', { name: '答复' }).click();
  await page.getByLabel('答复内容').fill('经查档案，已更正。');
  await expectFit(page, 'own-file-answer');
  await page.getByRole('button', { name: '签名提交' }).click();
  await expect(page.getByText('经查档案，已更正。')).toBeVisible();
  await expectFit(page, 'own-file-answered');
});
