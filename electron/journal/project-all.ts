import type { Entry } from '../../shared/entry.ts';
import { type ProblemCode, ProblemError } from '../../shared/problem.ts';
import type { Db } from '../db/open.ts';
import type { Self } from './meta.ts';
import { type Projection, projector } from './projection.ts';

/** Why a projection refused an entry; a fault of ours is thrown on. */
export const refusalCode = (error: unknown): ProblemCode => {
  if (error instanceof ProblemError) return error.problem.code;
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CONSTRAINT'))
    return 'entry.refused-by-rules';
  throw error;
};

/** Rows between two looks at the clock and the cancel flag. */
const SLICE = 2_000;

/**
 * Projects every entry that is not quarantined, in the order of their arrival. `attempt` runs one entry's projection;
 * left out, a refusal is thrown. `into` is a database the tables are made in; the journal's own when left out.
 */
export async function projectAll(
  db: Db,
  projections: readonly Projection[],
  self: Self,
  progress: (done: number, total: number) => Promise<void>,
  attempt: (entry: Entry, work: () => void) => void = (_entry, work) => {
    work();
  },
  into: Db = db,
): Promise<void> {
  const { project } = projector(into, projections, self);
  const total = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM entry').get()?.n ?? 0;
  const page = db.prepare<[number, number], { position: number; hash: Buffer; line: string }>(
    `SELECT position, hash, line FROM entry
     WHERE position > ? AND NOT EXISTS (SELECT 1 FROM quarantined q WHERE q.stream = entry.stream AND q.seq = entry.seq)
     ORDER BY position LIMIT ?`,
  );
  let done = 0;
  for (let after = 0; ;) {
    const rows = page.all(after, SLICE);
    for (const { line, hash } of rows) {
      const entry = JSON.parse(line) as Entry;
      attempt(entry, () => {
        project(entry, hash.toString('hex'));
      });
    }
    const last = rows.at(-1);
    if (!last) return;
    after = last.position;
    done += rows.length;
    await progress(done, total);
  }
}
