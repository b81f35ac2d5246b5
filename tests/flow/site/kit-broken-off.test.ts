import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CoreProcess, startCore } from '../../support/core-process.ts';
import { aCounty, type County, NEW_CHIEF, type Refounded } from '../../support/county.ts';
import { photosIn, sessionWithPhotos } from '../../support/photos.ts';
import { aCore, PASSWORD, type TestSite } from '../../support/site.ts';
import { somePeople } from '../../support/training.ts';

const SITE = '999999010100-1';

let county: County;
let station: TestSite;
let refounded: Refounded;
let work: string;
const opened: TestSite[] = [];
beforeEach(async () => {
  county = await aCounty({ ageKind: 'x25519' });
  station = await county.station('999999010100', '城关派出所');
  work = await mkdtemp(join(tmpdir(), 'lijing-broken-off-'));
  const people = await somePeople(station, 300);
  await sessionWithPhotos(station, people.slice(0, 3), await photosIn(work, 3, 40_000), '集中学习');
  await station.call('backup.make', { drive: null });
  await county.receive(await county.report(station));
  refounded = await county.refound(SITE);
  await station.call('site.lock', {});
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((site) => site.close()));
  await county.close();
  await rm(work, { recursive: true, force: true });
});

/** What lies in a folder, but for what is written again at every start. */
const filesIn = async (dir: string): Promise<string[]> =>
  (await readdir(dir, { recursive: true })).filter((name) => !/^(staging|log)|lijing\.db-|attempts/.test(name)).sort();

const kitAt = async (site: Pick<TestSite, 'file'>) => ({
  file: await site.file(refounded.kit, 'bundle'),
  code: refounded.code,
});

const foundAnew = async (core: CoreProcess) =>
  core.call('site.foundStationFromKit', {
    file: await core.file(refounded.kit),
    code: refounded.code,
    ...NEW_CHIEF,
    setAside: true,
  });

/** Cancels at the first progress of a step. */
function cancelAt(site: TestSite, wanted: string): string[] {
  const steps: string[] = [];
  site.listen((name, payload) => {
    if (name !== 'work.progress') return;
    const { jobId, step } = payload as { jobId: string; step: string };
    steps.push(step);
    if (step === wanted) void site.core.call('work.cancelJob', { jobId });
  });
  return steps;
}

test.each(['site.kit.checking', 'site.kit.attachments', 'site.kit.taking'])(
  'a founding cancelled at %s leaves the old site where and as it was',
  async (step) => {
    const before = await filesIn(station.dir);
    const typed = { ...(await kitAt(station)), ...NEW_CHIEF, setAside: true };
    const steps = cancelAt(station, step);
    expect(await station.refusal('site.foundStationFromKit', typed)).toEqual({ code: 'request.cancelled' });
    expect(steps).toContain(step);
    expect(await filesIn(station.dir)).toEqual(before);
    await station.signIn('suozhang');
    expect((await station.call('roster.counts', {})).active).toBe(300);
  },
);

test('on a new computer a cancelled founding leaves nothing, and is begun again', async () => {
  const anew = await aCore();
  opened.push(anew);
  const typed = { ...(await kitAt(anew)), ...NEW_CHIEF };
  cancelAt(anew, 'site.kit.taking');
  expect(await anew.refusal('site.foundStationFromKit', typed)).toEqual({ code: 'request.cancelled' });
  expect(await filesIn(anew.dir)).toEqual([]);
  expect((await anew.call('site.status', {})).state).toBe('unfounded');
  anew.listen(() => undefined);
  await anew.call('site.foundStationFromKit', typed);
  expect((await anew.call('roster.counts', {})).active).toBe(300);
});

test('the reading of a kit tells how far it is, and is cancelled too', async () => {
  const steps = cancelAt(station, 'site.kit.checking');
  expect(await station.refusal('site.readKit', await kitAt(station))).toEqual({ code: 'request.cancelled' });
  expect(steps).toContain('site.kit.checking');
});

/** Whose site a start finds: its chief is let in, and everything is there. */
async function chiefOf(dir: string): Promise<string> {
  const site = await aCore({ dir });
  opened.push(site);
  for (const loginName of ['suozhang', NEW_CHIEF.loginName]) {
    const signedIn = await site.core.call('site.signIn', { loginName, password: PASSWORD });
    if (!signedIn.ok) continue;
    expect((await site.call('roster.counts', {})).active).toBe(300);
    expect(await site.call('site.checkChain', {})).toMatchObject({ faults: [], rows: [], losses: [] });
    return loginName;
  }
  return 'nobody';
}

test('killed anywhere in a founding anew, the next start finds the old site or the new one, whole', async () => {
  const copyOf = async (name: string): Promise<string> => {
    const dir = join(work, name);
    await cp(station.dir, dir, { recursive: true });
    return dir;
  };
  const whole = await startCore(await copyOf('whole'));
  whole.dieAt(Infinity);
  expect(await foundAnew(whole)).toMatchObject({ ok: true });
  const acts = await whole.acts();
  await whole.kill();

  const found = new Set<string>();
  for (const fromEnd of [45, 35, 22]) {
    const dir = await copyOf(`killed-${String(fromEnd)}`);
    const core = await startCore(dir);
    core.dieAt(Math.max(1, acts - fromEnd));
    await Promise.race([core.gone, foundAnew(core)]);
    await core.kill();
    const chief = await chiefOf(dir);
    expect([`suozhang`, NEW_CHIEF.loginName]).toContain(chief);
    expect(await readdir(dir)).not.toContain('founding');
    const aside = (await readdir(dir)).includes('former') ? await readdir(join(dir, 'former')) : [];
    expect(aside).toHaveLength(chief === 'suozhang' ? 0 : 1);
    if (aside[0] !== undefined) expect(await chiefOf(join(dir, 'former', aside[0]))).toBe('suozhang');
    found.add(chief);
  }
  expect([...found].sort()).toEqual(['suozhang', NEW_CHIEF.loginName].sort());
}, 240_000);
