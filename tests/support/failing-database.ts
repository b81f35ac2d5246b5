import Database from 'better-sqlite3';
import type { Db } from '../../electron/db/open.ts';

type Pragma = (this: Db, source: string, ...rest: readonly unknown[]) => unknown;
const original = (): Pragma => Reflect.get(Database.prototype, 'pragma') as Pragma;

/**
 * Runs the work with databases that may grow by so many pages and no more, those open already and those opened
 * meanwhile: SQLite itself then finds the disk full, wherever that is.
 */
export async function withRoomFor<T>(pages: number, open: readonly Db[], work: () => Promise<T>): Promise<T> {
  const limited = new Set<Db>();
  const pragma = original();
  const limit = (db: Db): void => {
    const count = Number(pragma.call(db, 'page_count', { simple: true }));
    pragma.call(db, `max_page_count = ${String(count + pages)}`);
    limited.add(db);
  };
  Database.prototype.pragma = function (this: Db, source: string, ...rest: readonly unknown[]): unknown {
    const answer = pragma.call(this, source, ...rest);
    // The last thing a connection is told when it is opened.
    if (source === 'synchronous = FULL') limit(this);
    return answer;
  };
  open.filter((db) => db.open).forEach(limit);
  try {
    return await work();
  } finally {
    Database.prototype.pragma = pragma;
    for (const db of limited) if (db.open) pragma.call(db, `max_page_count = ${String(2 ** 30)}`);
  }
}

/** The connections that are opened from here on, until `stop`. */
export function watchConnections(): { readonly all: readonly Db[]; readonly stop: () => void } {
  const all: Db[] = [];
  const pragma = original();
  Database.prototype.pragma = function (this: Db, source: string, ...rest: readonly unknown[]): unknown {
    if (source === 'synchronous = FULL') all.push(this);
    return pragma.call(this, source, ...rest);
  };
  return { all, stop: () => void (Database.prototype.pragma = pragma) };
}
