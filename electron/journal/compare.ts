import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { Entry } from '../../shared/entry.ts';
import type { ProblemCode } from '../../shared/problem.ts';
import { type KeyedRow, rowsByKey } from '../db/named-table.ts';
import { type Db, openDatabase } from '../db/open.ts';
import { sha256 } from './entry-line.ts';
import type { Self } from './meta.ts';
import { projectAll } from './project-all.ts';
import { type Projection, resetTables } from './projection.ts';
import type { ChainFault } from './verify.ts';

/** A row of a projection that is not what the journal makes of it. */
export type RowFault = {
  readonly table: string;
  /** The row's key; of a confidential table its digest, which names it to whoever has the row and tells nobody else. */
  readonly key: string;
  readonly what: 'changed' | 'missing' | 'surplus';
};
type Step = 'replaying' | 'comparing';

/** Faults after which the comparison stops: the tables are then to be made anew, not read one by one. */
const ENOUGH = 200;

/** An entry from which nothing can be made, be it well chained: nobody wrote it with this application. */
const NOT_REPLAYABLE: ProblemCode = 'journal.not-replayable';

/**
 * Replays the journal into a scratch database and compares every row of every projection with it. The scratch lies
 * encrypted under a key that nobody ever sees, holds nothing committed, and is gone afterwards. Changes nothing.
 */
export async function compareWithReplay(
  {
    db,
    projections,
    self,
    scratchPath,
  }: {
    readonly db: Db;
    readonly projections: readonly Projection[];
    readonly self: Self;
    readonly scratchPath: string;
  },
  progress: (step: Step, done: number, total: number) => Promise<void>,
): Promise<{ readonly rows: readonly RowFault[]; readonly faults: readonly ChainFault[] }> {
  const faults: ChainFault[] = [];
  const scratch = openDatabase(scratchPath, randomBytes(32), 'write');
  try {
    scratch.exec('BEGIN');
    resetTables(scratch, projections);
    const replayed = (done: number, total: number): Promise<void> => progress('replaying', done, total);
    const named = ({ stream, seq }: Entry, work: () => void): void => {
      try {
        work();
      } catch {
        if (faults.length < ENOUGH) faults.push({ stream, seq, code: NOT_REPLAYABLE });
      }
    };
    await projectAll(db, projections, self, replayed, named, scratch);
    const compared = (done: number, total: number): Promise<void> => progress('comparing', done, total);
    return { rows: await compareTables(db, scratch, projections, compared), faults };
  } finally {
    scratch.close();
    for (const suffix of ['', '-wal', '-shm']) await rm(scratchPath + suffix, { force: true });
  }
}

async function compareTables(
  db: Db,
  scratch: Db,
  projections: readonly Projection[],
  progress: (done: number, total: number) => Promise<void>,
): Promise<readonly RowFault[]> {
  const tables = projections.flatMap(({ tables: own, kinds }) =>
    own.map((table) => ({ table, isClosed: Object.values(kinds).every(({ closed }) => closed) })),
  );
  const faults: RowFault[] = [];
  for (const [index, { table, isClosed }] of tables.entries()) {
    for (const fault of differences(rowsByKey(db, table), rowsByKey(scratch, table))) {
      faults.push({ table, ...fault, key: isClosed ? sha256(fault.key).toString('hex').slice(0, 16) : fault.key });
      if (faults.length >= ENOUGH) return faults;
    }
    await progress(index + 1, tables.length);
  }
  return faults;
}

/** Walks both in the order of the key. */
function* differences(
  stored: Generator<KeyedRow>,
  made: Generator<KeyedRow>,
): Generator<{ readonly key: string; readonly what: RowFault['what'] }> {
  let [one, other] = [stored.next(), made.next()];
  while (!one.done || !other.done) {
    const order = one.done ? 1 : other.done ? -1 : compareKeys(one.value.key, other.value.key);
    if (order === 0 && !one.done && !other.done) {
      if (JSON.stringify(one.value.row) !== JSON.stringify(other.value.row))
        yield { key: nameOf(one.value), what: 'changed' };
      [one, other] = [stored.next(), made.next()];
    } else if (order < 0 && !one.done) {
      yield { key: nameOf(one.value), what: 'surplus' };
      one = stored.next();
    } else if (!other.done) {
      yield { key: nameOf(other.value), what: 'missing' };
      other = made.next();
    }
  }
}

const nameOf = ({ key }: KeyedRow): string => key.join(' ');

/** As SQLite sorts: numbers by value, texts by their UTF-8 bytes. */
function compareKeys(one: readonly unknown[], other: readonly unknown[]): number {
  for (const [index, left] of one.entries()) {
    const right = other[index];
    if (left === right) continue;
    if (typeof left === 'number' && typeof right === 'number') return left - right;
    return Buffer.compare(Buffer.from(String(left)), Buffer.from(String(right)));
  }
  return 0;
}
