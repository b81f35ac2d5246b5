import type { Migration } from '../migrate.ts';
import { journalTables } from './0001-journal.ts';
import { keptAside } from './0002-kept-aside.ts';
import { entryKinds } from './0003-entry-kinds.ts';

/** In order, without gaps; a released one is frozen. */
export const migrations: readonly Migration[] = [journalTables, keptAside, entryKinds];
