import { copyFile, cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { PackageOutcome } from '../../shared/handoff.ts';
import type { Problem } from '../../shared/problem.ts';
import { projections } from '../../electron/wiring.ts';
import { aPerson } from '../bench/people.ts';
import { aCounty } from './county.ts';
import { withDatabase } from './damage.ts';
import { rowsOf } from './journal.ts';
import { aCore, RefusedCall, type TestSite } from './site.ts';

/** What can happen to a county: `n` picks among what there is at that moment. */
export type Happening =
  | { readonly kind: StationHappening; readonly station: number; readonly n: number }
  | { readonly kind: 'import'; readonly bureau: number; readonly picks: readonly number[] }
  | { readonly kind: 'announce' | 'lose' | 'back-up-bureau' | 'restore-bureau'; readonly n: number }
  | { readonly kind: 'clock'; readonly station: number; readonly years: number };
type StationHappening = 'record' | 'edit' | 'export' | 'return' | 'take-return' | 'back-up' | 'restore';

const DAY_MS = 86_400_000;
const YEAR_MS = 365 * DAY_MS;

const STATIONS = [
  ['999999010100', '城关派出所'],
  ['999999010200', '桃花镇派出所'],
  ['999999010300', '龙沟派出所'],
  ['999999010400', '石桥派出所'],
  ['999999010500', '青云山检查站'],
] as const;

/** The first more often than the others, so that much happens to one. */
const station = fc.oneof(fc.constant(0), fc.nat(STATIONS.length - 1));
const n = fc.nat(999);
const at = (kind: StationHappening, weight: number) => ({
  weight,
  arbitrary: fc.record({ kind: fc.constant(kind), station, n }),
});

/**
 * Sticks are lost, what they held is exported again, bundles come in any order and twice at once; returns come late or
 * never; stations and the bureau go back to old backups and go on from there; clocks are set ten years off.
 */
export const histories: fc.Arbitrary<readonly Happening[]> = fc.array(
  fc.oneof(
    at('record', 5),
    at('edit', 3),
    at('export', 6),
    at('return', 3),
    at('take-return', 3),
    at('back-up', 2),
    at('restore', 1),
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('import'),
        bureau: fc.nat(1),
        picks: fc.array(n, { minLength: 1, maxLength: 4 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('announce', 'lose'), n }) },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constantFrom('back-up-bureau', 'back-up-bureau', 'restore-bureau'), n }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('clock'), station, years: fc.constantFrom(-10, 0, 10) }) },
  ),
  { minLength: 20, maxLength: 60, size: 'max' },
);

type Backup = { readonly drive: string; readonly people: ReadonlyMap<string, number> };
type Station = {
  site: TestSite;
  readonly code: string;
  /** The people it holds, by id, in their latest version. */
  people: Map<string, number>;
  readonly returns: string[];
  readonly backups: Backup[];
  /** It went on from an old backup at some time, so that there may be two of its histories. */
  wasSetBack: boolean;
};

export type LivedCounty = Awaited<ReturnType<typeof lived>>;

/** A bureau and five stations as they were founded, of which any number of copies can be lived through. */
export async function foundedCounty() {
  const county = await aCounty({ ageKind: 'x25519' });
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
  const opened = async (dir: string, loginName: string): Promise<TestSite> => {
    const own = fresh();
    await cp(dir, own, { recursive: true });
    const site = await aCore({ dir: own });
    await site.signIn(loginName);
    return site;
  };
  const bureaus: [TestSite, TestSite] = [await opened(bureauDir, 'guanli'), await opened(bureauDir, 'guanli')];
  const bureauBackups: string[] = [];
  let isBureauSetBack = false;
  const stations: Station[] = [];
  for (const [index, dir] of stationDirs.entries())
    stations.push({
      site: await opened(dir, 'suozhang'),
      code: `${STATIONS[index]?.[0] ?? ''}-1`,
      people: new Map(),
      returns: [],
      backups: [],
      wasSetBack: false,
    });
  const bundles: string[] = [];
  const arrived = new Set<string>();
  const told: Problem[] = [];

  const keep = async (path: string): Promise<string> => {
    const kept = `${fresh()}.lijing`;
    await copyFile(path, kept);
    return kept;
  };
  const bureauAt = (index: number): TestSite => bureaus[index % 2 === 0 ? 0 : 1];
  const importAt = async (index: number, paths: readonly string[]): Promise<readonly PackageOutcome[]> => {
    const where = bureauAt(index);
    const files = await Promise.all(paths.map((path) => where.file(path, 'bundle')));
    return where.call('handoff.importBundles', { files });
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

  const record = async ({ site, people }: Station, id: string | null, number: number): Promise<void> => {
    const { id: _id, version: _version, ...facts } = aPerson(number).person;
    const recorded = await site.call('roster.recordPerson', {
      id,
      version: id === null ? null : (people.get(id) ?? 1),
      // Of an age to serve, whatever the station's clock says.
      facts: { ...facts, badgeNo: null, birthDate: '1985-06' },
      reason: id === null ? '' : '更正',
      namesakeConfirmed: true,
    });
    people.set(recorded.id, recorded.version);
  };

  const report = async ({ site }: Station): Promise<void> => {
    const written = await orTold(async () =>
      site.call('handoff.export', { drive: await site.drive(stick), medium: '01' }),
    );
    if (written) bundles.push(await keep(join(stick, written.fileName)));
  };

  const writeReturn = async ({ code, returns }: Station): Promise<void> => {
    const [bureau] = bureaus;
    const drive = await bureau.drive(stick);
    const written = await orTold(() => bureau.call('handoff.writeReturn', { site: code, drive }));
    if (written) returns.push(await keep(join(stick, written.fileName)));
  };

  const backUp = async ({ site, people, backups }: Station): Promise<void> => {
    const drive = fresh();
    await mkdir(drive);
    await site.call('backup.make', { drive: await site.drive(drive) });
    backups.push({ drive, people: new Map(people) });
  };

  const backUpBureau = async (): Promise<void> => {
    const drive = fresh();
    await mkdir(drive);
    await bureaus[0].call('backup.make', { drive: await bureaus[0].drive(drive) });
    bureauBackups.push(drive);
  };

  const setBackBureau = async (drive: string): Promise<void> => {
    const [dead] = bureaus;
    await dead.core.shutdown();
    const dir = fresh();
    await mkdir(dir);
    const restored = await aCore({ dir });
    restored.now.value = new Date(dead.now.value.getTime() + DAY_MS);
    await restored.call('backup.adopt', { drive: await restored.drive(drive) });
    await restored.signIn('guanli');
    bureaus[0] = restored;
    isBureauSetBack = true;
  };

  /** A new computer takes the site over from an old backup; what was done since is not on it. */
  const setBack = async (where: Station, { drive, people }: Backup): Promise<void> => {
    await where.site.core.shutdown();
    const dir = fresh();
    await mkdir(dir);
    const site = await aCore({ dir });
    site.now.value = where.site.now.value;
    await site.call('backup.adopt', { drive: await site.drive(drive) });
    await site.signIn('suozhang');
    Object.assign(where, { site, people: new Map(people), wasSetBack: true });
  };

  const happenAt = async (where: Station, kind: StationHappening, pick: number): Promise<void> => {
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
        return backUp(where);
      case 'restore': {
        const backup = one(where.backups);
        return backup && setBack(where, backup);
      }
    }
  };

  /** What a receipt may prove is on the bureau's desk: the twin, which writes none, gets it from there. */
  const lose = (pick: number): void => {
    const underWay = bundles.filter((path) => !arrived.has(path));
    const lost = underWay[pick % Math.max(1, underWay.length)];
    if (lost !== undefined) bundles.splice(bundles.indexOf(lost), 1);
  };

  let announced = 0;
  const happen = async (one: Happening): Promise<void> => {
    switch (one.kind) {
      case 'import': {
        const picked = one.picks.flatMap((pick) => bundles[pick % Math.max(1, bundles.length)] ?? []);
        if (one.bureau === 0) for (const path of picked) arrived.add(path);
        if (picked.length > 0) await importAt(one.bureau, picked);
        return;
      }
      case 'announce':
        announced += 1;
        await bureaus[0].account(`renyuan${String(announced)}`, ['leader']);
        return;
      case 'lose':
        lose(one.n);
        return;
      case 'back-up-bureau':
        return backUpBureau();
      case 'restore-bureau': {
        const drive = bureauBackups[one.n % Math.max(1, bureauBackups.length)];
        return drive === undefined ? undefined : setBackBureau(drive);
      }
      case 'clock': {
        stationAt(one.station).site.now.value = new Date(bureaus[0].now.value.getTime() + one.years * YEAR_MS);
        return;
      }
      default:
        return happenAt(stationAt(one.station), one.kind, one.n);
    }
  };

  return {
    bureaus,
    stations,
    bundles,
    isBureauSetBack: (): boolean => isBureauSetBack,
    /** What people were told instead of an answer. */
    told,
    happen,
    importAt,
    board: (index: number) => bureauAt(index).call('handoff.board', {}),
    /** Everything the stations' slices hold at the bureau, row by row; what a site notes of its own hand-offs is its own. */
    held: (index: number) => {
      const slices = projections.filter(({ name }) => !['site', 'handoff', 'backup'].includes(name));
      return withDatabase(bureauAt(index).dir, (db) => rowsOf(db, slices), 'guanli');
    },
    /** How far the bureau's streams for this station have come, at the bureau and at the station. */
    down: async ({ site, code }: Station): Promise<readonly [bureau: string, station: string]> => [
      await headsOf(bureaus[0].dir, 'guanli', code),
      await headsOf(site.dir, 'suozhang', code),
    ],
    async close(): Promise<void> {
      for (const site of [...bureaus, ...stations.map((one) => one.site)]) await site.core.shutdown();
      await rm(root, { recursive: true, force: true });
    },
  };
}

const headsOf = (dir: string, loginName: string, station: string): Promise<string> =>
  withDatabase(
    dir,
    (db) =>
      JSON.stringify(
        db
          .prepare<[string, string]>(
            // SQLite gives the hash of the row with the highest number.
            `SELECT stream, max(seq) AS last, hex(hash) AS hash FROM entry
             WHERE stream LIKE ? OR stream LIKE ? GROUP BY stream ORDER BY stream`,
          )
          .all('%/common', `%/${station}`),
      ),
    loginName,
  );
