import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CallName, Input } from '../../../shared/contract.ts';
import { pagesOf, spoil } from '../../support/damage.ts';
import { aCounty, type County, NEW_CHIEF } from '../../support/county.ts';
import { aCore, PASSWORD, type TestSite } from '../../support/site.ts';
import { somePeople } from '../../support/training.ts';

const SITE = '999999010100-1';
const SUOZHANG = { loginName: 'suozhang', password: PASSWORD };

let county: County;
let station: TestSite;
let stick: string;
const opened: TestSite[] = [];
beforeEach(async () => {
  county = await aCounty({ ageKind: 'x25519' });
  station = await county.station('999999010100', '城关派出所');
  await somePeople(station, 60);
  stick = await mkdtemp(join(tmpdir(), 'lijing-locked-'));
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((site) => site.close()));
  await county.close();
  await rm(stick, { recursive: true, force: true });
});

/** Runs the job; the machine goes to sleep at its first progress, and somebody tries to sign in meanwhile. */
async function asleepDuring<N extends CallName>(site: TestSite, name: N, input: Input<N>) {
  const meanwhile: Promise<unknown>[] = [];
  site.listen((event, payload) => {
    if (event !== 'work.progress' || meanwhile.length > 0) return;
    expect(payload).toMatchObject({ call: name });
    site.core.lock('suspend');
    meanwhile.push(site.core.call('site.signIn', SUOZHANG));
  });
  const answer = await site.core.call(name, input);
  site.listen(() => undefined);
  expect(await Promise.all(meanwhile)).toEqual([{ ok: false, problem: { code: 'request.busy' } }]);
  expect((await site.call('site.status', {})).state).toBe('locked');
  return answer;
}

/** Everything is whole, and the site works on. */
async function worksOn(site: TestSite, loginName: string): Promise<void> {
  await site.signIn(loginName);
  expect(await site.call('site.checkChain', {})).toMatchObject({ faults: [], rows: [], losses: [] });
}

test('a backup goes on behind the lock to its end', async () => {
  const drive = await station.drive(stick);
  expect(await asleepDuring(station, 'backup.make', { drive })).toMatchObject({ ok: true });
  await worksOn(station, 'suozhang');
  expect(await station.call('backup.drill', { drive })).toMatchObject({ people: 60 });
});

test('an export goes on behind the lock, and its bundle is one like any other', async () => {
  const answer = await asleepDuring(station, 'handoff.export', { drive: await station.drive(stick), medium: '01' });
  expect(answer).toMatchObject({ ok: true });
  await worksOn(station, 'suozhang');
  const names = await readdir(stick);
  expect(names.filter((name) => !name.endsWith('.lijing'))).toEqual([]);
  expect(await county.receive(...names.map((name) => join(stick, name)))).toMatchObject([{ problem: null }]);
});

test('an import at the bureau goes on behind the lock, and every entry is counted', async () => {
  const file = await county.bureau.file(await county.report(station), 'bundle');
  expect(await asleepDuring(county.bureau, 'handoff.importBundles', { files: [file] })).toMatchObject({ ok: true });
  await worksOn(county.bureau, 'guanli');
  const again = await county.bureau.call('handoff.importBundles', { files: [file] });
  expect(again).toMatchObject([{ problem: null, counts: { accepted: 0 } }]);
});

test('a restore goes on when the machine sleeps', async () => {
  await station.call('backup.make', { drive: await station.drive(stick) });
  await station.core.shutdown();
  await spoil(station.dir, (await pagesOf(station.dir, 'entry')).at(-1) ?? 0);
  const restored = await asleepDuring(station, 'backup.restore', { ...SUOZHANG, id: `lijing-backup-${SITE}` });
  expect(restored).toMatchObject({ ok: true });
  await worksOn(station, 'suozhang');
});

test('a founding goes on when the machine sleeps, and lets nobody in whom it did not see awake', async () => {
  await county.receive(await county.report(station));
  const { kit, code } = await county.refound(SITE);
  const anew = await aCore();
  opened.push(anew);
  const typed = { file: await anew.file(kit, 'bundle'), code, ...NEW_CHIEF };
  expect(await asleepDuring(anew, 'site.foundStationFromKit', typed)).toMatchObject({ ok: true });
  await worksOn(anew, NEW_CHIEF.loginName);
  expect((await anew.call('roster.counts', {})).active).toBe(60);
});
