import type { Page } from '@playwright/test';
import type { Role } from '../../../shared/call.ts';
import type { CallName, Input, Output } from '../../../shared/contract.ts';
import type { Result } from '../../../shared/problem.ts';
import type { TestApp } from './app.ts';

/** A password that passes the rules; every test account has it. */
export const PASSWORD = '青山派出所-2026';

/** Asks the core through the page, as the screens do; a refusal is an error of the test. */
export async function ask<N extends CallName>(page: Page, name: N, input: Input<N>): Promise<Output<N>> {
  const result = await page.evaluate(
    ([call, value]) => (window as unknown as { api: { call: Call } }).api.call(call, value),
    [name, input] as const,
  );
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.problem)}`);
  return result.value as Output<N>;
}
type Call = (name: string, input: unknown) => Promise<Result<unknown>>;

/** A station of its own with its chief (`suozhang`) signed in, on its home screen. */
export async function foundStation(page: Page): Promise<void> {
  await ask(page, 'site.foundStation', {
    name: '青山县公安局城关派出所',
    organCode: '999999010100',
    accountName: '陈所长',
    loginName: 'suozhang',
    password: PASSWORD,
  });
  await page.reload();
}

/** A bureau with its administrator (`guanli`) signed in, on its home screen. */
export async function foundBureau(page: Page): Promise<void> {
  await ask(page, 'site.foundBureau', {
    name: '青山县公安局',
    organCode: '999999010000',
    accountName: '系统管理员',
    loginName: 'guanli',
    password: PASSWORD,
  });
  await page.reload();
}

/** A further account; the signed-in person must be chief or administrator. */
export const addAccount = async (
  page: Page,
  loginName: string,
  roles: Role[],
  { name = loginName, personId = null }: { readonly name?: string; readonly personId?: string | null } = {},
): Promise<string> =>
  (await ask(page, 'site.createAccount', { name, loginName, roles, personId, password: PASSWORD })).id;

/** A person of the roster by his whole name. */
export async function personNamed(page: Page, name: string): Promise<string> {
  const all = { statuses: [], identityKinds: [], ranks: [], posts: [], qualifications: [], station: null };
  const asked = { ...all, search: name, sort: 'name' as const, descending: false, offset: 0, limit: 10 };
  const { rows } = await ask(page, 'roster.listPersons', asked);
  return rows.find((row) => row.name === name)?.id ?? '';
}

/** Another person at the same keyboard. */
export async function signInAs(page: Page, loginName: string): Promise<void> {
  await ask(page, 'site.lock', {}).catch(() => undefined);
  await ask(page, 'site.signIn', { loginName, password: PASSWORD });
  await page.reload();
}

/** A ledger of tests/ledgers imported through the slice's own calls. */
export async function importLedger(
  app: TestApp,
  slice: 'roster' | 'training',
  path: string,
  options: { readonly station?: string } = {},
): Promise<Output<'roster.commitImport'>> {
  await app.scriptNext('open', [path]);
  const [file] = await ask(app.page, 'work.chooseFiles', { kind: 'ledger', many: false });
  if (!file) throw new Error(`${path} could not be chosen`);
  return ask(app.page, `${slice}.commitImport` as 'roster.commitImport', { file: file.id, edits: [], ...options });
}
