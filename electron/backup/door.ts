import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok, orThrow, type ProblemCode, ProblemError } from '../../shared/problem.ts';
import type { Db } from '../db/open.ts';
import { secretsOf } from '../db/secrets.ts';
import { writeAtomically } from '../files/safe-write.ts';
import { setAside } from '../files/set-aside.ts';
import type { Drive } from '../ipc/channel.ts';
import type { ChosenFiles } from '../ipc/chosen-files.ts';
import type { HandlersOf, JobControl } from '../ipc/handlers.ts';
import { type Journal, type Self, SYSTEM } from '../journal/journal.ts';
import { replaceDatabase } from './replace.ts';
import { remainsOf, salvage } from './salvage.ts';
import {
  backupsIn,
  type BackupSet,
  copyAttachments,
  copyDatabase,
  copySet,
  isIntact,
  newestFirst,
  ON_DRIVES,
  openCopy,
  proveSet,
  readSet,
  rowOf,
  setAttachments,
  setKeyring,
  type SiteFiles,
  supersede,
} from './set.ts';

type DoorCalls =
  | 'backup.restorable'
  | 'backup.restore'
  | 'backup.salvage'
  | 'backup.restoreKeyring'
  | 'backup.sitesOn'
  | 'backup.adopt';

/** What the way back needs of the site while it is closed. */
export type ClosedSite = {
  readonly files: SiteFiles;
  readonly folder: string;
  readonly chosen: ChosenFiles;
  /** What is plugged in. */
  readonly drives: () => Promise<readonly Pick<Drive, 'path'>[]>;
  readonly clock: () => Date;
  readonly isFounded: () => boolean;
  readonly isOpen: () => boolean;
  /** The data key behind a login name and its password, as at any sign-in. */
  readonly dataKeyOf: (loginName: string, password: string) => Promise<Buffer>;
  /** Whether one of the keyring's copies can be read. */
  readonly keyringReads: () => Promise<boolean>;
  /** Whether the file is a keyring as it was written. */
  readonly isKeyring: (path: string) => Promise<boolean>;
  /** Makes a site of the files it is given the places of: whole, or nothing has changed. */
  readonly makeNew: (build: (files: SiteFiles) => Promise<void>) => Promise<void>;
  /** Whether the database would open as it is. */
  readonly isSound: (dataKey: Uint8Array) => Promise<boolean>;
  /** A database that is not in its place yet: made ready, changed by the work, and left as one whole file. */
  readonly fill: <T>(
    path: string,
    dataKey: Uint8Array,
    founding: Self | null,
    work: (journal: Journal, db: Db) => Promise<T>,
    job: JobControl,
  ) => Promise<T>;
};

/** The ways back to a site that cannot be opened. None of them deletes anything. */
export function backupDoor(site: ClosedSite): Pick<HandlersOf<'backup'>, DoorCalls> {
  const { database } = site.files;
  const typed = async <T>(
    { loginName, password }: { readonly loginName: string; readonly password: string },
    work: (dataKey: Buffer) => Promise<T>,
  ): Promise<T> => {
    const dataKey = await site.dataKeyOf(loginName, password);
    try {
      return await work(dataKey);
    } finally {
      dataKey.fill(0);
    }
  };
  const setsOn = async (drive: string): Promise<readonly BackupSet[]> => {
    const names = (await readdir(drive).catch(() => [])).filter((name) => name.startsWith(ON_DRIVES));
    return (await Promise.all(names.map((name) => readSet(join(drive, name))))).filter((one) => one !== null);
  };
  /** Beside the database and on what is plugged in, newest first. */
  const allSets = async (): Promise<readonly BackupSet[]> => {
    const onDrives = await Promise.all((await site.drives()).map(({ path }) => setsOn(path)));
    return newestFirst([...(await backupsIn(site.folder)), ...onDrives.flat()]);
  };
  /** Of this site only, as far as its backups here tell which it is; without any, of the one site there are some of. */
  const ownSets = async (): Promise<readonly BackupSet[]> => {
    const all = await allSets();
    const sites = new Set(
      (all.some((set) => !isOnDrive(set)) ? all.filter((set) => !isOnDrive(set)) : all).map(siteOf),
    );
    return sites.size === 1 ? all.filter((set) => sites.has(siteOf(set))) : [];
  };
  const isNeeded = async (dataKey: Buffer, job: JobControl): Promise<boolean> => {
    if (site.isOpen()) return false;
    await job.progress('backup.looking', 0, 1);
    const isSound = await site.isSound(dataKey);
    await job.progress('backup.looking', 1, 1);
    return !isSound;
  };

  /** Puts a new database in the damaged one's place; backups it does not go on from no longer stand in its way. */
  const replace = <T>(
    dataKey: Buffer,
    founding: Self | null,
    copy: (path: string) => Promise<void>,
    work: (journal: Journal, db: Db) => Promise<T>,
    job: JobControl,
  ): Promise<T> =>
    replaceDatabase(database, site.clock(), async (fresh) => {
      await copy(fresh);
      const result = await site.fill(fresh, dataKey, founding, work, job);
      await supersede(await backupsIn(site.folder), fresh, dataKey);
      return result;
    });

  /** Both copies; what stood there is kept aside. */
  const putKeyring = async (set: BackupSet): Promise<void> => {
    const bytes = await readFile(setKeyring(set));
    await setAside(site.files.keyrings, site.clock());
    for (const path of site.files.keyrings) orThrow(await writeAtomically(path, bytes));
  };

  return {
    'backup.restorable': (who, { job }) =>
      typed(who, async (dataKey) => {
        const all = await allSets();
        const refusals = all.map((set) => openingRefusal(set, dataKey));
        const sets = all.filter((_set, index) => refusals[index] === null);
        const intact: BackupSet[] = [];
        for (const set of sets) if (await isIntact(set, job)) intact.push(set);
        const passing = refusals.find((code) => code !== null && code !== 'backup.damaged');
        if (sets.length === 0 && passing) return fail(passing);
        return ok({
          copies: intact.map(rowOf),
          readable: (await remainsOf({ path: database, dataKey }, job))?.entries ?? 0,
        });
      }),

    'backup.restore': ({ id, ...who }, { job }) =>
      typed(who, async (dataKey) => {
        if (!(await isNeeded(dataKey, job))) return fail('backup.not-needed');
        const set = (await allSets()).find((one) => rowOf(one).id === id);
        if (!set) return fail('backup.unknown');
        await job.progress('backup.proving', 0, 1);
        proveSet(set, dataKey);
        await job.progress('backup.proving', 1, 1);
        // Before the database: once that is sound, nobody asks for them again. What is here is the same, for a name
        // stands for its content.
        await copyAttachments(setAttachments(set), site.files.attachments, job);
        const { at: madeAt, entries } = set.manifest;
        const copy = (path: string): Promise<void> => copyDatabase(set, path, job);
        const goOn = async (journal: Journal): Promise<number> => {
          const count = await salvage({ path: database, dataKey }, journal, job);
          journal.append('backup.restored', { madeAt, entries, salvaged: count }, SYSTEM);
          return count;
        };
        const salvaged = await replace(dataKey, null, copy, goOn, job);
        return ok({ madeAt, entries, salvaged });
      }),

    'backup.salvage': (who, { job }) =>
      typed(who, async (dataKey) => {
        if (!(await isNeeded(dataKey, job))) return fail('backup.not-needed');
        const damaged = { path: database, dataKey };
        const remains = await remainsOf(damaged, job);
        if (!remains || remains.entries === 0) return fail('backup.nothing-readable');
        const goOn = async (journal: Journal, db: Db): Promise<number> => {
          const { put } = secretsOf(db);
          for (const { name, value } of remains.secrets) put(name, value);
          const count = await salvage(damaged, journal, job);
          journal.append('backup.salvaged', { entries: count }, SYSTEM);
          return count;
        };
        const entries = await replace(dataKey, remains.self, async () => {}, goOn, job);
        return ok({ entries });
      }),

    'backup.restoreKeyring': async () => {
      if (!site.isFounded() || (await site.keyringReads())) return fail('backup.not-needed');
      const sets = await ownSets();
      if (sets.length === 0) return fail('backup.unknown');
      for (const set of sets) {
        if (!(await site.isKeyring(setKeyring(set)))) continue;
        await putKeyring(set);
        return ok({ madeAt: set.manifest.at, onStick: isOnDrive(set) });
      }
      return fail('backup.damaged');
    },

    'backup.sitesOn': async ({ drive: driveId }) => {
      if (site.isFounded()) return fail('site.already-founded');
      const drive = site.chosen.drive(driveId);
      if (!drive) return fail('handoff.drive-unknown');
      const all = newestFirst(await setsOn(drive.path));
      const newest = all.filter((set, index) => all.findIndex((one) => siteOf(one) === siteOf(set)) === index);
      if (newest.length === 0) return fail('backup.none-on-drive');
      const rows = newest.map(({ manifest: { site: code, name = null, at, entries } }) => ({
        site: code,
        name,
        at,
        entries,
      }));
      return ok(rows.toSorted((a, b) => b.at.localeCompare(a.at)));
    },

    'backup.adopt': async ({ drive: driveId, site: code }, { job }) => {
      if (site.isFounded()) return fail('site.already-founded');
      const drive = site.chosen.drive(driveId);
      if (!drive) return fail('handoff.drive-unknown');
      const set = newestFirst(await setsOn(drive.path)).find((one) => siteOf(one) === code);
      if (!set) return fail('backup.none-on-drive');
      if (!(await site.isKeyring(setKeyring(set))) || !(await isIntact(set, job))) return fail('backup.damaged');
      await site.makeNew((files) => copySet(set, files, job));
      const { at: madeAt, entries } = set.manifest;
      return ok({ madeAt, entries });
    },
  };
}

const siteOf = ({ manifest }: BackupSet): string => manifest.site;
const isOnDrive = (set: BackupSet): boolean => rowOf(set).id.startsWith(ON_DRIVES);

/** Why it does not open: `backup.damaged` also under another key, for a stick may carry another site's, too. */
function openingRefusal(set: BackupSet, dataKey: Uint8Array): ProblemCode | null {
  try {
    openCopy(set, dataKey).close();
    return null;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.code;
    throw error;
  }
}
