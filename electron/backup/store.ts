import { backupEntries } from '../../shared/backup.ts';
import type { Db } from '../db/open.ts';
import { projection } from '../journal/projection.ts';

/** Which backups were made, and when the database had to be mended. */
export const backupProjection = projection({
  name: 'backup',
  version: 3,
  kinds: backupEntries,
  tables: ['backup_made', 'backup_mended', 'backup_stick'],
  schema: `
    CREATE TABLE backup_made (
      stream TEXT NOT NULL,
      seq INTEGER NOT NULL,
      at TEXT NOT NULL,
      medium TEXT,
      PRIMARY KEY (stream, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE backup_mended (
      stream TEXT NOT NULL,
      seq INTEGER NOT NULL,
      at TEXT NOT NULL,
      how TEXT NOT NULL CHECK (how IN ('restored', 'salvaged', 'rebuilt')),
      PRIMARY KEY (stream, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE backup_stick (stream TEXT PRIMARY KEY, id TEXT, label TEXT) STRICT, WITHOUT ROWID;
  `,
  prepare: (db) => {
    const made = db.prepare('INSERT INTO backup_made (stream, seq, at, medium) VALUES (?, ?, ?, ?)');
    const mended = db.prepare('INSERT INTO backup_mended (stream, seq, at, how) VALUES (?, ?, ?, ?)');
    const choose = db.prepare('INSERT OR REPLACE INTO backup_stick (stream, id, label) VALUES (?, ?, ?)');
    return {
      'backup.stick-chosen': ({ stick }, { stream }) =>
        void choose.run(stream, stick?.id ?? null, stick?.label ?? null),
      'backup.made': ({ at, medium }, { stream, seq }) => void made.run(stream, seq, at, medium),
      'backup.restored': (_body, { stream, seq, at }) => void mended.run(stream, seq, at, 'restored'),
      'backup.salvaged': (_body, { stream, seq, at }) => void mended.run(stream, seq, at, 'salvaged'),
      'backup.tables-rebuilt': (_body, { stream, seq, at }) => void mended.run(stream, seq, at, 'rebuilt'),
    };
  },
});

type Mended = { readonly at: string; readonly how: 'restored' | 'salvaged' | 'rebuilt' };
type Stick = { readonly id: string; readonly label: string };
type Made = { readonly at: string; readonly medium: string | null };

/** A site's last backups, here and on a drive, its stick, and the last time its database was mended. */
export function backupStore(db: Db, stream: string) {
  const last = db.prepare<[string], Made>(
    'SELECT at, medium FROM backup_made WHERE stream = ? ORDER BY seq DESC LIMIT 1',
  );
  const lastOnMedium = db.prepare<[string], { at: string; medium: string }>(
    'SELECT at, medium FROM backup_made WHERE stream = ? AND medium IS NOT NULL ORDER BY seq DESC LIMIT 1',
  );
  const lastMended = db.prepare<[string], Mended>(
    'SELECT at, how FROM backup_mended WHERE stream = ? ORDER BY seq DESC LIMIT 1',
  );
  const stick = db.prepare<[string], Stick>('SELECT id, label FROM backup_stick WHERE stream = ? AND id IS NOT NULL');
  return {
    stick: (): Stick | null => stick.get(stream) ?? null,
    lastMended: (): Mended | null => lastMended.get(stream) ?? null,
    last: (): Made | null => last.get(stream) ?? null,
    lastOnMedium: () => lastOnMedium.get(stream) ?? null,
  };
}
