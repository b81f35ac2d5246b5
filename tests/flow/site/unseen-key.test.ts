import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CoreProcess, startCore } from '../../support/core-process.ts';
import { aCore, aStation, PASSWORD, type TestSite } from '../../support/site.ts';

const FIRST = {
  name: '城关派出所',
  organCode: '999999010100',
  accountName: '值班所长',
  loginName: 'suozhang',
  password: PASSWORD,
};
const NEW = '另一个-口令-2027年';

let work: string;
const opened: TestSite[] = [];
beforeEach(async () => {
  work = await mkdtemp(join(tmpdir(), 'lijing-unseen-key-'));
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((site) => site.close()));
  await rm(work, { recursive: true, force: true });
});
const kept = async (site: Promise<TestSite>): Promise<TestSite> => {
  const one = await site;
  opened.push(one);
  return one;
};

/** The chief is told that no recovery key counts, makes one alone, and it opens the site. */
async function makesOneAnew(dir: string): Promise<void> {
  const site = await kept(aCore({ dir }));
  await site.signIn('suozhang');
  expect((await site.call('site.status', {})).site?.recoveryConfirmed).toBe(false);
  const { recoveryKey } = await site.call('site.repeatRecoveryKey', {});
  await site.call('site.confirmRecoveryKey', { recoveryKey });
  expect((await site.call('site.status', {})).site?.recoveryConfirmed).toBe(true);
  await site.call('site.lock', {});
  await site.call('site.recover', { recoveryKey, loginName: 'suozhang', newPassword: NEW });
}

const killedAt = async (dir: string, nth: number): Promise<CoreProcess> => {
  const core = await startCore(dir);
  core.dieAt(nth);
  await Promise.race([core.gone, core.call('site.foundStation', FIRST)]);
  return core;
};

test('killed once the site is founded and before anybody saw its recovery key, the chief makes another alone', async () => {
  const whole = await killedAt(join(work, 'whole'), Infinity);
  const acts = await whole.acts();
  // Founded, and the answer on its way to a window that is gone.
  await whole.kill();
  await makesOneAnew(join(work, 'whole'));

  const states = new Set<string>();
  for (const fromEnd of [2, 8, 40]) {
    const dir = join(work, String(fromEnd));
    const core = await killedAt(dir, acts - fromEnd);
    await core.kill();
    const next = await kept(aCore({ dir }));
    const { state } = await next.call('site.status', {});
    states.add(state);
    await next.core.shutdown();
    if (state === 'locked') await makesOneAnew(dir);
  }
  expect([...states].sort()).toEqual(['locked', 'unfounded']);
}, 120_000);

test('a recovery key that counts, or at a site of several people, is replaced by two persons only', async () => {
  const site = await kept(aStation());
  await site.account('jiandu', ['inspector']);
  expect(await site.refusal('site.repeatRecoveryKey', {})).toEqual({ code: 'site.recovery-key-takes-two' });

  const alone = await kept(aStation({ organCode: '999999010200' }));
  const { recoveryKey } = await alone.call('site.repeatRecoveryKey', {});
  await alone.call('site.confirmRecoveryKey', { recoveryKey });
  expect(await alone.refusal('site.repeatRecoveryKey', {})).toEqual({ code: 'site.recovery-key-takes-two' });
});
