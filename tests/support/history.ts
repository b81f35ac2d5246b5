import { copyFile, cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { PackageOutcome } from '../../shared/handoff.ts';
import type { Problem } from '../../shared/problem.ts';
import { unless } from '../torture/trial.ts';
import { adoptable } from './adopt.ts';
import { aCounty, NEW_CHIEF } from './county.ts';
import { type Happening, type StationHappening, STATIONS } from './happenings.ts';
import {
  aStationOf,
  backUp,
  downHeads,
  heldAt,
  peopleIn,
  record,
  rowsFor,
  setBack,
  type Station,
} from './history-station.ts';
import { aCore, PASSWORD, RefusedCall, type TestSite } from './site.ts';

const DAY_MS = 86_400_000;
const YEAR_MS = 365 * DAY_MS;
const SECOND = { secondLoginName: 'erguan', secondPassword: PASSWORD };

export type LivedCounty = Awaited<ReturnType<typeof lived>>;

/** A bureau and five stations as they were founded, of which any number of copies can be lived through. */
export async function foundedCounty() {
  const county = await aCounty({ ageKind: 'x25519' });
  await county.bureau.account('erguan', ['admin']);
  const founded: TestSite[] = [];
  for (const [organCode, name] of STATIONS) founded.push(await county.station(organCode, name));
  for (const site of [county.bureau, ...founded]) await site.core.shutdown();
  return {
    copy: () =>
      lived(
        county.bureau.dir,
        founded.map(({ dir }) => dir),
      ),
    end: county.close,
  };
}

/** The county with a second bureau that is the same, parted before the first bundle came. */
async function lived(bureauDir: string, stationDirs: readonly string[]) {
  const root = await mkdtemp(join(tmpdir(), 'lijing-county-'));
  const stick = join(root, 'stick');
  await mkdir(stick);
  let copies = 0;
  const fresh = (): string => join(root, String((copies += 1)));
  const opened = async (dir: string, loginName: string, now?: Date): Promise<TestSite> => {
    const own = fresh();
    await cp(dir, own, { recursive: true });
    const site = await aCore({ dir: own });
    if (now) site.now.value = now;
    await site.signIn(loginName);
    return site;
  };
  const bureaus: [TestSite, TestSite] = [await opened(bureauDir, 'guanli'), await opened(bureauDir, 'guanli')];
  const bureauBackups: string[] = [];
  let isBureauSetBack = false;
  const stations: Station[] = [];
  for (const [index, dir] of stationDirs.entries())
    stations.push(aStationOf(await opened(dir, 'suozhang'), `${STATIONS[index]?.[0] ?? ''}-1`));
  /** Computers that are out of use, and with whoever has them now. */
  const lost: Station[] = [];
  const bundles: string[] = [];
  /** Whom each bundle brings, and of which station. */
  const brings = new Map<
    string,
    { readonly where: Station; readonly code: string; readonly people: readonly string[] }
  >();
  /** Computers that were paired anew since the bureau was last restored. */
  const pairedAnew = new Set<string>();
  /** What came to the bureau at some time; and what each of the two has taken, or knows for a second history. */
  const arrived = new Set<string>();
  const taken: [Set<string>, Set<string>] = [new Set(), new Set()];
  const told: Problem[] = [];

  const keep = async (path: string): Promise<string> => {
    const kept = `${fresh()}.lijing`;
    await copyFile(path, kept);
    return kept;
  };
  const revokeAt = (desk: TestSite, { code }: Station) =>
    desk.call('handoff.revokeStation', { site: code, reason: 'lost', words: '', ...SECOND });
  const inUseAtTheBureau = async (): Promise<readonly string[]> =>
    (await bureaus[0].call('handoff.board', {})).filter(({ revoked }) => !revoked).map(({ site }) => site);
  /** Computers out of use that a restored bureau takes for others. */
  const notRevoked = async (): Promise<readonly Station[]> => {
    const inUse = await inUseAtTheBureau();
    return [...lost, ...stations.filter(({ isRevoked }) => isRevoked)].filter(({ code }) => inUse.includes(code));
  };
  /** Issues a kit at the bureau, as it has been kept. */
  const kitFor = async (bureau: TestSite, site: string) => {
    const drive = await bureau.drive(stick);
    const { fileName, spokenCode } = await bureau.call('handoff.issueKit', { site, drive });
    return { code: spokenCode, path: await keep(join(stick, fileName)) };
  };
  /** Who seals to keys that went with the bureau's former computer, and is in use, gets another kit. */
  const pairAnew = async (path: string): Promise<void> => {
    const { where, code } = brings.get(path) ?? {};
    if (!where || where.code !== code || where.isRevoked || pairedAnew.has(code)) return;
    pairedAnew.add(code);
    const kit = await kitFor(bureaus[0], code);
    await where.site.call('site.pair', { file: await where.site.file(kit.path, 'bundle'), code: kit.code });
  };
  const importAt = async (index: 0 | 1, paths: readonly string[]): Promise<readonly PackageOutcome[]> => {
    const where = bureaus[index];
    const files = await Promise.all(paths.map((path) => where.file(path, 'bundle')));
    const outcomes = await where.call('handoff.importBundles', { files });
    for (const [at, path] of paths.entries()) {
      if (index === 0) arrived.add(path);
      const problem = outcomes[at]?.problem;
      if (index === 0 && problem?.code === 'handoff.keys-lost') await pairAnew(path);
      if (problem && problem.code !== 'journal.fork') continue;
      taken[index].add(path);
      const { where: from, people } = brings.get(path) ?? {};
      if (index === 0) for (const id of people ?? []) from?.brought.add(id);
    }
    // One out of use that a restored bureau had forgotten, and knows again by what it brings.
    if (index === 0 && outcomes.some(({ problem }) => problem?.code === 'handoff.sender-forgotten'))
      for (const one of await notRevoked()) await revokeAt(where, one);
    return outcomes;
  };
  const stationAt = (index: number): Station => {
    const found = stations[index % stations.length];
    if (!found) throw new Error('no such station');
    return found;
  };
  /** What a person at the site would be told instead of an answer is noted; anything else is thrown on. */
  const orTold = async <T>(work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof RefusedCall)) throw error;
      told.push(error.problem);
      return null;
    }
  };

  const report = async (where: Station): Promise<void> => {
    const { site, recordedAt } = where;
    const written = await orTold(async () =>
      site.call('handoff.export', { drive: await site.drive(stick), medium: '01' }),
    );
    if (!written) return;
    const path = await keep(join(stick, written.fileName));
    const people = [...recordedAt].filter(([, seq]) => seq >= written.first && seq <= written.last).map(([id]) => id);
    bundles.push(path);
    brings.set(path, { where, code: where.code, people });
  };

  const writeReturn = async ({ code, returns }: Station): Promise<void> => {
    const [bureau] = bureaus;
    const drive = await bureau.drive(stick);
    const written = await orTold(() => bureau.call('handoff.writeReturn', { site: code, drive }));
    if (written) returns.push(await keep(join(stick, written.fileName)));
  };

  const held = (index: 0 | 1) => heldAt(bureaus[index].dir, 'guanli');

  /**
   * What changes the bureau itself happens at the one desk: before it each of the two takes what the other has taken, and
   * they hold the same; behind it they part anew.
   */
  const atTheDesk = async <T>(work: (desk: TestSite) => Promise<T>): Promise<T> => {
    const [desk, twin] = bureaus;
    const all = [...arrived].concat([...taken[1]].filter((path) => !arrived.has(path)));
    const outcomes: PackageOutcome[] = [];
    for (const index of [0, 1] as const) {
      const missing = all.filter((path) => !taken[index].has(path));
      if (missing.length > 0) outcomes.push(...(await importAt(index, index === 0 ? missing : missing.reverse())));
    }
    const isOneHistory = !stations.some(({ wasSetBack }) => wasSetBack);
    const sawTheSame = outcomes.every(({ problem }) => !problem || problem.code === 'handoff.sender-revoked');
    if (isOneHistory && sawTheSame)
      unless(isDeepStrictEqual(await held(0), await held(1)), 'double', 'two bureaus that met hold different things');
    const done = await work(desk);
    for (const site of [desk, twin]) await site.core.shutdown();
    bureaus[1] = await opened(desk.dir, 'guanli', desk.now.value);
    await desk.signIn('guanli');
    taken[1] = new Set(taken[0]);
    return done;
  };

  const backUpBureau = async (): Promise<void> => {
    const drive = fresh();
    await mkdir(drive);
    await bureaus[0].call('backup.make', { drive: await bureaus[0].drive(drive) });
    bureauBackups.push(drive);
  };

  /** Whom it had put out of use it puts out of use again. */
  const setBackBureau = async (drive: string): Promise<void> => {
    const [dead] = bureaus;
    await dead.core.shutdown();
    const dir = fresh();
    await mkdir(dir);
    const restored = await aCore({ dir });
    restored.now.value = new Date(dead.now.value.getTime() + DAY_MS);
    await restored.call('backup.adopt', await adoptable(restored, drive));
    await restored.signIn('guanli');
    bureaus[0] = restored;
    isBureauSetBack = true;
    taken[0].clear();
    pairedAnew.clear();
    for (const { brought } of stations) brought.clear();
    const forgotten = await notRevoked();
    for (const where of forgotten) await revokeAt(restored, where);
    if (forgotten.length > 0) await atTheDesk(() => Promise.resolve());
  };

  const revoke = async (where: Station): Promise<void> => {
    // Of one that a restored bureau has forgotten it knows nothing before it reports.
    if (where.isRevoked || !(await inUseAtTheBureau()).includes(where.code)) return;
    const { provenThrough } = await where.site.call('handoff.state', {});
    await atTheDesk(async (desk) => {
      await revokeAt(desk, where);
      const row = (await desk.call('handoff.board', {})).find(({ site }) => site === where.code);
      const isThere = (row?.lastSeq ?? 0) >= provenThrough;
      unless(isThere || isBureauSetBack || where.wasSetBack, 'lost', `${where.code}: proven, and not at the bureau`);
    });
    where.isRevoked = true;
  };

  /** The station's own tables are the bureau's copy of them, whatever computers it had. */
  const judgeCopy = async ({ site, chief, code, owner }: Station): Promise<Record<string, string[]>> => {
    const [own, copy] = [await heldAt(site.dir, chief), rowsFor(await held(0), owner)];
    unless(isDeepStrictEqual(own, copy), 'lost', `${code} holds another thing than the bureau's copy of it`);
    return own;
  };

  /** The station goes on with another computer, on which is everything that ever came to the bureau. */
  const refound = async (where: Station): Promise<void> => {
    await revoke(where);
    if (!where.isRevoked) return;
    const [code, kit] = await atTheDesk(async (desk) => {
      const { site: computer } = await desk.call('handoff.refound', { site: where.code });
      return [computer, await kitFor(desk, computer)] as const;
    });
    const dir = fresh();
    await mkdir(dir);
    const site = await aCore({ dir });
    site.now.value = bureaus[0].now.value;
    const file = await site.file(kit.path, 'bundle');
    await site.call('site.foundStationFromKit', { file, code: kit.code, ...NEW_CHIEF });
    lost.push({ ...where });
    const anew = { site, code, chief: NEW_CHIEF.loginName, recordedAt: new Map<string, number>(), backups: [] };
    Object.assign(where, { ...anew, wasSetBack: false, isRevoked: false });
    where.people = peopleIn(await judgeCopy(where));
    const missing = [...where.brought].filter((id) => !where.people.has(id)).length;
    unless(missing === 0, 'lost', `${code}: ${String(missing)} people came to the bureau and are on no computer`);
  };

  const happenAt = async (where: Station, kind: StationHappening, pick: number): Promise<unknown> => {
    const one = <T>(all: readonly T[]): T | undefined => all[pick % Math.max(1, all.length)];
    switch (kind) {
      case 'record':
        return record(where, null, pick);
      case 'edit': {
        const id = one([...where.people.keys()]);
        return id === undefined ? undefined : record(where, id, pick);
      }
      case 'export':
        return report(where);
      case 'return':
        return writeReturn(where);
      case 'take-return': {
        const path = one(where.returns);
        const { site } = where;
        if (path !== undefined)
          await orTold(async () => site.call('handoff.importReturn', { file: await site.file(path, 'bundle') }));
        return;
      }
      case 'back-up':
        return backUp(where, fresh());
      case 'restore': {
        const backup = one(where.backups);
        return backup && setBack(where, backup, fresh());
      }
      case 'change-keys':
        return where.site.call('site.changeKeys', { reason: '例行更换' });
      case 'revoke':
        return revoke(where);
      case 'refound':
        return refound(where);
    }
  };

  /** What a receipt may prove is on the bureau's desk: the twin, which writes none, gets it from there. */
  const lose = (pick: number): void => {
    const underWay = bundles.filter((path) => !arrived.has(path));
    const astray = underWay[pick % Math.max(1, underWay.length)];
    if (astray !== undefined) bundles.splice(bundles.indexOf(astray), 1);
  };

  /** Whoever has a computer that is out of use goes on with it, and may change its keys. */
  const exportLost = async (pick: number): Promise<void> => {
    const where = lost[pick % Math.max(1, lost.length)];
    if (!where) return;
    if (pick % 2 === 0) await where.site.call('site.changeKeys', { reason: '拾得者更换' });
    await record({ ...where, ever: new Set() }, null, pick);
    await report(where);
  };

  let announced = 0;
  const happen = async (one: Happening): Promise<unknown> => {
    switch (one.kind) {
      case 'import': {
        const picked = one.picks.flatMap((pick) => bundles[pick % Math.max(1, bundles.length)] ?? []);
        return picked.length > 0 ? importAt(one.bureau === 0 ? 0 : 1, picked) : undefined;
      }
      case 'announce':
        announced += 1;
        return bureaus[0].account(`renyuan${String(announced)}`, ['leader']);
      case 'lose':
        lose(one.n);
        return;
      case 'back-up-bureau':
        return backUpBureau();
      case 'restore-bureau': {
        const drive = bureauBackups[one.n % Math.max(1, bureauBackups.length)];
        return drive === undefined ? undefined : setBackBureau(drive);
      }
      case 'change-bureau-keys':
        return orTold(() => atTheDesk((desk) => desk.call('site.changeKeys', { reason: '例行更换' })));
      case 'export-lost':
        return exportLost(one.n);
      case 'clock': {
        const now = new Date(bureaus[0].now.value.getTime() + one.years * YEAR_MS);
        stationAt(one.station).site.now.value = now;
        return;
      }
      default:
        return happenAt(stationAt(one.station), one.kind, one.n);
    }
  };

  return {
    bureaus,
    stations,
    lost,
    bundles,
    isBureauSetBack: (): boolean => isBureauSetBack,
    /** What people were told instead of an answer. */
    told,
    happen,
    importAt,
    board: (index: 0 | 1) => bureaus[index].call('handoff.board', {}),
    held,
    judgeCopy,
    /** How far the bureau's streams for this station have come, at the bureau and at the station. */
    down: async ({ site, code, chief }: Station): Promise<readonly [bureau: string, station: string]> => [
      await downHeads(bureaus[0].dir, 'guanli', code),
      await downHeads(site.dir, chief, code),
    ],
    async close(): Promise<void> {
      for (const site of [...bureaus, ...[...stations, ...lost].map((one) => one.site)]) await site.core.shutdown();
      await rm(root, { recursive: true, force: true });
    },
  };
}
