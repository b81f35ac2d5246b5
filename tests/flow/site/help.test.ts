import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newIdentity } from '../../../electron/crypto/age-keys.ts';
import { newSpokenKey } from '../../../electron/crypto/spoken-key.ts';
import { adoptable } from '../../support/adopt.ts';
import { aCounty, type County } from '../../support/county.ts';
import { aCore, aStation, PASSWORD, type TestSite } from '../../support/site.ts';

const SITE = '999999010100-1';
const SECOND = { secondLoginName: 'erguan', secondPassword: PASSWORD };
const NEW = '换了所长也记得-2026';
let county: County;
let station: TestSite;
beforeEach(async () => {
  county = await aCounty();
  station = await county.station('999999010100', '城关派出所');
  await station.account('zhuangan', ['trainer']);
  await county.bureau.account('erguan', ['admin']);
  await county.receive(await county.report(station));
});
afterEach(() => county.close());

/** The laptop is switched on again and nobody knows a password. */
async function restarted(site: TestSite): Promise<TestSite> {
  await site.core.shutdown();
  return aCore({ dir: site.dir, at: site.now.value.toISOString() });
}

async function asked(from: TestSite): Promise<{ path: string; check: string }> {
  const { fileName, check } = await from.call('site.askHelp', { drive: await from.drive(county.stick) });
  return { path: join(county.stick, fileName), check };
}

const look = async (path: string, at: TestSite = county.bureau) =>
  at.call('site.readHelpRequest', { file: await at.file(path, 'helpRequest') });

const given = async (path: string, over: { escrowKey?: string | null; check?: string } = {}) => {
  const { bureau, stick } = county;
  const file = await bureau.file(path, 'helpRequest');
  const check = over.check ?? (await bureau.call('site.readHelpRequest', { file })).check;
  return {
    ...{ file, check, reason: '所长调离，密码无人知道', escrowKey: over.escrowKey ?? null },
    ...{ drive: await bureau.drive(stick), ...SECOND },
  };
};

async function answered(path: string, escrowKey: string | null = null) {
  const answer = await county.bureau.call('site.answerHelp', await given(path, { escrowKey }));
  return { path: join(county.stick, answer.fileName), code: answer.spokenCode, until: answer.until };
}

const CHIEF = { loginName: 'suozhang', newPassword: NEW };
const opening = async (at: TestSite, path: string, code: string, account: typeof CHIEF = CHIEF) => ({
  ...{ file: await at.file(path, 'helpAnswer'), code, account },
});

const entriesOf = async (site: TestSite, stream: string, kind: string) =>
  (await site.call('site.listEntries', { stream, before: null, limit: 200 })).entries.filter(
    (entry) => entry.kind === kind,
  );

test('when every password is gone two persons of the bureau help, and the chief is in again with a new one', async () => {
  await station.call('site.lock', {});
  expect(await station.call('site.helpState', {})).toEqual({ ready: true, asked: null });
  const request = await asked(station);
  expect(await station.call('site.helpState', {})).toMatchObject({ ready: true, asked: { check: request.check } });
  const seen = await look(request.path);
  expect(seen).toEqual({
    ...{ site: SITE, station: '城关派出所', check: request.check, needs: 'bureau' },
    at: station.now.value.toISOString(),
  });
  const answer = await answered(request.path);
  const file = await station.file(answer.path, 'helpAnswer');
  expect(await station.call('site.readHelpAnswer', { file })).toMatchObject({ until: answer.until });

  const session = await station.call(
    'site.openWithHelp',
    await opening(station, answer.path, answer.code.toLowerCase()),
  );
  expect(session).toMatchObject({ loginName: 'suozhang', roles: ['chief'] });
  const [opened] = await entriesOf(station, SITE, 'site.opened-with-help');
  const [told] = await entriesOf(county.bureau, '999999010000-1', 'site.help-given');
  expect(told?.body).toMatchObject({ site: SITE, by: 'bureau', reason: '所长调离，密码无人知道', until: answer.until });
  expect(opened?.body).toMatchObject({ act: told?.body?.['act'], account: session.accountId, isNew: false });

  await station.call('site.lock', {});
  expect(await station.refusal('site.signIn', { loginName: 'suozhang', password: PASSWORD })).toMatchObject({
    code: 'site.login-failed',
  });
  await station.signIn('zhuangan');
  await station.call('site.lock', {});
  await station.signIn('suozhang', NEW);
  expect((await station.call('site.checkChain', {})).faults).toEqual([]);
});

test('with nothing but a backup stick, a new computer is opened with the bureau’s help', async () => {
  await station.call('backup.make', { drive: await station.drive(county.stick) });
  await station.core.shutdown();
  const fresh = await aCore({ at: station.now.value.toISOString() });
  await fresh.call('backup.adopt', await adoptable(fresh, county.stick));
  const answer = await answered((await asked(fresh)).path);
  const session = await fresh.call('site.openWithHelp', await opening(fresh, answer.path, answer.code));
  expect(session).toMatchObject({ loginName: 'suozhang', roles: ['chief'] });
  expect((await fresh.call('site.checkChain', {})).faults).toEqual([]);
  await fresh.close();
});

test('an answer is used once', async () => {
  await station.call('site.lock', {});
  const answer = await answered((await asked(station)).path);
  await station.call('site.openWithHelp', await opening(station, answer.path, answer.code));
  expect(existsSync(join(station.dir, 'help.json'))).toBe(false);
  await station.call('site.lock', {});
  const again = await opening(station, answer.path, answer.code);
  expect(await station.refusal('site.openWithHelp', again)).toEqual({ code: 'site.help-not-asked' });
  await asked(station);
  expect(await station.refusal('site.openWithHelp', again)).toEqual({ code: 'site.help-answer-for-another' });
});

test('an answer to a request that was withdrawn opens nothing, and a new request starts anew', async () => {
  await station.call('site.lock', {});
  expect(await station.refusal('site.withdrawHelp', {})).toEqual({ code: 'site.help-not-asked' });
  const request = await asked(station);
  const answer = await answered(request.path);
  await station.call('site.withdrawHelp', {});
  expect(await readdir(station.dir)).not.toContain('help.json');
  expect(await station.call('site.helpState', {})).toEqual({ ready: true, asked: null });
  const late = await opening(station, answer.path, answer.code);
  expect(await station.refusal('site.readHelpAnswer', { file: late.file })).toEqual({ code: 'site.help-not-asked' });
  expect(await station.refusal('site.openWithHelp', late)).toEqual({ code: 'site.help-not-asked' });

  const anew = await asked(station);
  expect(anew.check).not.toBe(request.check);
  expect(await station.refusal('site.openWithHelp', late)).toEqual({ code: 'site.help-answer-for-another' });
  const second = await answered(anew.path);
  await station.call('site.openWithHelp', await opening(station, second.path, second.code));
});

test('both sides are switched off on the way, the bureau changes its keys, and a new chief comes in', async () => {
  let laptop = await restarted(station);
  const request = await asked(laptop);
  laptop = await restarted(laptop);
  expect((await asked(laptop)).check).toBe(request.check);
  await county.bureau.call('site.changeKeys', { reason: '例行更换' });
  await county.bureau.call('site.lock', {});
  await county.bureau.signIn('guanli');
  const answer = await answered(request.path);
  laptop = await restarted(laptop);
  const first = { accountName: '新所长', loginName: 'xinsuozhang', password: NEW };
  const file = await laptop.file(answer.path, 'helpAnswer');
  const taken = { file, code: answer.code, account: { ...first, loginName: 'Zhuangan' } };
  expect(await laptop.refusal('site.openWithHelp', taken)).toEqual({ code: 'site.login-name-taken' });
  const session = await laptop.call('site.openWithHelp', { file, code: answer.code, account: first });
  expect(session).toMatchObject({ name: '新所长', roles: ['chief'] });
  // Accounts made and passwords reset in the very session are good.
  const { id } = await laptop.call('site.createAccount', {
    ...{ name: '训练员', loginName: 'xunlian', roles: ['trainer'], personId: null, password: PASSWORD },
  });
  await laptop.call('site.lock', {});
  await laptop.signIn('xunlian');
  await laptop.call('site.lock', {});
  await laptop.signIn('suozhang');
  expect((await laptop.call('site.listAccounts', {})).map((account) => account.id)).toContain(id);
  const [opened] = await entriesOf(laptop, SITE, 'site.opened-with-help');
  expect(opened?.body).toMatchObject({ account: session.accountId, isNew: true });
  await laptop.close();
});

test('where no key of the bureau opens the slot any more, the escrow key from the safe does', async () => {
  const { bureau } = county;
  const { escrowKey } = await bureau.call('site.makeEscrow', SECOND);
  await bureau.call('site.confirmEscrow', { escrowKey });
  await county.answer(station, SITE);
  await station.call('site.lock', {});
  const request = await asked(station);
  // A bureau set up anew, that has the same stations and nothing but the paper in its safe.
  await county.bureau.core.shutdown();
  const anew = await aCounty();
  await anew.bureau.account('erguan', ['admin']);
  await anew.bureau.call('handoff.registerStation', { name: '城关派出所', organCode: '999999010100' });
  const drive = await anew.bureau.drive(county.stick);
  const seen = await look(request.path, anew.bureau);
  expect(seen.needs).toBe('safe');
  const act = {
    file: await anew.bureau.file(request.path, 'helpRequest'),
    check: seen.check,
    reason: '县局电脑损坏',
    drive,
  };
  const refused = async (escrow: string | null) =>
    (await anew.bureau.refusal('site.answerHelp', { ...act, escrowKey: escrow, ...SECOND })).code;
  expect(await refused(null)).toBe('site.help-key-gone');
  expect(await refused('AGE-SECRET-KEY-1')).toBe('site.escrow-key-wrong');
  expect(await refused(await newIdentity('x25519'))).toBe('site.help-key-gone');
  const { fileName, spokenCode } = await anew.bureau.call('site.answerHelp', { ...act, escrowKey, ...SECOND });
  const answer = await opening(station, join(county.stick, fileName), spokenCode);
  expect(await station.call('site.openWithHelp', answer)).toMatchObject({ loginName: 'suozhang' });
  await anew.close();
});

test('wrong codes cost as much as wrong passwords, also across a restart, and change nothing', async () => {
  let laptop = await restarted(station);
  const answer = await answered((await asked(laptop)).path);
  const misheard = await opening(laptop, answer.path, answer.code.slice(0, -1));
  for (let n = 0; n < 5; n += 1)
    expect(await laptop.refusal('site.openWithHelp', misheard)).toEqual({ code: 'site.help-code-wrong' });
  const wrong = { ...misheard, code: newSpokenKey(12) };
  for (let n = 0; n < 3; n += 1)
    expect(await laptop.refusal('site.openWithHelp', wrong)).toEqual({ code: 'site.help-code-wrong' });
  expect(await laptop.refusal('site.openWithHelp', wrong)).toEqual({
    code: 'site.help-delayed',
    detail: { seconds: 2 },
  });
  laptop = await restarted(laptop);
  const right = await opening(laptop, answer.path, answer.code);
  expect((await laptop.refusal('site.openWithHelp', right)).code).toBe('site.help-delayed');
  laptop.now.value = new Date(laptop.now.value.getTime() + 3_000);
  expect(await laptop.call('site.openWithHelp', right)).toMatchObject({ loginName: 'suozhang' });
  await laptop.close();
});

test('only a chief’s account is opened, with a password that passes the rules', async () => {
  await station.call('site.lock', {});
  const answer = await answered((await asked(station)).path);
  const refused = async (account: typeof CHIEF) =>
    (await station.refusal('site.openWithHelp', await opening(station, answer.path, answer.code, account))).code;
  expect(await refused({ loginName: 'suozhang', newPassword: '短' })).toBe('site.password-too-short');
  expect(await refused({ loginName: 'meiyou', newPassword: NEW })).toBe('site.account-unknown');
  expect(await refused({ loginName: 'zhuangan', newPassword: NEW })).toBe('site.help-not-a-chief');
  await station.call('site.openWithHelp', await opening(station, answer.path, answer.code));
});

test('an answer is for one laptop, for one week, and whole or nothing', async () => {
  const other = await county.station('999999010200', '桃花镇派出所');
  await county.receive(await county.report(other));
  await Promise.all([station.call('site.lock', {}), other.call('site.lock', {})]);
  await asked(other);
  const answer = await answered((await asked(station)).path);
  const refusedAt = async (at: TestSite, path: string) =>
    (await at.refusal('site.openWithHelp', await opening(at, path, answer.code))).code;
  expect(await refusedAt(other, answer.path)).toBe('site.help-answer-for-another');
  const bytes = await readFile(answer.path);
  const spoilt = join(county.stick, 'spoilt.lijingdf');
  for (let at = 0; at < bytes.length; at += 17) {
    await writeFile(
      spoilt,
      Buffer.concat([bytes.subarray(0, at), Buffer.of((bytes[at] ?? 0) ^ 1), bytes.subarray(at + 1)]),
    );
    expect(await refusedAt(station, spoilt)).toMatch(/^site\.help-answer-(damaged|for-another)$/);
  }
  for (const text of ['', '这是一封信', 'x'.repeat(100_000)]) {
    await writeFile(spoilt, text);
    expect(await refusedAt(station, spoilt)).toBe('site.help-answer-damaged');
  }
  station.now.value = new Date(Date.parse(answer.until) + 1);
  expect(await refusedAt(station, answer.path)).toBe('site.help-answer-expired');
});

test('the bureau answers only what its own stations asked, as it was compared, and never by one person', async () => {
  const { bureau } = county;
  await station.call('site.lock', {});
  const { path } = await asked(station);
  const alone = { ...(await given(path)), secondLoginName: 'guanli' };
  expect(await bureau.refusal('site.answerHelp', alone)).toEqual({ code: 'site.second-person-same' });
  const other = await given(path, { check: '0'.repeat(64) });
  expect(await bureau.refusal('site.answerHelp', other)).toEqual({ code: 'site.help-request-invalid' });

  const request = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
  const changed = join(county.stick, 'changed.lijingqz');
  const codeOf = async (text: string) => {
    await writeFile(changed, text);
    return (await bureau.refusal('site.readHelpRequest', { file: await bureau.file(changed, 'helpRequest') })).code;
  };
  expect(await codeOf('这是一封信')).toBe('site.help-request-invalid');
  expect(await codeOf(JSON.stringify(request, null, 1))).toBe('site.help-request-invalid');
  expect(await codeOf(JSON.stringify({ ...request, keyring: '0'.repeat(64) }))).toBe('site.help-request-invalid');
  expect(await codeOf(JSON.stringify({ ...request, recipient: 'age1example' }))).toBe('site.help-request-invalid');
  expect(await codeOf(JSON.stringify({ ...request, site: '999999010900-1' }))).toBe('site.help-station-unknown');
  expect(await codeOf(JSON.stringify({ ...request, site: '999999010000-1' }))).toBe('site.help-station-unknown');

  await bureau.call('handoff.revokeStation', { site: SITE, reason: 'lost', words: '下乡途中遗失', ...SECOND });
  expect(await codeOf(JSON.stringify(request))).toBe('site.help-station-revoked');
});

test('a site that was never paired cannot ask', async () => {
  const alone = await aStation({ organCode: '999999010300', name: '龙沟派出所' });
  await alone.call('site.lock', {});
  expect(await alone.call('site.helpState', {})).toEqual({ ready: false, asked: null });
  expect(await alone.refusal('site.askHelp', { drive: await alone.drive(county.stick) })).toEqual({
    code: 'site.help-no-slot',
  });
  await alone.close();
});

test('neither the data key nor the code stands in any file of the way', async () => {
  await station.call('site.lock', {});
  const request = await asked(station);
  const answer = await answered(request.path);
  const plainCode = answer.code.replaceAll('-', '');
  for (const folder of [county.stick, station.dir, county.bureau.dir])
    for (const name of await readdir(folder)) {
      const bytes = await readFile(join(folder, name)).catch(() => Buffer.alloc(0));
      expect(bytes.includes(answer.code) || bytes.includes(plainCode), name).toBe(false);
    }
  expect((await readFile(join(station.dir, 'help.json'), 'utf8')).match(/AGE-SECRET-KEY/g)).toHaveLength(1);
  expect((await readFile(request.path, 'utf8')).includes('AGE-SECRET-KEY')).toBe(false);
  expect([...station.logged, ...county.bureau.logged]).toEqual([]);
});
