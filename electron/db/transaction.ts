import type { Db } from './open.ts';

/**
 * All or nothing for work that gives others a turn in between; the caller is alone on the writing connection, which
 * the dispatcher's queue sees to. An error, a cancel among them, leaves the database as it was.
 */
export async function inTransaction<T>(db: Db, work: () => Promise<T>): Promise<T> {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = await work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    // A full disk may have made SQLite undo it itself; then the first failure is the one to tell.
    if (db.inTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** Rows changed after which a stretch is written. */
const STRETCH = 2_000;

/**
 * As `inTransaction`, for a database that is thrown away where the work fails: what was done so far is written when
 * `settle` is called and enough has come together, so that no write holds others up for long, the last one neither.
 */
export async function inStretches<T>(db: Db, work: (settle: () => void) => Promise<T>, rows = STRETCH): Promise<T> {
  const count = db.prepare<[], { n: number }>('SELECT total_changes() AS n');
  const changed = (): number => count.get()?.n ?? 0;
  let written = changed();
  const settle = (): void => {
    if (changed() - written < rows) return;
    db.exec('COMMIT');
    db.exec('BEGIN IMMEDIATE');
    written = changed();
  };
  return inTransaction(db, () => work(settle));
}
