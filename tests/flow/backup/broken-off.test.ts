import { createHash } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startCore } from '../../support/core-process.ts';
import { pagesOf, spoil } from '../../support/damage.ts';
import { photosIn, sessionWithPhotos } from '../../support/photos.ts';
import { aCore, aStation, PASSWORD, type TestSite } from '../../support/site.ts';
import { somePeople } from '../../support/training.ts';

const SUOZHANG = { loginName: 'suozhang', password: PASSWORD };
const STICK_COPY = { ...SUOZHANG, id: 'lijing-backup-999999010100-1' };

let site: TestSite;
let work: string;
let stick: string;

/** A station with a backup on a stick, entries since then, a damaged database and an attachment that is gone. */
beforeEach(async () => {
  site = await aStation();
  work = await mkdtemp(join(tmpdir(), 'lijing-broken-off-'));
  stick = await mkdtemp(join(tmpdir(), 'lijing-stick-'));
  const people = await somePeople(site, 120);
  await sessionWithPhotos(site, people.slice(0, 3), await photosIn(work, 3, 40_000), '集中学习');
  await site.call('backup.make', { drive: await site.drive(stick) });
  await somePeople(site, 60, 200);
  await site.core.shutdown();
  await spoil(site.dir, (await pagesOf(site.dir, 'person_version')).at(-1) ?? 0);
  await spoil(site.dir, (await pagesOf(site.dir, 'entry')).at(-1) ?? 0);
  const [first] = await readdir(join(site.dir, 'attachments'));
  await rm(join(site.dir, 'attachments', first ?? ''));
});
afterEach(async () => {
  await site.close();
  for (const folder of [work, stick]) await rm(folder, { recursive: true, force: true });
});

/** What lies in a folder and what it holds, but for attachments that came back and what every start writes again. */
async function contentsOf(dir: string): Promise<readonly string[]> {
  const names = (await readdir(dir, { recursive: true })).filter(
    (name) => !/^(staging|log|attachments)|lijing\.db-|attempts|lijing\.log/.test(name),
  );
  const told = names.map(async (name) => {
    const path = join(dir, name);
    if ((await stat(path)).isDirectory()) return name;
    return `${name} ${createHash('sha256')
      .update(await readFile(path))
      .digest('hex')}`;
  });
  return (await Promise.all(told)).sort();
}

type Told = { readonly jobId: string; readonly step: string; readonly done: number; readonly total: number };

/** What is told of progress; cancelled at the first of the step, where one is named. */
function listen(wanted: string | null): Told[] {
  const all: Told[] = [];
  site.listen((name, payload) => {
    if (name !== 'work.progress') return;
    const told = payload as Told;
    all.push(told);
    if (told.step === wanted) void site.core.call('work.cancelJob', { jobId: told.jobId });
  });
  return all;
}

const ways = {
  'backup.restorable': SUOZHANG,
  'backup.restore': STICK_COPY,
  'backup.salvage': SUOZHANG,
} as const;

test.each([
  ['backup.restorable', 'backup.checking'],
  ['backup.restorable', 'backup.reading'],
  ['backup.restore', 'backup.looking'],
  ['backup.restore', 'backup.proving'],
  ['backup.restore', 'backup.attachments'],
  ['backup.restore', 'backup.copying'],
  ['backup.restore', 'backup.reading'],
  ['backup.salvage', 'backup.looking'],
  ['backup.salvage', 'backup.reading'],
] as const)('%s cancelled at %s leaves everything as it was, and is begun again', async (way, step) => {
  await site.drive(stick);
  const before = await contentsOf(site.dir);
  const told = listen(step);
  expect(await site.refusal(way, ways[way])).toEqual({ code: 'request.cancelled' });
  expect(told.map((one) => one.step)).toContain(step);
  expect(await contentsOf(site.dir)).toEqual(before);
  listen(null);
  await site.call(way, ways[way]);
});

test.each(['backup.restorable', 'backup.restore', 'backup.salvage'] as const)(
  '%s tells of each step until it has ended',
  async (way) => {
    await site.drive(stick);
    const told = listen(null);
    await site.call(way, ways[way]);
    const lastOf = new Map(told.map(({ step, done, total }) => [step, [done, total]]));
    expect(lastOf.size).toBeGreaterThan(1);
    for (const [step, [done, total]] of lastOf) expect(done, step).toBe(total);
  },
);

/** Whether a start opens the site; else it says what stops it, and the way back still leads to the end. */
async function opensOrIsBrought(dir: string, way: 'backup.restore' | 'backup.salvage'): Promise<'before' | 'after'> {
  const next = await aCore({ dir });
  try {
    const signedIn = await next.core.call('site.signIn', SUOZHANG);
    if (!signedIn.ok) {
      expect(signedIn.problem.code).toBe('database.damaged');
      await next.drive(stick);
      await next.call(way, ways[way]);
      await next.signIn('suozhang');
    }
    expect((await next.call('roster.counts', {})).active).toBeGreaterThanOrEqual(120);
    await next.call('backup.fetchAttachments', { drive: await next.drive(stick) });
    expect(await next.call('site.checkChain', {})).toMatchObject({ faults: [], rows: [] });
    const left = (await readdir(dir)).filter((name) => /fresh|ready|copy$/.test(name));
    expect(left).toEqual([]);
    const aside = await readdir(join(dir, 'damaged'), { recursive: true });
    expect(aside.filter((name) => name.endsWith('lijing.db'))).toHaveLength(1);
    return signedIn.ok ? 'after' : 'before';
  } finally {
    await next.close();
  }
}

test.each(['backup.restore', 'backup.salvage'] as const)(
  '%s killed anywhere: the next start finds the damaged database or the new one, and the damaged one is kept',
  async (way) => {
    const copyOf = async (name: string): Promise<string> => {
      const dir = join(work, name);
      await cp(site.dir, dir, { recursive: true });
      return dir;
    };
    const begun = async (dir: string) => {
      const core = await startCore(dir);
      await core.drive(stick);
      return core;
    };
    const whole = await begun(await copyOf('whole'));
    whole.dieAt(Infinity);
    expect(await whole.call(way, ways[way])).toMatchObject({ ok: true });
    const acts = await whole.acts();
    await whole.kill();

    const found = new Set<string>();
    for (const fromEnd of [0, 5, 10, 20]) {
      const dir = await copyOf(`killed-${String(fromEnd)}`);
      const core = await begun(dir);
      core.dieAt(Math.max(1, acts - fromEnd));
      await Promise.race([core.gone, core.call(way, ways[way])]);
      await core.kill();
      found.add(await opensOrIsBrought(dir, way));
    }
    expect([...found].sort()).toEqual(['after', 'before']);
  },
  240_000,
);
