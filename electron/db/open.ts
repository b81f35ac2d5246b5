import Database from 'better-sqlite3';
import { ProblemError } from '../../shared/problem.ts';
import { asDatabaseProblem } from './problems.ts';

export type Db = Database.Database;
export type Statement = Database.Statement;

/** Which of the two connections: queries run on one that cannot write. */
export type Access = 'read' | 'write';

/** Says that the key is one already and not a passphrase to make one from. */
const RAW = Buffer.from('raw:');

/**
 * Opens the encrypted database: SQLCipher 4 pages under a raw 256-bit key, so any SQLCipher 4 can read the file.
 * Throws `database.damaged` when the key or the file is not right, and by name what a disk refuses.
 */
export function openDatabase(path: string, dataKey: Uint8Array, access: Access): Db {
  let db: Db | null = null;
  try {
    db = new Database(path, { timeout: 10_000, fileMustExist: access === 'read' });
    db.pragma(`cipher = 'sqlcipher'`);
    db.pragma('legacy = 4');
    unlock(db, dataKey);
    db.pragma('temp_store = MEMORY');
    db.pragma('trusted_schema = OFF');
    db.pragma('foreign_keys = ON');
    db.pragma('secure_delete = ON');
    db.pragma('cache_size = -65536');
    db.pragma('journal_mode = WAL');
    // Every commit reaches the disk before the page hears of it (WAL with NORMAL may lose the last ones).
    db.pragma('synchronous = FULL');
    if (access === 'read') db.pragma('query_only = ON');
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return db;
  } catch (error) {
    db?.close();
    throw openingRefused(error);
  }
}

/** A full, a locked or an unwritable disk is no damage: nobody should be led to a backup by it. */
function openingRefused(error: unknown): unknown {
  const refused = asDatabaseProblem(error);
  const isPassing = refused instanceof ProblemError && PASSING.includes(refused.problem.code) && !isUnreadable(error);
  return isPassing ? refused : new ProblemError('database.damaged', undefined, { cause: error });
}
const PASSING: readonly string[] = ['disk.full', 'disk.read-only', 'disk.failing', 'request.busy'];
/** What the disk gives back no more only a backup brings back. */
const isUnreadable = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  /^SQLITE_IOERR_(READ|SHORT_READ|CORRUPTFS|DATA)$/.test(String(error.code));

/** As bytes that are overwritten at once: a text of the key would stay in memory until it pleases the collector. */
function unlock(db: Db, dataKey: Uint8Array): void {
  const key = Buffer.concat([RAW, dataKey]);
  // The driver's own declarations stand back behind those of the package it is a variant of, which has no keys.
  (db as Db & { key(key: Buffer): number }).key(key);
  key.fill(0);
}
