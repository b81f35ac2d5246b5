import { join } from 'node:path';
import { BACKUP_EVERY_HOURS, BACKUP_OLD_DAYS, keptBackups } from '../../shared/backup.ts';
import { hoursApart } from '../../shared/dates.ts';
import { fail, ok, orThrow } from '../../shared/problem.ts';
import { attachmentStore } from '../files/attachments.ts';
import { errorCode } from '../files/disk.ts';
import type { Drive } from '../ipc/channel.ts';
import type { Actor, HandlersOf, JobControl, Services } from '../ipc/handlers.ts';
import { spoiltAttachments } from '../journal/spoilt-attachments.ts';
import {
  backupsIn,
  type BackupSet,
  contentsOf,
  ON_DRIVES,
  openCopy,
  proveSet,
  readSet,
  removeHalfCopies,
  removeSet,
  rowOf,
  setAttachments,
  type SiteFiles,
  writeSet,
} from './set.ts';
import { markStick, stickAt } from './stick.ts';
import { backupStore } from './store.ts';

type SignedInCalls =
  | 'backup.state'
  | 'backup.make'
  | 'backup.makeDaily'
  | 'backup.makeOnStick'
  | 'backup.chooseStick'
  | 'backup.drill'
  | 'backup.fetchAttachments';

/** What the backups of a site are made with and where those beside the database lie. */
export type BackupPlace = {
  readonly files: SiteFiles;
  readonly folder: string;
  readonly appVersion: string;
  readonly dataKey: Uint8Array;
};

/** The folder of a site's backup on a drive; one per site, brought up to date each time. */
export const driveFolder = (drive: string, site: string): string => join(drive, ON_DRIVES + site);

const unlessRefusedByDisk = (error: unknown): void => {
  if (errorCode(error) === '') throw error;
};

/** Backups of an open site: made, shown, tried. */
export function backupService(services: Services, place: BackupPlace): Pick<HandlersOf<'backup'>, SignedInCalls> {
  const { db, journal, clock, files, site, shell, newId, attachments } = services;
  const store = backupStore(db, site.code);
  const hoursSince = (at: string): number => hoursApart(at, clock());
  const isOldFor = (hours: number, last: { readonly at: string } | null): boolean =>
    last === null || hoursSince(last.at) > hours;
  const isDue = (): boolean =>
    isOldFor(BACKUP_EVERY_HOURS, store.last()) || store.actsSince({ onMedium: false }).length > 0;
  const isDueOnStick = (): boolean =>
    isOldFor(BACKUP_EVERY_HOURS, store.lastOnMedium()) || store.actsSince({ onMedium: true }).length > 0;

  const prune = async (): Promise<void> => {
    const all = await backupsIn(place.folder);
    const kept = keptBackups(all.map(rowOf));
    for (const set of all) if (!kept.has(rowOf(set).id)) await removeSet(set);
    await removeHalfCopies(place.folder);
  };

  const find = async (which: { readonly id: string } | { readonly drive: string }): Promise<BackupSet | null> => {
    if ('id' in which) return (await backupsIn(place.folder)).find((set) => rowOf(set).id === which.id) ?? null;
    const drive = files.drive(which.drive);
    return drive && readSet(driveFolder(drive.path, site.code));
  };

  const make = async (drive: Drive | null, actor: Actor, job: JobControl): Promise<BackupSet> => {
    const at = clock().toISOString();
    const set = orThrow(
      await writeSet({
        db,
        files: place.files,
        folder: drive ? driveFolder(drive.path, site.code) : join(place.folder, at.replaceAll(':', '-')),
        dataKey: place.dataKey,
        about: { site: site.code, ...(drive ? { name: store.siteName() } : {}), at, appVersion: place.appVersion },
        withAttachments: drive !== null,
        ...(drive ? { drive } : {}),
        job,
      }),
    );
    const { entries, database } = set.manifest;
    const medium = drive ? drive.label.slice(0, 60) : null;
    journal.append('backup.made', { at, entries, sha256: database.sha256, medium }, { id: actor.id, key: null });
    // The backup stands; what the disk does not let go today goes with the next one.
    if (!drive) await prune().catch(unlessRefusedByDisk);
    return set;
  };

  return {
    'backup.state': async () => {
      const last = store.last();
      return ok({
        copies: (await backupsIn(place.folder)).map(rowOf),
        last,
        lastOnMedium: store.lastOnMedium(),
        isOld: isOldFor(BACKUP_OLD_DAYS * 24, last),
        isDue: isDue(),
        notOnMedium: store.actsSince({ onMedium: true }),
        stick: store.stick(),
        lastMended: store.lastMended(),
      });
    },

    'backup.make': async ({ drive: driveId }, { actor, job }) => {
      const drive = driveId === null ? null : files.drive(driveId);
      if (driveId !== null && !drive) return fail('handoff.drive-unknown');
      return ok(rowOf(await make(drive, actor, job)));
    },

    'backup.makeDaily': async (_input, { actor, job }) => {
      // Asked again in line: another sitting's may have been made while this one waited.
      if (!isDue()) return ok(null);
      return ok(rowOf(await make(null, actor, job)));
    },

    'backup.makeOnStick': async (_input, { actor, job }) => {
      const chosen = store.stick();
      if (!chosen || !isDueOnStick()) return ok(null);
      for (const drive of await shell.removableDrives({}))
        if ((await stickAt(driveFolder(drive.path, site.code))) === chosen.id)
          return ok(rowOf(await make(drive, actor, job)));
      return ok(null);
    },

    'backup.chooseStick': async ({ drive: driveId }, { actor }) => {
      const drive = driveId === null ? null : files.drive(driveId);
      if (driveId !== null && !drive) return fail('handoff.drive-unknown');
      const id = drive && (await markStick(driveFolder(drive.path, site.code), newId));
      const stick = drive && id !== null ? { id, label: drive.label.slice(0, 60) } : null;
      journal.append('backup.stick-chosen', { stick }, { id: actor.id, key: null });
      return ok({});
    },

    'backup.drill': async (which, { job }) => {
      const set = await find(which);
      if (!set) return fail('drive' in which ? 'backup.none-on-drive' : 'backup.unknown');
      await job.progress('backup.proving', 0, 1);
      proveSet(set, place.dataKey);
      await job.progress('backup.proving', 1, 1);
      const copy = openCopy(set, place.dataKey);
      try {
        const people = copy.prepare<[], { n: number }>('SELECT count(*) AS n FROM person').get()?.n ?? 0;
        const { entries, attachments, at } = set.manifest;
        const younger = contentsOf(db).entries - entries;
        return ok({ at, entries, younger, attachments, people });
      } finally {
        copy.close();
      }
    },

    'backup.fetchAttachments': async ({ drive }, { job }) => {
      const set = await find({ drive });
      if (!set) return fail('backup.none-on-drive');
      const there = attachmentStore(setAttachments(set), place.dataKey);
      const spoilt = await spoiltAttachments(db, attachments, (done, total) =>
        job.progress('backup.attachments', done, total),
      );
      const lacking = [...new Set(spoilt.map((one) => one.sha256))];
      let fetched = 0;
      for (const [index, sha256] of lacking.entries()) {
        const whole = await there.read(sha256);
        if (whole.ok) {
          orThrow(await attachments.add(whole.value));
          fetched += 1;
        }
        await job.progress('backup.attachments', index + 1, lacking.length);
      }
      return ok({ fetched, left: lacking.length - fetched });
    },
  };
}
