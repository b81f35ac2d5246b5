import { backupEntries, type lastingActs } from '../../shared/backup.ts';
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
type Act = (typeof lastingActs)[number];
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
  // A registered station's stream begins with its registration, and there are few of them.
  const actsAfter = db.prepare<[{ stream: string; seq: number }], { kind: Act }>(`
    SELECT kind FROM entry WHERE stream = @stream AND seq > @seq AND kind IN ('site.keys-changed', 'site.escrow-made',
      'handoff.kit-issued', 'handoff.station-revoked', 'handoff.station-refounded')
    UNION
    SELECT e.kind FROM site s JOIN entry e ON e.stream = @stream || '/' || s.code AND e.seq = 1
    WHERE e.kind = 'site.station-registered' AND e.position > coalesce(
      (SELECT position FROM entry WHERE stream = @stream AND seq = @seq), 0)
    ORDER BY kind`);
  const lastSeq = db.prepare<[{ stream: string; onMedium: 0 | 1 }], { seq: number | null }>(
    'SELECT max(seq) AS seq FROM backup_made WHERE stream = @stream AND (medium IS NOT NULL OR @onMedium = 0)',
  );
  const name = db.prepare<[string], { name: string }>('SELECT name FROM site WHERE code = ?');
  return {
    siteName: (): string => name.get(stream)?.name ?? '',
    /** Kinds of the lasting acts that no backup holds, or none on a drive. */
    actsSince: ({ onMedium }: { readonly onMedium: boolean }): readonly Act[] => {
      const seq = lastSeq.get({ stream, onMedium: onMedium ? 1 : 0 })?.seq ?? 0;
      return actsAfter.all({ stream, seq }).map(({ kind }) => kind);
    },
    stick: (): Stick | null => stick.get(stream) ?? null,
    lastMended: (): Mended | null => lastMended.get(stream) ?? null,
    last: (): Made | null => last.get(stream) ?? null,
    lastOnMedium: () => lastOnMedium.get(stream) ?? null,
  };
}
