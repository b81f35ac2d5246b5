import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lastingActs } from '../../../shared/backup.ts';
import { adoptable } from '../../support/adopt.ts';
import { aBureau, aCore, PASSWORD, type TestSite } from '../../support/site.ts';

const SITE = '999999010100-1';
const SECOND = { secondLoginName: 'erguan', secondPassword: PASSWORD };
let bureau: TestSite;
let stick: string;
beforeEach(async () => {
  bureau = await aBureau();
  stick = await mkdtemp(join(tmpdir(), 'lijing-stick-'));
  await bureau.account('erguan', ['admin']);
});
afterEach(async () => {
  await bureau.close();
  await rm(stick, { recursive: true, force: true });
});

const acts: Readonly<Record<(typeof lastingActs)[number], () => Promise<unknown>>> = {
  'site.station-registered': () =>
    bureau.call('handoff.registerStation', { name: '城关派出所', organCode: '999999010100' }),
  'handoff.kit-issued': async () => bureau.call('handoff.issueKit', { site: SITE, drive: await bureau.drive(stick) }),
  'handoff.station-revoked': () =>
    bureau.call('handoff.revokeStation', { site: SITE, reason: 'lost', words: '', ...SECOND }),
  'handoff.station-refounded': () => bureau.call('handoff.refound', { site: SITE }),
  'site.keys-changed': () => bureau.call('site.changeKeys', { reason: '例行更换' }),
  'site.escrow-made': async () => {
    const { escrowKey } = await bureau.call('site.makeEscrow', SECOND);
    return bureau.call('site.confirmEscrow', { escrowKey });
  },
};

test('after each act that nobody could do again, backups follow by themselves; what no stick holds is told', async () => {
  await bureau.call('backup.chooseStick', { drive: await bureau.drive(stick) });
  await bureau.call('backup.makeDaily', {});
  await bureau.call('backup.makeOnStick', {});
  for (const [kind, act] of Object.entries(acts)) {
    expect(await bureau.call('backup.state', {}), kind).toMatchObject({ isDue: false, notOnMedium: [] });
    await act();
    const { isDue, notOnMedium } = await bureau.call('backup.state', {});
    expect(isDue, kind).toBe(true);
    expect(notOnMedium, kind).toContain(kind);
    // The one beside the database goes with the computer.
    expect(await bureau.call('backup.makeDaily', {}), kind).not.toBeNull();
    expect((await bureau.call('backup.state', {})).notOnMedium, kind).toContain(kind);
    expect(await bureau.call('backup.makeDaily', {}), kind).toBeNull();
    await bureau.drive(stick);
    expect(await bureau.call('backup.makeOnStick', {}), kind).not.toBeNull();
    expect(await bureau.call('backup.makeOnStick', {}), kind).toBeNull();
  }
});

test('a computer that goes on from such a backup has lost none of them', async () => {
  await bureau.call('backup.chooseStick', { drive: await bureau.drive(stick) });
  await acts['site.station-registered']();
  await acts['site.keys-changed']();
  await bureau.call('backup.makeOnStick', {});
  const { check } = await bureau.call('site.keys', {});
  const anew = await aCore();
  await anew.call('backup.adopt', await adoptable(anew, stick));
  await anew.signIn('guanli');
  expect(await anew.call('site.keys', {})).toMatchObject({ check });
  expect(await anew.call('handoff.board', {})).toMatchObject([{ site: SITE }]);
  await anew.close();
});
