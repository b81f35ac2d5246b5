import { z } from 'zod';
import { command, job, query } from './call.ts';
import { entryKind, Sha256, SiteCode, StreamId } from './entry.ts';
import type { ProblemKinds } from './problem-kind.ts';
import { LoginName } from './site.ts';

export const backupProblems = {
  'backup.unknown': 'input',
  'backup.damaged': 'corrupt',
  'backup.none-on-drive': 'input',
  'backup.not-needed': 'conflict',
  'backup.nothing-readable': 'corrupt',
} as const satisfies ProblemKinds;

/** Days after which the last good backup is old. */
export const BACKUP_OLD_DAYS = 3;
/** Hours after which a sitting makes a new backup by itself. */
export const BACKUP_EVERY_HOURS = 20;

/** Acts that nobody could do again from memory: what they made is lost with a computer that had no backup since. */
export const lastingActs = [
  'site.keys-changed',
  'site.escrow-made',
  'site.station-registered',
  'handoff.kit-issued',
  'handoff.station-revoked',
  'handoff.station-refounded',
] as const;

const Head = z.strictObject({ stream: StreamId, seq: z.int().positive(), hash: Sha256 });

/** What a backup says of itself, in `backup.json` beside the database's copy; written last, so that it marks a whole one. */
export const BackupManifest = z.strictObject({
  v: z.literal(1),
  site: SiteCode,
  /** What the site is called, for whoever finds several on one stick; backups beside the database do not say. */
  name: z.string().max(60).optional(),
  at: z.iso.datetime(),
  appVersion: z.string(),
  entries: z.int().nonnegative(),
  heads: z.array(Head),
  database: z.strictObject({ sha256: Sha256, sizeBytes: z.int().positive() }),
  attachments: z.int().nonnegative(),
});
export type BackupManifest = z.infer<typeof BackupManifest>;

/** A stick by the mark left on it, and what it was called then. */
const Stick = z.strictObject({ id: z.uuid(), label: z.string().max(60) });

export const backupEntries = {
  /** A copy was written and proven whole by opening it; `medium` is null for the one beside the database. */
  'backup.made': entryKind(
    z.strictObject({ at: z.iso.datetime(), entries: z.int(), sha256: Sha256, medium: z.string().max(60).nullable() }),
    { from: 'both' },
  ),
  /** The stick that is copied to by itself whenever it is there; null: none any more. */
  'backup.stick-chosen': entryKind(z.strictObject({ stick: Stick.nullable() }), { from: 'both' }),
  /** The database was put back from a copy; what could still be read of the damaged one came along. */
  'backup.restored': entryKind(
    z.strictObject({ madeAt: z.iso.datetime(), entries: z.int(), salvaged: z.int().nonnegative() }),
    { from: 'both' },
  ),
  /** The database was made anew from what could be read of the damaged one, without any copy. */
  'backup.salvaged': entryKind(z.strictObject({ entries: z.int().nonnegative() }), { from: 'both' }),
  /** Tables of the database were damaged and made anew from the journal at the start; nothing was lost. */
  'backup.tables-rebuilt': entryKind(z.strictObject({ entries: z.int().nonnegative() }), { from: 'both' }),
};

const BackupRow = z.strictObject({
  id: z.string(),
  at: z.iso.datetime(),
  entries: z.int(),
  sizeBytes: z.int(),
});
export type BackupRow = z.infer<typeof BackupRow>;

/** What a backup would bring back. */
const Drill = z.strictObject({
  at: z.iso.datetime(),
  entries: z.int(),
  /** Entries of today's journal that it does not hold. */
  younger: z.int(),
  attachments: z.int(),
  people: z.int(),
});
export type BackupDrill = z.infer<typeof Drill>;

const Password = z.string().max(200);
const keepers = ['chief', 'trainer', 'inspector', 'admin', 'cadre'] as const;

export const backupCalls = {
  'backup.state': query({
    may: 'everyone',
    input: z.strictObject({}),
    output: z.strictObject({
      /** Newest first; those beside the database. */
      copies: z.array(BackupRow),
      last: z.strictObject({ at: z.iso.datetime(), medium: z.string().nullable() }).nullable(),
      lastOnMedium: z.strictObject({ at: z.iso.datetime(), medium: z.string() }).nullable(),
      isOld: z.boolean(),
      isDue: z.boolean(),
      /** Kinds of lasting acts done since the last backup on a drive, or ever where there is none. */
      notOnMedium: z.array(z.enum(lastingActs)),
      /** The stick that is copied to by itself. */
      stick: Stick.nullable(),
      /** When the database was last found damaged, and what was done. */
      lastMended: z.strictObject({ at: z.iso.datetime(), how: z.enum(['restored', 'salvaged', 'rebuilt']) }).nullable(),
    }),
  }),
  /** Copies everything, beside the database or onto a drive, and proves the copy by opening it. */
  'backup.make': job({
    may: 'everyone',
    input: z.strictObject({ drive: z.uuid().nullable() }),
    output: BackupRow,
  }),
  /** The backup beside the database, where it is due: daily, and after a lasting act. A command: whoever writes meanwhile waits and is not refused. */
  'backup.makeDaily': command({ may: 'everyone', input: z.strictObject({}), output: BackupRow.nullable() }),
  /** Copies onto the chosen stick when it is there and its copy is due, as above; null when it is not. A command, as the day's. */
  'backup.makeOnStick': command({ may: 'everyone', input: z.strictObject({}), output: BackupRow.nullable() }),
  /** Marks the drive as the one to be copied to by itself; null: none any more. */
  'backup.chooseStick': command({
    may: keepers,
    input: z.strictObject({ drive: z.uuid().nullable() }),
    output: z.strictObject({}),
  }),
  /** Opens a backup and says what it would bring back; changes nothing. */
  'backup.drill': job({
    may: keepers,
    input: z.union([z.strictObject({ id: z.string().max(60) }), z.strictObject({ drive: z.uuid() })]),
    output: Drill,
  }),
  /** Brings attachments that are damaged or gone here back from a drive's backup; `left` are not whole there either. */
  'backup.fetchAttachments': job({
    may: keepers,
    input: z.strictObject({ drive: z.uuid() }),
    output: z.strictObject({ fetched: z.int().nonnegative(), left: z.int().nonnegative() }),
  }),
  /** Backups a damaged site can go back to; proven by the person's own password. */
  'backup.restorable': job({
    may: 'nobody',
    input: z.strictObject({ loginName: LoginName, password: Password }),
    output: z.strictObject({
      copies: z.array(BackupRow),
      /** Entries that can be read of the database itself; 0 where it is of no use without a copy. */
      readable: z.int().nonnegative(),
    }),
  }),
  /**
   * Puts a backup in the damaged database's place, with all younger entries that can still be read; the damaged one is
   * kept aside. Refused with `backup.not-needed` while the database is sound. Cancelled or broken off it leaves the
   * damaged one where it was; attachments that were gone and have come back stay.
   */
  'backup.restore': job({
    may: 'nobody',
    input: z.strictObject({ loginName: LoginName, password: Password, id: z.string().max(60) }),
    output: z.strictObject({ madeAt: z.iso.datetime(), entries: z.int(), salvaged: z.int() }),
  }),
  /** Makes the database anew from what can be read of the damaged one, where there is no copy of it. */
  'backup.salvage': job({
    may: 'nobody',
    input: z.strictObject({ loginName: LoginName, password: Password }),
    output: z.strictObject({ entries: z.int() }),
  }),
  /**
   * Takes the keyring of the newest backup that still has a whole one, where both of the site's own copies are damaged;
   * passwords are those of that time.
   */
  'backup.restoreKeyring': command({
    may: 'nobody',
    input: z.strictObject({}),
    output: z.strictObject({ madeAt: z.iso.datetime(), onStick: z.boolean() }),
  }),
  /** The sites a drive holds backups of, each by its newest one, the youngest first. */
  'backup.sitesOn': query({
    may: 'nobody',
    input: z.strictObject({ drive: z.uuid() }),
    output: z.array(
      z.strictObject({ site: SiteCode, name: z.string().nullable(), at: z.iso.datetime(), entries: z.int() }),
    ),
  }),
  /** Sets the site up on a computer without one, from its backup on a drive. */
  'backup.adopt': job({
    may: 'nobody',
    input: z.strictObject({ drive: z.uuid(), site: SiteCode }),
    output: z.strictObject({ madeAt: z.iso.datetime(), entries: z.int() }),
  }),
};

/** How many of each are kept: the newest of a day, a week, a month. */
const KEPT = { days: 7, weeks: 5, months: 12 } as const;

/** The ids of those to keep, given all backups newest first: the newest one always, and one per day, week and month. */
export function keptBackups(all: readonly Pick<BackupRow, 'id' | 'at'>[]): ReadonlySet<string> {
  const kept = new Set(all.slice(0, 1).map(({ id }) => id));
  const keepOnePer = (period: (at: Date) => string, count: number): void => {
    const seen = new Set<string>();
    for (const { id, at } of all) {
      const name = period(new Date(at));
      if (seen.has(name) || seen.size >= count) continue;
      seen.add(name);
      kept.add(id);
    }
  };
  keepOnePer((at) => at.toISOString().slice(0, 10), KEPT.days);
  keepOnePer((at) => String(Math.floor((at.getTime() / 86_400_000 + 3) / 7)), KEPT.weeks);
  keepOnePer((at) => at.toISOString().slice(0, 7), KEPT.months);
  return kept;
}
