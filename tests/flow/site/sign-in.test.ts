import { afterEach, expect, test } from 'vitest';
import { aPerson } from '../../bench/people.ts';
import { aBureau, aCore, aStation, PASSWORD, type TestSite } from '../../support/site.ts';

let site: TestSite;
afterEach(() => site.close());

const MINUTE = 60_000;
const later = (minutes: number): string => {
  site.now.value = new Date(site.now.value.getTime() + minutes * MINUTE);
  return site.now.value.toISOString();
};
const session = async () => (await site.call('site.status', {})).session;
const failAs = (loginName: string) => site.refusal('site.signIn', { loginName, password: '不对的口令-1' });

test('who signs in is told when he last did and how often somebody failed since', async () => {
  site = await aStation();
  await site.account('neiqin', ['trainer']);
  const first = later(1);
  await site.signIn('neiqin');
  expect(await session()).toMatchObject({ lastSignInAt: null, failuresSince: 0 });
  await site.signIn('suozhang');
  later(30);
  await failAs('neiqin');
  await failAs('neiqin');
  const second = later(30);
  await site.signIn('neiqin');
  expect(await session()).toMatchObject({ loginName: 'neiqin', lastSignInAt: first, failuresSince: 2 });
  later(1);
  await site.signIn('neiqin');
  expect(await session()).toMatchObject({ lastSignInAt: second, failuresSince: 0 });
});

test('a password typed as second person does not swallow the failures: they are told at the sign-in', async () => {
  site = await aStation();
  const id = await site.account('laozhao', ['mentor']);
  await site.account('jiandu', ['inspector']);
  await failAs('jiandu');
  await failAs('jiandu');
  await site.call('site.closeAccount', { id, secondLoginName: 'jiandu', secondPassword: PASSWORD });
  await site.signIn('jiandu');
  expect(await session()).toMatchObject({ failuresSince: 2 });
});

test('another takes over at the keyboard; a wrong password leaves the first where he is', async () => {
  site = await aStation();
  await site.account('kanyikan', ['viewer']);
  await failAs('kanyikan');
  expect(await session()).toMatchObject({ loginName: 'suozhang' });
  await site.signIn('kanyikan');
  expect(await site.refusal('site.rename', { printingName: '甲' })).toEqual({ code: 'request.not-allowed' });
  await site.signIn('suozhang');
  await site.call('site.rename', { printingName: '城关所' });
});

const acts = (id: string) =>
  Object.entries({
    'site.closeAccount': { id },
    'site.resetPassword': { id, newPassword: '新的口令-龙沟-88' },
    'site.renewRecoveryKey': {},
  });
const refused = (code: string): unknown => expect.objectContaining({ ok: false, problem: { code } });
const kinds = async (): Promise<readonly string[]> =>
  (await site.call('site.listEntries', { stream: null, before: null, limit: 200 })).entries.map(({ kind }) => kind);

test('no act of two persons is done by one, nor with a wrong second password', async () => {
  site = await aStation();
  const id = await site.account('laozhao', ['mentor']);
  await site.account('jiandu', ['inspector']);
  const before = (await kinds()).length;
  for (const [name, input] of acts(id)) {
    const with_ = (secondLoginName: string, secondPassword: string) =>
      site.core.call(name, { ...input, secondLoginName, secondPassword });
    expect(await with_('suozhang', PASSWORD), name).toEqual(refused('site.second-person-same'));
    expect(await with_('jiandu', '不对的口令-1'), name).toEqual(refused('site.login-failed'));
    await site.signIn('jiandu');
    await site.signIn('suozhang');
  }
  expect(new Set((await kinds()).slice(0, -before))).toEqual(new Set(['site.signed-in']));
});

test('the second person answers for the site or watches over it, and a small station first names one', async () => {
  site = await aStation();
  const id = await site.account('laozhao', ['mentor']);
  const others = ['trainer', 'mentor', 'officer', 'viewer'] as const;
  for (const role of others) await site.account(role, [role]);
  const before = (await kinds()).length;
  for (const [name, input] of acts(id))
    for (const secondLoginName of [...others, 'laozhao']) {
      const asked = { ...input, secondLoginName, secondPassword: PASSWORD };
      expect(await site.core.call(name, asked), `${name} ${secondLoginName}`).toEqual(
        refused('site.second-person-role'),
      );
    }
  expect((await kinds()).length).toBe(before);
  await site.call('site.changeAccount', { id, name: '赵师父', roles: ['mentor', 'inspector'], personId: null });
  await site.call('site.renewRecoveryKey', { secondLoginName: 'laozhao', secondPassword: PASSWORD });
  expect(await kinds()).toContain('site.account-changed');
});

test('at the bureau it is an administrator or a leader', async () => {
  site = await aBureau();
  await site.account('zhenggong', ['cadre']);
  await site.account('ducha', ['inspector']);
  await site.account('juzhang', ['leader']);
  const as = (secondLoginName: string) => ({ secondLoginName, secondPassword: PASSWORD });
  for (const login of ['zhenggong', 'ducha'])
    expect(await site.refusal('site.makeEscrow', as(login)), login).toEqual({ code: 'site.second-person-role' });
  await site.call('site.makeEscrow', as('juzhang'));
});

test('a recovered password follows the same rules, and a refused one leaves the site locked', async () => {
  site = await aCore();
  const first = { name: '城关派出所', organCode: '999999010100', accountName: '所长', loginName: 'suozhang' };
  const { recoveryKey } = await site.call('site.foundStation', { ...first, password: PASSWORD });
  await site.call('site.confirmRecoveryKey', { recoveryKey });
  const { id: _id, version: _version, ...facts } = aPerson(1).person;
  const { id: personId } = await site.call('roster.recordPerson', {
    id: null,
    version: null,
    facts: { ...facts, phone: '13912345678' },
    reason: '',
    namesakeConfirmed: true,
  });
  await site.account('minjing', ['officer'], personId);
  await site.call('site.lock', {});
  const recover = { recoveryKey, loginName: 'minjing' };
  expect(await site.refusal('site.recover', { ...recover, newPassword: '电话13912345678' })).toEqual({
    code: 'site.password-about-person',
  });
  expect((await site.call('site.status', {})).state).toBe('locked');
  await site.call('site.recover', { ...recover, newPassword: '老槐树下三只猫打架啦' });
});
