import type { Migration } from '../migrate.ts';

/** The journal, what waits for its gap, what was refused, and the site's own secrets. */
export const journalTables: Migration = {
  name: '0001-journal',
  up: `
    CREATE TABLE entry (
      position INTEGER PRIMARY KEY,
      stream TEXT NOT NULL,
      seq INTEGER NOT NULL CHECK (seq > 0),
      kind TEXT NOT NULL,
      author TEXT NOT NULL,
      at TEXT NOT NULL,
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      line TEXT NOT NULL,
      UNIQUE (stream, seq)
    ) STRICT;
    CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;
    CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;

    CREATE TABLE held (
      stream TEXT NOT NULL,
      seq INTEGER NOT NULL,
      hash BLOB NOT NULL,
      line TEXT NOT NULL,
      PRIMARY KEY (stream, seq)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE quarantined (
      stream TEXT NOT NULL,
      seq INTEGER NOT NULL,
      code TEXT NOT NULL,
      PRIMARY KEY (stream, seq)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE secret (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
};
