import { afterEach, expect, test } from 'vitest';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { aPerson } from '../../bench/people.ts';
import { aBureau, aCore, aStation, PASSWORD, type TestSite } from '../../support/site.ts';
import { somePeople } from '../../support/training.ts';

const open: TestSite[] = [];
const kept = async (site: Promise<TestSite>): Promise<TestSite> => {
  open.push(await site);
  return site;
};
afterEach(async () => {
  for (const site of open.splice(0)) await site.close();
});

const NEW = '新的口令-龙沟-88';

test('a founded site is signed in to, and is never founded over', async () => {
  const site = await kept(aStation());
  expect(await site.call('site.status', {})).toMatchObject({ state: 'open', session: { roles: ['chief'] } });
  const again = { name: '甲', organCode: '999999010100', accountName: '乙', loginName: 'yi', password: PASSWORD };
  expect(await site.refusal('site.foundBureau', again)).toEqual({ code: 'site.already-founded' });
});

test('weak passwords are refused with their reason, and nothing is founded', async () => {
  const site = await kept(aCore());
  const first = { name: '城关派出所', organCode: '999999010100', accountName: '所长', loginName: 'suozhang' };
  const codeFor = async (password: string) => (await site.refusal('site.foundStation', { ...first, password })).code;
  expect(await codeFor('短口令')).toBe('site.password-too-short');
  expect(await codeFor('1234567890')).toBe('site.password-too-common');
  expect(await codeFor('8888888888')).toBe('site.password-too-common');
  expect(await codeFor('gonganju110')).toBe('site.password-too-common');
  expect(await codeFor('suozhang@2026x')).toBe('site.password-contains-login');
  expect((await site.call('site.status', {})).state).toBe('unfounded');
});

test('a wrong password and an unknown name answer alike, and the wait grows and survives a restart', async () => {
  const site = await kept(aStation());
  await site.call('site.lock', {});
  const wrong = { loginName: 'suozhang', password: '不对的口令-1' };
  for (let time = 0; time < 3; time += 1)
    expect(await site.refusal('site.signIn', wrong)).toEqual({ code: 'site.login-failed' });
  expect(await site.refusal('site.signIn', { ...wrong, loginName: 'nobody' })).toEqual({ code: 'site.login-failed' });
  expect(await site.refusal('site.signIn', wrong)).toEqual({ code: 'site.login-delayed', detail: { seconds: 2 } });

  await site.core.shutdown();
  const restarted = await kept(aCore({ dir: site.dir }));
  const right = { loginName: 'suozhang', password: PASSWORD };
  expect(await restarted.refusal('site.signIn', right)).toMatchObject({ code: 'site.login-delayed' });
  restarted.now.value = new Date(restarted.now.value.getTime() + 2_000);
  expect(await restarted.call('site.signIn', right)).toMatchObject({ failuresSince: 3 });
});

test('a damaged record of failures never keeps the right password out', async () => {
  const site = await kept(aStation());
  await site.call('site.lock', {});
  await writeFile(join(site.dir, 'attempts.json'), '{"a":');
  await site.signIn('suozhang');
});

test('one damaged copy of the keyring is made good by the other; both damaged is said, not founded over', async () => {
  const site = await kept(aStation());
  await site.call('site.lock', {});
  await writeFile(join(site.dir, 'keyring.json'), 'x');
  await site.signIn('suozhang');
  await site.call('site.lock', {});
  await writeFile(join(site.dir, 'keyring.json'), 'x');
  await writeFile(join(site.dir, 'keyring.copy.json'), 'x');
  expect(await site.refusal('site.signIn', { loginName: 'suozhang', password: PASSWORD })).toEqual({
    code: 'site.keyring-damaged',
  });
  expect((await site.call('site.status', {})).state).toBe('locked');
});

test('a name is taken once, whatever its case; roles of the other kind of site are refused', async () => {
  const site = await kept(aStation());
  await site.account('100234', ['trainer']);
  const draft = { name: '乙', personId: null, password: PASSWORD };
  expect(await site.refusal('site.createAccount', { ...draft, loginName: 'SuoZhang', roles: ['viewer'] })).toEqual({
    code: 'site.login-name-taken',
  });
  expect(await site.refusal('site.createAccount', { ...draft, loginName: 'yi', roles: ['leader'] })).toMatchObject({
    code: 'site.role-not-at-this-site',
  });
});

test('a password is changed by its owner without touching the data; the old one opens nothing', async () => {
  const site = await kept(aStation());
  await site.call('site.changePassword', { password: PASSWORD, newPassword: NEW });
  await site.call('site.lock', {});
  expect(await site.refusal('site.signIn', { loginName: 'suozhang', password: PASSWORD })).toEqual({
    code: 'site.login-failed',
  });
  await site.signIn('suozhang', NEW);
});

test('a forgotten password is set anew by two persons, never by one', async () => {
  const site = await kept(aStation());
  const id = await site.account('laozhao', ['mentor']);
  const alone = { id, newPassword: NEW, secondLoginName: 'suozhang', secondPassword: PASSWORD };
  expect(await site.refusal('site.resetPassword', alone)).toEqual({ code: 'site.second-person-same' });
  await site.account('jiandu', ['inspector']);
  await site.call('site.resetPassword', { ...alone, secondLoginName: 'jiandu' });
  await site.signIn('laozhao', NEW);
});

test('an account is closed by two persons; the last chief cannot be', async () => {
  const site = await kept(aStation());
  const id = await site.account('laozhao', ['mentor']);
  await site.account('jiandu', ['inspector']);
  const second = { secondLoginName: 'jiandu', secondPassword: PASSWORD };
  await site.call('site.closeAccount', { id, ...second });
  expect(await site.refusal('site.signIn', { loginName: 'laozhao', password: PASSWORD })).toEqual({
    code: 'site.login-failed',
  });
  const chief = (await site.call('site.status', {})).session?.accountId ?? '';
  expect(await site.refusal('site.closeAccount', { id: chief, ...second })).toEqual({ code: 'site.last-of-its-role' });
  const demoted = { id: chief, name: '所长', roles: ['viewer' as const], personId: null };
  expect(await site.refusal('site.changeAccount', demoted)).toEqual({ code: 'site.last-of-its-role' });
});

test('the person behind an account is set once by himself, and changed by others only', async () => {
  const site = await kept(aStation());
  const [own = '', other = ''] = await somePeople(site, 2);
  const id = (await site.call('site.status', {})).session?.accountId ?? '';
  const account = { id, name: '所长', roles: ['chief' as const] };
  await site.call('site.changeAccount', { ...account, personId: own });
  for (const personId of [other, null])
    expect(await site.refusal('site.changeAccount', { ...account, personId })).toEqual({
      code: 'site.own-person-fixed',
    });
  await site.account('jiaodao', ['chief']);
  await site.signIn('jiaodao');
  await site.call('site.changeAccount', { ...account, personId: other });
});

test('the recovery key opens only after it was typed back, and gives a new password', async () => {
  const site = await kept(aCore());
  const first = {
    name: '城关派出所',
    organCode: '999999010100',
    accountName: '所长',
    loginName: 'suozhang',
    password: PASSWORD,
  };
  const { recoveryKey } = await site.call('site.foundStation', first);
  const recover = { recoveryKey, loginName: 'suozhang', newPassword: NEW };
  await site.call('site.lock', {});
  expect(await site.refusal('site.recover', recover)).toEqual({ code: 'site.recovery-key-wrong' });
  await site.signIn('suozhang');
  const slip = recoveryKey.slice(0, -1) + (recoveryKey.endsWith('Z') ? 'Y' : 'Z');
  expect(await site.refusal('site.confirmRecoveryKey', { recoveryKey: slip })).toEqual({
    code: 'site.recovery-key-wrong',
  });
  await site.call('site.confirmRecoveryKey', { recoveryKey: recoveryKey.toLowerCase().replaceAll('-', ' ') });
  await site.call('site.lock', {});
  await site.call('site.recover', recover);
  // Who is let in again in the same session can sign in afterwards.
  await site.account('xunlian', ['trainer']);
  await site.call('site.lock', {});
  await site.signIn('xunlian');
  await site.call('site.lock', {});
  await site.signIn('suozhang', NEW);
  expect(await site.call('site.checkChain', {})).toMatchObject({ faults: [] });
});

test('a renewed recovery key replaces the old one', async () => {
  const site = await kept(aCore());
  const first = {
    name: '城关派出所',
    organCode: '999999010100',
    accountName: '所长',
    loginName: 'suozhang',
    password: PASSWORD,
  };
  const { recoveryKey: old } = await site.call('site.foundStation', first);
  await site.call('site.confirmRecoveryKey', { recoveryKey: old });
  await site.account('jiandu', ['inspector']);
  const second = { secondLoginName: 'jiandu', secondPassword: PASSWORD };
  const { recoveryKey } = await site.call('site.renewRecoveryKey', second);
  expect((await site.call('site.status', {})).site?.recoveryConfirmed).toBe(false);
  expect(await site.refusal('site.recover', { recoveryKey: old, loginName: 'suozhang', newPassword: NEW })).toEqual({
    code: 'site.recovery-key-wrong',
  });
  await site.call('site.confirmRecoveryKey', { recoveryKey });
});

test('idle time and a sleeping machine lock the site; locked, nothing but signing in answers', async () => {
  const site = await kept(aBureau());
  site.now.value = new Date(site.now.value.getTime() + 9 * 60_000);
  site.core.watchIdle();
  expect((await site.call('site.status', {})).state).toBe('open');
  await site.call('site.touch', {});
  site.now.value = new Date(site.now.value.getTime() + 10 * 60_000);
  site.core.watchIdle();
  expect(site.events.at(-1)).toEqual({ name: 'work.locked', payload: { reason: 'idle' } });
  expect(await site.call('site.status', {})).toMatchObject({ state: 'locked', site: null, session: null });
  expect(await site.refusal('site.listAccounts', {})).toEqual({ code: 'request.not-allowed' });
});

test('a session ends after twelve hours however busy its person is, and what he does to his own account starts no new one', async () => {
  const site = await kept(aStation());
  const later = async (hours: number): Promise<void> => {
    for (let n = 0; n < hours * 12; n += 1) {
      site.now.value = new Date(site.now.value.getTime() + 5 * 60_000);
      await site.call('site.touch', {});
      site.core.watchIdle();
    }
  };
  const [own] = await site.call('site.listAccounts', {});
  await later(11);
  await site.call('site.changeAccount', { id: own?.id ?? '', name: '老所长', roles: ['chief'], personId: null });
  expect((await site.call('site.status', {})).state).toBe('open');
  await expect(later(2)).rejects.toMatchObject({ problem: { code: 'request.not-allowed' } });
  expect(site.events.at(-1)).toEqual({ name: 'work.locked', payload: { reason: 'lifetime' } });
  await site.signIn('suozhang');
  await later(11);
  expect((await site.call('site.status', {})).state).toBe('open');
});

test('what a page asked for beyond the roles stands in the journal, with who was signed in', async () => {
  const site = await kept(aStation());
  const id = await site.account('kanyikan', ['viewer']);
  await site.signIn('kanyikan');
  for (let n = 0; n < 3; n += 1) await site.refusal('site.rename', { printingName: '我的所' });
  await site.refusal('handoff.board', {});
  await site.signIn('suozhang');
  const { entries } = await site.call('site.listEntries', { stream: null, before: null, limit: 50 });
  const refused = entries.filter(({ kind }) => kind === 'site.call-refused');
  expect(refused.map(({ by, body }) => [by, body?.['call']])).toEqual([
    [id, 'handoff.board'],
    [id, 'site.rename'],
  ]);
});

test('who may not, is refused, whatever the page sends', async () => {
  const site = await kept(aStation());
  await site.account('kanyikan', ['viewer']);
  await site.signIn('kanyikan');
  const stranger = { name: '甲', loginName: 'jia', roles: ['chief' as const], personId: null, password: PASSWORD };
  expect(await site.refusal('site.createAccount', stranger)).toEqual({ code: 'request.not-allowed' });
  expect(await site.refusal('handoff.board', {})).toEqual({ code: 'request.not-allowed' });
  for (const name of ['__proto__', 'constructor', 'site.nothing', 7, null])
    expect(await site.core.call(name, {})).toEqual({ ok: false, problem: { code: 'request.malformed' } });
  expect(await site.core.call('site.rename', { printingName: 5 })).toMatchObject({ ok: false });
});

test('no name, password or login name stands readable in any file of the site', async () => {
  const site = await kept(aStation());
  await site.account('laozhao', ['mentor'], null, '赵守义');
  for (const name of await readdir(site.dir, { recursive: true, withFileTypes: true })) {
    if (!name.isFile()) continue;
    const bytes = await readFile(join(name.parentPath, name.name));
    for (const canary of ['赵守义', '值班所长', 'laozhao', 'suozhang', PASSWORD, '城关派出所'])
      expect(bytes.includes(canary), `${canary} in ${name.name}`).toBe(false);
  }
});

test('a password that is little more than what everybody knows of the person is refused', async () => {
  const site = await kept(aStation());
  const { person } = aPerson(1);
  const { id: _id, version: _version, ...facts } = person;
  const { id } = await site.call('roster.recordPerson', {
    id: null,
    version: null,
    facts: { ...facts, phone: '13900000000', badgeNo: '600123' },
    reason: '',
    namesakeConfirmed: true,
  });
  const account = { name: person.name, loginName: 'minjing', roles: ['officer' as const], personId: id };
  for (const password of [
    `${facts.namePinyin.replaceAll(' ', '')}123`.padEnd(10, '!'),
    '139 0000 0000!',
    '警号600123!!',
  ])
    expect((await site.refusal('site.createAccount', { ...account, password })).code, password).toMatch(/password/);
  await site.call('site.createAccount', { ...account, password: PASSWORD });
});
