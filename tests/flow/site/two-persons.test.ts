import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newIdentity } from '../../../electron/crypto/age-keys.ts';
import type { Role } from '../../../shared/call.ts';
import { type CallName, calls, isCallName } from '../../../shared/contract.ts';
import { aCounty, type County } from '../../support/county.ts';
import { PASSWORD, type TestSite } from '../../support/site.ts';

const STATION = '999999010100-1';
let county: County;
let station: TestSite;
let mentor: string;

beforeEach(async () => {
  county = await aCounty({ ageKind: 'x25519' });
  station = await county.station('999999010100', '城关派出所');
  mentor = await station.account('laozhao', ['mentor']);
  await peopled(station, 'suozhang', 'chief', ['trainer', 'mentor', 'officer', 'viewer']);
  await peopled(county.bureau, 'guanli', 'admin', ['cadre', 'inspector']);
});
afterEach(() => county.close());

/** The signed-in keeper's account is bound to a person, who has a second one (`ershen`); accounts of roles that do not confirm; a closed one. */
async function peopled(site: TestSite, keeper: string, role: Role, others: readonly Role[]): Promise<void> {
  const person = randomUUID();
  const own = (await site.call('site.listAccounts', {})).find(({ loginName }) => loginName === keeper);
  await site.call('site.changeAccount', { id: own?.id ?? '', name: '一人', roles: [role], personId: person });
  await site.account('ershen', [role], person);
  for (const other of others) await site.account(`z-${other}`, [other]);
  await site.account('zaizhi', [role]);
  const closed = await site.account('likai', [role]);
  await site.call('site.closeAccount', { id: closed, secondLoginName: 'zaizhi', secondPassword: PASSWORD });
}

type Act = { readonly at: TestSite; readonly input: () => Promise<object> };

/** Every act of two persons, with what it is asked with beside the second person. */
async function acts(): Promise<Partial<Record<CallName, Act>>> {
  const { bureau, stick } = county;
  await county.receive(await county.report(station));
  const bundle = await county.report(station);
  await station.call('site.lock', {});
  const request = await station.call('site.askHelp', { drive: await station.drive(stick) });
  await station.signIn('suozhang');
  const asked = async () => ({ file: await bureau.file(join(stick, request.fileName), 'helpRequest') });
  const escrowKey = await newIdentity('x25519');
  const at = (site: TestSite, input: () => Promise<object>): Act => ({ at: site, input });
  return {
    'site.resetPassword': at(station, async () => ({ id: mentor, newPassword: '新的口令-龙沟-88' })),
    // Whose account is closed has nothing to reset.
    'site.closeAccount': at(station, async () => ({ id: mentor })),
    'site.renewRecoveryKey': at(station, async () => ({})),
    'site.makeEscrow': at(bureau, async () => ({})),
    'site.answerHelp': at(bureau, async () => ({
      ...{ ...(await asked()), check: request.check, reason: '无人知道密码', escrowKey: null },
      drive: await bureau.drive(stick),
    })),
    'handoff.importWithEscrow': at(bureau, async () => ({ files: [await bureau.file(bundle, 'bundle')], escrowKey })),
    'handoff.revokeStation': at(bureau, async () => ({ site: STATION, reason: 'lost', words: '遗失' })),
  };
}

const takesTwo = (name: CallName): boolean => {
  const { input } = calls[name];
  return input instanceof z.ZodObject && 'secondPassword' in input.shape;
};

const head = async (site: TestSite): Promise<readonly string[]> =>
  (await site.call('site.listEntries', { stream: null, before: null, limit: 200 })).entries.map(({ hash }) => hash);

/** Who types the second password, and what he is told. */
const impostors = {
  station: {
    suozhang: 'site.second-person-same',
    ershen: 'site.second-person-same',
    likai: 'site.login-failed',
    meiyou: 'site.login-failed',
    'z-trainer': 'site.second-person-role',
    'z-mentor': 'site.second-person-role',
    'z-officer': 'site.second-person-role',
    'z-viewer': 'site.second-person-role',
  },
  bureau: {
    guanli: 'site.second-person-same',
    ershen: 'site.second-person-same',
    likai: 'site.login-failed',
    meiyou: 'site.login-failed',
    'z-cadre': 'site.second-person-role',
    'z-inspector': 'site.second-person-role',
  },
} as const;

test('no act of two persons is done by one, by one under two accounts, with a closed account or with a role that does not confirm', async () => {
  const all = await acts();
  expect(Object.keys(all).toSorted()).toEqual(Object.keys(calls).filter(isCallName).filter(takesTwo).toSorted());
  for (const [name, { at, input }] of Object.entries(all)) {
    const before = await head(at);
    const who = at === station ? impostors.station : impostors.bureau;
    for (const [secondLoginName, code] of Object.entries(who)) {
      const asked = { ...(await input()), secondLoginName, secondPassword: PASSWORD };
      expect(await at.core.call(name, asked), `${name} ${secondLoginName}`).toMatchObject({ problem: { code } });
      // Behind the wait that unknown names cost.
      at.now.value = new Date(at.now.value.getTime() + 60_000);
    }
    expect(await head(at), name).toEqual(before);
  }
});

test('each is done by two', async () => {
  const all = await acts();
  for (const [name, { at, input }] of Object.entries(all)) {
    const asked = { ...(await input()), secondLoginName: 'zaizhi', secondPassword: PASSWORD };
    expect(await at.core.call(name, asked), name).toMatchObject({ ok: true });
  }
});
