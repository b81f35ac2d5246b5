import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { BackupManifest, type BackupRow } from '../../shared/backup.ts';
import { ok, orThrow, ProblemError, type Result } from '../../shared/problem.ts';
import { quickCheck } from '../db/health.ts';
import { type Db, openDatabase } from '../db/open.ts';
import { digestOfFile, readPieces, realDisk } from '../files/disk.ts';
import { safeWrite, writeAtomically } from '../files/safe-write.ts';
import type { JobControl } from '../ipc/handlers.ts';

/** Where a site keeps what a backup is made of. */
export type SiteFiles = {
  readonly database: string;
  /** The keyring's copies, best first. */
  readonly keyrings: readonly string[];
  readonly attachments: string;
};

/** How the folder of a site's backup on a drive is called, before the site's code. */
export const ON_DRIVES = 'lijing-backup-';

const DATABASE = 'lijing.db';
const KEYRING = 'keyring.json';
const ATTACHMENTS = 'attachments';
const MANIFEST = 'backup.json';
/** Beside a backup that the journal went on without: older than it was another one's way back. */
const SUPERSEDED = 'superseded';

/** A folder that holds one backup; `attachments` beside the database's copy only on drives. */
export type BackupSet = { readonly folder: string; readonly manifest: BackupManifest };

export const setDatabase = ({ folder }: Pick<BackupSet, 'folder'>): string => join(folder, DATABASE);
export const setKeyring = ({ folder }: Pick<BackupSet, 'folder'>): string => join(folder, KEYRING);
export const setAttachments = ({ folder }: Pick<BackupSet, 'folder'>): string => join(folder, ATTACHMENTS);
export const rowOf = ({ folder, manifest }: BackupSet): BackupRow => ({
  id: basename(folder),
  at: manifest.at,
  entries: manifest.entries,
  sizeBytes: manifest.database.sizeBytes,
});

/** Complete backups in a folder of backups, newest first; what an interruption left is none. */
export async function backupsIn(folder: string): Promise<readonly BackupSet[]> {
  if (!existsSync(folder)) return [];
  const names = (await readdir(folder, { withFileTypes: true })).filter((one) => one.isDirectory());
  const found = await Promise.all(names.map(({ name }) => readSet(join(folder, name))));
  return found.filter((one) => one !== null).sort((a, b) => b.manifest.at.localeCompare(a.manifest.at));
}

/** The backup in a folder, or null. */
export async function readSet(folder: string): Promise<BackupSet | null> {
  const path = join(folder, MANIFEST);
  if (!existsSync(path)) return null;
  const manifest = BackupManifest.safeParse(parsed(await readFile(path, 'utf8')));
  return manifest.success ? { folder, manifest: manifest.data } : null;
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // A torn file is no manifest, and that is all there is to know of it.
    return null;
  }
};

/**
 * Copies the site as it stands. The caller is the one writer and writes nothing meanwhile; the write-ahead log is
 * emptied first, so that the database's file is the whole of it. The manifest comes last: without it there is no backup.
 */
export async function writeSet(spec: {
  readonly db: Db;
  readonly files: SiteFiles;
  readonly folder: string;
  readonly dataKey: Uint8Array;
  readonly about: Pick<BackupManifest, 'site' | 'at' | 'appVersion'>;
  readonly withAttachments: boolean;
  readonly drive?: { readonly fileSystem?: string | null; readonly readOnly?: boolean };
  readonly job: JobControl;
}): Promise<Result<BackupSet>> {
  const { db, files, folder, dataKey, about, withAttachments, drive, job } = spec;
  const [checkpoint] = db.pragma('wal_checkpoint(TRUNCATE)') as [{ busy: number }];
  if (checkpoint.busy !== 0) throw new ProblemError('request.busy');
  await mkdir(folder, { recursive: true });
  // A newer backup in the same place is none until it is whole.
  await rm(join(folder, MANIFEST), { force: true });
  const total = (await realDisk.sizeBytes(files.database)) ?? 0;
  const written = await safeWrite({
    path: join(folder, DATABASE),
    bytes: readPieces(realDisk, files.database),
    atMostBytes: total,
    ...(drive ? { drive } : {}),
    signal: job.signal,
    // Told without waiting: the file goes on being written meanwhile.
    onProgress: (done) => void job.progress('backup.copying', done, total).catch(() => undefined),
  });
  if (!written.ok) return written;
  const keyring = files.keyrings.find((path) => existsSync(path));
  if (keyring) orThrow(await writeAtomically(join(folder, KEYRING), await readFile(keyring)));
  const attachments = withAttachments ? await copyAttachments(files.attachments, join(folder, ATTACHMENTS), job) : 0;
  await job.progress('backup.proving', 0, 1);
  const manifest: BackupManifest = { v: 1, ...about, ...contentsOf(db), database: written.value, attachments };
  const set: BackupSet = { folder, manifest };
  proveSet(set, dataKey);
  orThrow(await writeAtomically(join(folder, MANIFEST), Buffer.from(JSON.stringify(manifest, null, 1))));
  return ok(set);
}

/** Attachments never change, so only those not yet there are copied. */
async function copyAttachments(from: string, to: string, job: JobControl): Promise<number> {
  if (!existsSync(from)) return 0;
  await mkdir(to, { recursive: true });
  const names = (await readdir(from)).filter((name) => !name.endsWith('.part'));
  for (const [index, name] of names.entries()) {
    const target = join(to, name);
    if ((await realDisk.sizeBytes(target)) !== (await realDisk.sizeBytes(join(from, name)))) {
      await copyFile(join(from, name), `${target}.part`);
      await realDisk.rename(`${target}.part`, target);
    }
    await job.progress('backup.attachments', index + 1, names.length);
  }
  return names.length;
}

/** How many entries a journal holds, and where each of its streams ends. */
export function contentsOf(db: Db): Pick<BackupManifest, 'entries' | 'heads'> {
  const heads = db
    .prepare<[], { stream: string; seq: number; hash: Buffer }>(
      `SELECT e.stream, e.seq, e.hash FROM entry e
       JOIN (SELECT stream, max(seq) AS seq FROM entry GROUP BY stream) last USING (stream, seq) ORDER BY e.stream`,
    )
    .all();
  const entries = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM entry').get()?.n ?? 0;
  return { entries, heads: heads.map(({ hash, ...head }) => ({ ...head, hash: hash.toString('hex') })) };
}

/** Whether everything a backup held at its time is in the journal: what went on from there, or that very one. */
export function holds(db: Db, { heads }: Pick<BackupManifest, 'heads'>): boolean {
  const at = db.prepare<[string, number], { hash: Buffer }>('SELECT hash FROM entry WHERE stream = ? AND seq = ?');
  return heads.every(({ stream, seq, hash }) => at.get(stream, seq)?.hash.toString('hex') === hash);
}

/** Whether the person knowingly went on without what the backup holds. */
export const isSuperseded = ({ folder }: BackupSet): boolean => existsSync(join(folder, SUPERSEDED));

/** Notes of each backup that holds more than the database there that this was the person's choice. */
export async function supersede(sets: readonly BackupSet[], database: string, dataKey: Uint8Array): Promise<void> {
  const db = openDatabase(database, dataKey, 'read');
  try {
    for (const set of sets) if (!holds(db, set.manifest)) await writeFile(join(set.folder, SUPERSEDED), '');
  } finally {
    db.close();
  }
}

/** Opens the copy and compares it with what its manifest says: `backup.damaged` where it differs in anything. */
export function proveSet(set: BackupSet, dataKey: Uint8Array): void {
  const { entries, heads } = set.manifest;
  const db = openCopy(set, dataKey);
  try {
    if (!quickCheck(db)) throw new ProblemError('backup.damaged');
    if (JSON.stringify(contentsOf(db)) !== JSON.stringify({ entries, heads })) throw new ProblemError('backup.damaged');
  } finally {
    db.close();
  }
}

/** The copy's database, to be read; closing it leaves nothing beside it. */
export function openCopy(set: Pick<BackupSet, 'folder'>, dataKey: Uint8Array): Db {
  try {
    return openDatabase(setDatabase(set), dataKey, 'read');
  } catch (error) {
    throw new ProblemError('backup.damaged', undefined, { cause: error });
  }
}

/** Whether the copy's bytes are those its manifest was written for; needs no key. */
export const isIntact = async ({ folder, manifest }: BackupSet): Promise<boolean> =>
  (await digestOfFile(realDisk, join(folder, DATABASE))) === manifest.database.sha256;
