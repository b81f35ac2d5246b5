import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { BackupManifest, type BackupRow } from '../../shared/backup.ts';
import { ok, orThrow, ProblemError, type Result } from '../../shared/problem.ts';
import { quickCheck } from '../db/health.ts';
import { type Db, openDatabase } from '../db/open.ts';
import { digestOfFile, errorCode, readPieces, realDisk } from '../files/disk.ts';
import { renamePatiently } from '../files/rename.ts';
import { safeWrite, writeAtomically } from '../files/safe-write.ts';
import { type JobControl, unwatched } from '../ipc/handlers.ts';

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
/** What is whole and about to take the place of the former backup: the database first, its manifest behind it. */
const NEXT_DATABASE = 'lijing.db.next';
const NEXT_MANIFEST = 'backup.json.next';
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
  return newestFirst(found.filter((one) => one !== null));
}

/** By how far the journal had come, for a clock may have been wrong; those that it went on without come last. */
export const newestFirst = (sets: readonly BackupSet[]): readonly BackupSet[] =>
  sets.toSorted(
    (a, b) =>
      Number(isSuperseded(a)) - Number(isSuperseded(b)) ||
      b.manifest.entries - a.manifest.entries ||
      b.manifest.at.localeCompare(a.manifest.at),
  );

/** The backup in a folder, or null. */
export async function readSet(folder: string): Promise<BackupSet | null> {
  const path = join(folder, isHalfChanged(folder) ? NEXT_MANIFEST : MANIFEST);
  if (!existsSync(path)) return null;
  const manifest = BackupManifest.safeParse(parsed(await readFile(path, 'utf8')));
  return manifest.success ? { folder, manifest: manifest.data } : null;
}

/** A power cut came between the renames of the database and of its manifest. */
const isHalfChanged = (folder: string): boolean =>
  existsSync(join(folder, NEXT_MANIFEST)) && !existsSync(join(folder, NEXT_DATABASE));

/** Takes a backup away such that one that is half gone is none. */
export async function removeSet({ folder }: Pick<BackupSet, 'folder'>): Promise<void> {
  for (const name of [NEXT_MANIFEST, MANIFEST]) await rm(join(folder, name), { force: true });
  await rm(folder, { recursive: true, force: true });
}

/** Takes away what broken-off backups had copied so far; it may be as large as the database. */
export async function removeHalfCopies(folder: string): Promise<void> {
  const names = (await readdir(folder, { withFileTypes: true })).filter((one) => one.isDirectory());
  for (const { name } of names) await removeHalfCopy(join(folder, name));
}

/** Where the database is in its place already, the backup is whole and stays. */
async function removeHalfCopy(folder: string): Promise<void> {
  if (isHalfChanged(folder)) return;
  for (const name of [NEXT_MANIFEST, NEXT_DATABASE, `${NEXT_DATABASE}.part`])
    await rm(join(folder, name), { force: true });
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
 * emptied first, so that the database's file is the whole of it. A former backup in the same folder stands until the new
 * one is whole and proven; the manifest comes last: without it there is no backup.
 */
export async function writeSet(spec: {
  readonly db: Db;
  readonly files: SiteFiles;
  readonly folder: string;
  readonly dataKey: Uint8Array;
  readonly about: Pick<BackupManifest, 'site' | 'name' | 'at' | 'appVersion'>;
  readonly withAttachments: boolean;
  readonly drive?: { readonly fileSystem?: string | null; readonly readOnly?: boolean };
  readonly job: JobControl;
}): Promise<Result<BackupSet>> {
  const { db, files, folder, dataKey, about, withAttachments, drive, job } = spec;
  const [checkpoint] = db.pragma('wal_checkpoint(TRUNCATE)') as [{ busy: number }];
  if (checkpoint.busy !== 0) throw new ProblemError('request.busy');
  await mkdir(folder, { recursive: true });
  if (isHalfChanged(folder)) await renamePatiently(join(folder, NEXT_MANIFEST), join(folder, MANIFEST));
  await removeHalfCopy(folder);
  const next = join(folder, NEXT_DATABASE);
  const total = (await realDisk.sizeBytes(files.database)) ?? 0;
  try {
    const written = await safeWrite({
      path: next,
      bytes: readPieces(realDisk, files.database),
      atMostBytes: total,
      ...(drive ? { drive } : { place: 'own' }),
      signal: job.signal,
      onProgress: toldOf(job, 'backup.copying', total),
    });
    if (!written.ok) return written;
    const keyring = files.keyrings.find((path) => existsSync(path));
    if (keyring) orThrow(await writeAtomically(join(folder, KEYRING), await readFile(keyring)));
    const to = join(folder, ATTACHMENTS);
    const attachments = withAttachments ? await copyAttachments(files.attachments, to, job) : 0;
    await job.progress('backup.proving', 0, 1);
    const manifest: BackupManifest = { v: 1, ...about, ...contentsOf(db), database: written.value, attachments };
    prove(next, manifest, dataKey);
    await job.progress('backup.proving', 1, 1);
    orThrow(await writeAtomically(join(folder, NEXT_MANIFEST), Buffer.from(JSON.stringify(manifest, null, 1))));
    await renamePatiently(next, join(folder, DATABASE));
    await renamePatiently(join(folder, NEXT_MANIFEST), join(folder, MANIFEST));
    await realDisk.syncFolder(folder);
    return ok({ folder, manifest });
  } catch (error) {
    // The first failure is the one to tell. Once the database is in its place the new backup stands, and stays.
    await removeHalfCopy(folder).catch(() => undefined);
    throw error;
  }
}

/** Tells how much of a file is done, without waiting: it goes on being read or written meanwhile. */
const toldOf =
  (job: JobControl, step: string, total: number) =>
  (done: number): void =>
    void job.progress(step, done, total).catch(() => undefined);

/** Copies a whole backup to where a site's files lie; what it is broken off in is no site. */
export async function copySet(set: BackupSet, to: SiteFiles, job: JobControl): Promise<void> {
  const keyring = await readFile(setKeyring(set));
  for (const path of to.keyrings) orThrow(await writeAtomically(path, keyring));
  await copyAttachments(setAttachments(set), to.attachments, job);
  await copyDatabase(set, to.database, job);
}

/** Copies a backup's database, which must be what its manifest says: `backup.damaged` where it is not. */
export async function copyDatabase(set: BackupSet, path: string, job: JobControl): Promise<void> {
  const { sha256, sizeBytes } = set.manifest.database;
  const written = orThrow(
    await safeWrite({
      path,
      bytes: readPieces(realDisk, setDatabase(set)),
      atMostBytes: sizeBytes,
      place: 'own',
      signal: job.signal,
      onProgress: toldOf(job, 'backup.copying', sizeBytes),
    }),
  );
  if (written.sha256 !== sha256) throw new ProblemError('backup.damaged');
}

/** Copies attachments into a folder, each whole or not at all; they never change, so what is there already stays. */
export async function copyAttachments(from: string, to: string, job: JobControl): Promise<number> {
  if (!existsSync(from)) return 0;
  await mkdir(to, { recursive: true });
  const names = (await readdir(from)).filter((name) => !name.endsWith('.part'));
  for (const [index, name] of names.entries()) {
    const target = join(to, name);
    const [there, here] = [await realDisk.sizeBytes(target), (await realDisk.sizeBytes(join(from, name))) ?? 0];
    // One that was cut off, here or there, is never the one to go on.
    if (there === null || there < here) orThrow(await writeAtomically(target, await readFile(join(from, name))));
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
export const proveSet = (set: BackupSet, dataKey: Uint8Array): void => prove(setDatabase(set), set.manifest, dataKey);

/** Whether it does. */
export function isProven(set: BackupSet, dataKey: Uint8Array): boolean {
  try {
    proveSet(set, dataKey);
    return true;
  } catch (error) {
    if (error instanceof ProblemError) return false;
    throw error;
  }
}

function prove(path: string, { entries, heads }: Pick<BackupManifest, 'entries' | 'heads'>, dataKey: Uint8Array): void {
  const db = openAt(path, dataKey);
  try {
    if (!quickCheck(db)) throw new ProblemError('backup.damaged');
    if (JSON.stringify(contentsOf(db)) !== JSON.stringify({ entries, heads })) throw new ProblemError('backup.damaged');
  } finally {
    db.close();
  }
}

/** The copy's database, to be read; closing it leaves nothing beside it. */
export const openCopy = (set: Pick<BackupSet, 'folder'>, dataKey: Uint8Array): Db => openAt(setDatabase(set), dataKey);

function openAt(path: string, dataKey: Uint8Array): Db {
  try {
    return openDatabase(path, dataKey, 'read');
  } catch (error) {
    // To be read it is opened like any other; a disk that refuses that says nothing of the copy.
    if (error instanceof ProblemError && error.problem.code !== 'database.damaged') throw error;
    if (error instanceof Error && isWriteProtected(path, error))
      throw new ProblemError('disk.read-only', undefined, { cause: error });
    throw new ProblemError('backup.damaged', undefined, { cause: error });
  }
}

/** SQLite opens no database with a write-ahead log where it cannot put one beside it. */
const isWriteProtected = (path: string, { cause }: Error): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === 'SQLITE_CANTOPEN' && existsSync(path);

/** Whether the copy's bytes are those its manifest was written for; needs no key. */
export async function isIntact({ folder, manifest }: BackupSet, job: JobControl = unwatched): Promise<boolean> {
  const { sha256, sizeBytes } = manifest.database;
  try {
    const told = toldOf(job, 'backup.checking', sizeBytes);
    return (await digestOfFile(realDisk, join(folder, DATABASE), job.signal, told)) === sha256;
  } catch (error) {
    // Gone, or it cannot be read: another backup may still be whole.
    if (errorCode(error) !== '') return false;
    throw error;
  }
}
