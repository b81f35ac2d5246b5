import type { z } from 'zod';
import type { EntryKind } from '../../shared/entry.ts';
import type { Entry } from '../../shared/entry.ts';
import { dropTable } from '../db/named-table.ts';
import type { Db } from '../db/open.ts';
import { carriedIn } from './carried.ts';
import { type EntryMeta, type Line, metaOf, type Self } from './meta.ts';

export type { EntryMeta, Line } from './meta.ts';

type KindsOf = Readonly<Record<string, EntryKind>>;

/** One function per kind of entry: writes the slice's own tables, deterministically: no clock, no random, no settings. */
export type Projectors<K extends KindsOf> = {
  readonly [N in keyof K]: (body: z.output<K[N]['body']>, meta: EntryMeta) => void;
};

/** A slice's tables, and how entries become rows in them. A new version drops the tables and replays the journal. */
export type Projection = {
  readonly name: string;
  readonly version: number;
  readonly tables: readonly string[];
  readonly schema: string;
  readonly kinds: KindsOf;
  /** Gives a row where an index people search by misses one of the youngest rows of its table. */
  readonly probe?: string;
  readonly prepare: (db: Db) => Readonly<Record<string, (body: never, meta: EntryMeta) => void>>;
  /** Of the one slice that knows sites. */
  readonly line?: (db: Db) => Line;
};

/** Ties a slice's projectors to its kinds, so that a missing or wrong one does not compile. */
export const projection = <K extends KindsOf>(spec: {
  name: string;
  version: number;
  tables: readonly string[];
  schema: string;
  kinds: K;
  probe?: string;
  prepare: (db: Db) => Projectors<K>;
  line?: (db: Db) => Line;
}): Projection => spec;

/** Without a slice that knows sites each computer is its own station. */
const alone: Line = { stationOf: (site) => site, computerOf: (station) => station };

/** All projections as one: what a kind demands and what it does. */
export type Projector = {
  readonly kindOf: (kind: string) => EntryKind | undefined;
  readonly project: (entry: Entry, hash: string) => void;
  readonly line: Line;
};

/** Prepares every slice's statements on one connection; two slices may not claim one kind. */
export function projector(db: Db, projections: readonly Projection[], self: Self): Projector {
  const byKind = new Map<string, { kind: EntryKind; write: (body: never, meta: EntryMeta) => void }>();
  for (const { kinds, prepare, name } of projections) {
    const writers = prepare(db);
    for (const [kind, spec] of Object.entries(kinds)) {
      const write = writers[kind];
      if (!write || byKind.has(kind)) throw new Error(`${name}: ${kind} has no or a second projector`);
      byKind.set(kind, { kind: spec, write });
    }
  }
  const line = projections.find((one) => one.line)?.line?.(db) ?? alone;
  return {
    line,
    kindOf: (kind) => byKind.get(kind)?.kind,
    /** A carried entry does what it would have done, in the place of the one that carries it. */
    project: (entry, hash) => {
      const inner = carriedIn(entry.kind, entry.body)?.entry;
      const { kind, body } = inner ?? entry;
      byKind.get(kind)?.write(body as never, metaOf(entry, inner ?? null, { hash, self, line }));
    },
  };
}

/** Whether what people search by finds what is there; a search that is silently blind is worse than none. */
export const searchesSee = (db: Db, projections: readonly Projection[]): boolean =>
  projections.every(({ probe }) => probe === undefined || db.prepare(probe).get() === undefined);

/** Changes whenever any slice's tables do. */
export const projectionVersion = (projections: readonly Projection[]): string =>
  projections.map(({ name, version }) => `${name}:${version}`).join(' ');

/** The tables the journal is replayed into: today's, and those a former version left. */
export function replacedTables(db: Db, projections: readonly Projection[]): ReadonlySet<string> {
  const own = projections.flatMap(({ tables }) => tables);
  try {
    const former = db.prepare<[], { value: string }>(`SELECT value FROM meta WHERE name = 'projection_tables'`).get();
    return new Set([...own, ...(former ? (JSON.parse(former.value) as string[]) : [])]);
  } catch {
    // A damaged or an empty file: what else it may hold is not known.
    return new Set(own);
  }
}

/** Drops every projection table a former version left and makes today's, empty. */
export function resetTables(db: Db, projections: readonly Projection[]): void {
  // Cross-table references of one slice must not stop the drop; they hold again once replayed.
  for (const table of [...replacedTables(db, projections)].reverse()) dropTable(db, table);
  for (const { schema } of projections) db.exec(schema);
}
