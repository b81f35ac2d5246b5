import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aPerson } from '../../bench/people.ts';
import { type CoreProcess, startCore } from '../../support/core-process.ts';
import { aCounty, type County } from '../../support/county.ts';
import { aCore, type TestSite } from '../../support/site.ts';

/** Kills per operation; `LIJING_KILLS` asks for more. */
const KILLS = Number(process.env['LIJING_KILLS'] ?? 6);
const SITE = '999999010100-1';

let county: County;
let station: TestSite;
let work: string;
/** A bundle the bureau does not know yet, and a return the station does not know yet. */
let bundle: string;
let answer: string;

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'lijing-kill-'));
  county = await aCounty({ ageKind: 'x25519' });
  station = await county.station('999999010100', '城关派出所');
  for (let n = 0; n < 40; n += 1) {
    const { id: _id, version: _version, ...facts } = aPerson(n).person;
    await station.call('roster.recordPerson', { id: null, version: null, facts, reason: '', namesakeConfirmed: true });
  }
  await county.receive(await county.report(station));
  const drive = await county.bureau.drive(county.stick);
  answer = join(county.stick, (await county.bureau.call('handoff.writeReturn', { site: SITE, drive })).fileName);
  await station.call('site.rename', { printingName: '城关派出所（本部）' });
  bundle = await county.report(station);
  await station.core.shutdown();
  await county.bureau.core.shutdown();
});
afterAll(async () => {
  await county.close();
  await rm(work, { recursive: true, force: true });
});

let copies = 0;
async function copyOf(dir: string): Promise<string> {
  copies += 1;
  const copy = join(work, String(copies));
  await cp(dir, copy, { recursive: true });
  return copy;
}

type Operation = {
  readonly of: () => string;
  readonly loginName: string;
  readonly start: (core: CoreProcess, stick: string) => Promise<unknown>;
  /** What tells the state before from the state after. */
  readonly state: (site: TestSite) => Promise<unknown>;
  /** The same once more, which must succeed. */
  readonly again: (site: TestSite, stick: string) => Promise<unknown>;
};

/** Signing in writes an entry of its own, which is not the operation's. */
const journalLength = async (site: TestSite): Promise<number> => {
  const { entries } = await site.call('site.listEntries', { stream: null, before: null, limit: 200 });
  return entries.filter(({ kind }) => kind !== 'site.signed-in').length;
};

const operations: Readonly<Record<string, Operation>> = {
  export: {
    of: () => station.dir,
    loginName: 'suozhang',
    start: async (core, stick) => core.call('handoff.export', { drive: await core.drive(stick), medium: '01' }),
    state: journalLength,
    again: async (site, stick) => site.call('handoff.export', { drive: await site.drive(stick), medium: '02' }),
  },
  'import of a bundle': {
    of: () => county.bureau.dir,
    loginName: 'guanli',
    start: async (core) => core.call('handoff.importBundles', { files: [await core.file(bundle)] }),
    state: journalLength,
    again: async (site) => {
      const [outcome] = await site.call('handoff.importBundles', { files: [await site.file(bundle, 'bundle')] });
      expect(outcome?.problem).toBeNull();
    },
  },
  'import of a return': {
    of: () => station.dir,
    loginName: 'suozhang',
    start: async (core) => core.call('handoff.importReturn', { file: await core.file(answer) }),
    state: journalLength,
    again: async (site) => site.call('handoff.importReturn', { file: await site.file(answer, 'bundle') }),
  },
};

/** How long the operation takes when nobody interferes, in milliseconds, and the states around it. */
async function undisturbed({ of, loginName, start, state }: Operation) {
  const dir = await copyOf(of());
  const stateIn = async (): Promise<unknown> => {
    const site = await aCore({ dir });
    await site.signIn(loginName);
    const found = await state(site);
    await site.core.shutdown();
    return found;
  };
  const before = await stateIn();
  const core = await startCore(dir);
  await core.signIn(loginName);
  const stick = join(dir, 'stick');
  await mkdir(stick);
  const startedMs = performance.now();
  await start(core, stick);
  const tookMs = performance.now() - startedMs;
  await core.kill();
  return { tookMs, states: [before, await stateIn()] };
}

test.each(Object.entries(operations))(
  'a power cut during %s leaves the state before or the state after',
  async (_name, operation) => {
    const { tookMs, states } = await undisturbed(operation);
    for (let kill = 0; kill < KILLS; kill += 1) {
      const dir = await copyOf(operation.of());
      const stick = join(dir, 'stick');
      await mkdir(stick);
      const core = await startCore(dir);
      await core.signIn(operation.loginName);
      void operation.start(core, stick);
      // Spread over the whole operation and a little beyond, so that both states are met.
      await setTimeout((tookMs * 1.2 * (kill + 0.5)) / KILLS);
      await core.kill();

      const site = await aCore({ dir });
      await site.signIn(operation.loginName);
      expect(states).toContainEqual(await operation.state(site));
      expect(await site.call('site.checkChain', {})).toMatchObject({ faults: [] });
      // A bundle under its own name is whole; what is not whole has another name.
      for (const name of (await readdir(stick)).filter((each) => each.endsWith('.lijing')))
        expect((await receivedBy(join(stick, name)))?.problem).toBeNull();
      await operation.again(site, stick);
      await site.core.shutdown();
      await rm(dir, { recursive: true, force: true });
    }
  },
  30_000 + KILLS * 10_000,
);

async function receivedBy(path: string) {
  const bureau = await aCore({ dir: await copyOf(county.bureau.dir) });
  await bureau.signIn('guanli');
  const [outcome] = await bureau.call('handoff.importBundles', { files: [await bureau.file(path, 'bundle')] });
  await bureau.core.shutdown();
  return outcome;
}
