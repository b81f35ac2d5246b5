import { ProblemError } from '../../shared/problem.ts';
import type { Db } from './open.ts';

export type Migration = { readonly name: string; readonly up: string | ((db: Db) => void) };

/** How many migrations a file still lacks; `database.too-new` for one that a newer version wrote. */
export function pending(db: Db, migrations: readonly Migration[]): number {
  const from = Number(db.pragma('user_version', { simple: true }));
  if (from > migrations.length) throw new ProblemError('database.too-new', { file: from, app: migrations.length });
  return migrations.length - from;
}

/**
 * Brings the journal's own tables up to date in one transaction, or leaves the file as it was.
 * Throws `database.too-new` for a file written by a newer version.
 */
export function migrate(db: Db, migrations: readonly Migration[]): void {
  const missing = pending(db, migrations);
  if (missing === 0) return;
  db.transaction(() => {
    for (const { up } of migrations.slice(-missing)) {
      if (typeof up === 'string') db.exec(up);
      else up(db);
    }
    db.pragma(`user_version = ${migrations.length}`);
  }).exclusive();
}
