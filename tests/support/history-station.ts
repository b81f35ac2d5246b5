import { mkdir } from 'node:fs/promises';
import { projections } from '../../electron/slices.ts';
import { aPerson } from '../bench/people.ts';
import { adoptable } from './adopt.ts';
import { withDatabase } from './damage.ts';
import { rowsOf } from './journal.ts';
import { aCore, type TestSite } from './site.ts';

/** What a computer holds of its own work: people by id in their latest version, and the entries that brought them. */
type Work = { readonly people: ReadonlyMap<string, number>; readonly recordedAt: ReadonlyMap<string, number> };
type Backup = Work & { readonly drive: string };

/** A station, and the computer it works with. */
export type Station = {
  site: TestSite;
  /** The computer in use. */
  code: string;
  /** The station's lasting code: that of its first computer. */
  readonly owner: string;
  chief: string;
  people: Map<string, number>;
  /** The number of each person's first entry, of those recorded on this computer. */
  recordedAt: Map<string, number>;
  /** Everybody ever recorded, on whatever computer. */
  readonly ever: Set<string>;
  /** Those whom a bundle brought that the bureau took, or kept aside. */
  readonly brought: Set<string>;
  readonly returns: string[];
  backups: Backup[];
  /** It went on from an old backup at some time, so that there may be two of its histories. */
  wasSetBack: boolean;
  /** The computer is out of use, and no other one is there yet. */
  isRevoked: boolean;
};

export const aStationOf = (site: TestSite, code: string): Station => ({
  ...{ site, code, owner: code, chief: 'suozhang' },
  ...{ people: new Map<string, number>(), recordedAt: new Map<string, number>() },
  ...{ ever: new Set<string>(), brought: new Set<string>(), returns: [], backups: [] },
  ...{ wasSetBack: false, isRevoked: false },
});

export async function record(where: Station, id: string | null, number: number): Promise<void> {
  const { site, people, recordedAt, ever } = where;
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
  if (id !== null) return;
  recordedAt.set(recorded.id, (await site.call('handoff.state', {})).lastSeq);
  ever.add(recorded.id);
}

export async function backUp({ site, people, recordedAt, backups }: Station, drive: string): Promise<void> {
  await mkdir(drive);
  await site.call('backup.make', { drive: await site.drive(drive) });
  backups.push({ drive, people: new Map(people), recordedAt: new Map(recordedAt) });
}

/** A new computer takes the site over from an old backup; what was done since is not on it. */
export async function setBack(where: Station, { drive, people, recordedAt }: Backup, dir: string): Promise<void> {
  await where.site.core.shutdown();
  await mkdir(dir);
  const site = await aCore({ dir });
  site.now.value = where.site.now.value;
  await site.call('backup.adopt', await adoptable(site, drive));
  await site.signIn(where.chief);
  const work = { people: new Map(people), recordedAt: new Map(recordedAt) };
  Object.assign(where, { site, ...work, wasSetBack: true });
}

const slices = projections.filter(({ name }) => !['site', 'handoff', 'backup'].includes(name));

/** Everything the slices hold, row by row; what a site notes of its own hand-offs is its own. */
export const heldAt = (dir: string, loginName: string): Promise<Record<string, string[]>> =>
  withDatabase(dir, (db) => rowsOf(db, slices), loginName);

/** Of these rows the ones that are the station's, and those that are nobody's. */
export const rowsFor = (held: Record<string, string[]>, owner: string): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(held).map(([table, rows]) => [
      table,
      rows.filter((row) => [owner, null, undefined].includes((JSON.parse(row) as { station?: string }).station)),
    ]),
  );

/** The people among such rows, by id, in the version that counts. */
export const peopleIn = (rows: Record<string, string[]>): Map<string, number> =>
  new Map(
    (rows['person'] ?? []).map((row) => {
      const { id, version } = JSON.parse(row) as { id: string; version: number };
      return [id, version];
    }),
  );

/** How far the bureau's streams for this computer have come. */
export const downHeads = (dir: string, loginName: string, computer: string): Promise<string> =>
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
          .all('%/common', `%/${computer}`),
      ),
    loginName,
  );
