import type { Db } from './open.ts';

/** What of a database cannot be read: only tables that can be made anew, or something that cannot. */
export type Damage = 'tables' | 'journal';

/** Whether every page is whole; a damaged file is never opened in silence. */
export const quickCheck = (db: Db): boolean => isWhole(db, 'quick_check(1)');

/** Null where every page is whole. `replaceable` are the tables the journal is replayed into. */
export function damageOf(db: Db, replaceable: ReadonlySet<string>): Damage | null {
  if (isEmpty(db)) return 'journal';
  if (quickCheck(db)) return null;
  const tables = db
    .prepare<[], { name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`)
    .all();
  const lasting = tables.filter(({ name }) => !replaceable.has(name));
  return lasting.every(({ name }) => isWhole(db, `quick_check('${name}')`)) ? 'tables' : 'journal';
}

/** A file that was cut to nothing opens as a database without tables, and every page of it is whole. */
function isEmpty(db: Db): boolean {
  try {
    return db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
  } catch (error) {
    if (isUnreadable(error)) return true;
    throw error;
  }
}

const isUnreadable = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^SQLITE_(CORRUPT|NOTADB|IOERR)/.test(String(error.code));

function isWhole(db: Db, check: string): boolean {
  try {
    return db.pragma(check, { simple: true }) === 'ok';
  } catch (error) {
    // A page that fails its code is not reported by the check, it ends it.
    if (isUnreadable(error)) return false;
    throw error;
  }
}

/**
 * Copies what lasts of a database whose other tables are damaged into a new file under the same key; `db` is a copy of
 * the damaged one made for this, whose tables are struck off its schema, for a damaged table cannot be dropped.
 */
export function copyLasting(db: Db, replaceable: ReadonlySet<string>, into: string): void {
  db.unsafeMode(true);
  db.pragma('writable_schema = ON');
  const strike = db.prepare('DELETE FROM sqlite_schema WHERE tbl_name = ?');
  for (const name of replaceable) strike.run(name);
  // Read anew from here on, without the tables that were struck off.
  db.pragma('writable_schema = RESET');
  db.unsafeMode(false);
  db.prepare('VACUUM INTO ?').run(into);
}
