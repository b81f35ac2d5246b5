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
