import type { Migration } from '../migrate.ts';

/**
 * Entries of a stream that cannot be part of it: of a second history, or behind a gap that nobody fills any more. What
 * became of each when its station was founded anew stands beside it.
 */
export const keptAside: Migration = {
  name: '0002-kept-aside',
  up: `
    CREATE TABLE kept_aside (
      stream TEXT NOT NULL,
      seq INTEGER NOT NULL,
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      line TEXT NOT NULL,
      verdict TEXT,
      PRIMARY KEY (stream, seq, hash)
    ) STRICT, WITHOUT ROWID;
  `,
};
