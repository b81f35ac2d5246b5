import type { Migration } from '../migrate.ts';

/** What waits to be handed over is counted by kind without reading, and deciphering, the entries themselves. */
export const entryKinds: Migration = {
  name: '0003-entry-kinds',
  up: 'CREATE INDEX entry_kind ON entry (stream, seq, kind);',
};
