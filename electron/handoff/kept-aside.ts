import type { Entry } from '../../shared/entry.ts';
import type { Db } from '../db/open.ts';
import { isCarried } from '../journal/carried.ts';
import type { VerifiedLine } from './intake.ts';
import type { Journal } from '../journal/journal.ts';

type Aside = { readonly seq: number; readonly hash: Buffer; readonly line: string };

/** What stays with the computer that wrote it, as its own note of itself. */
const NOT_CARRIED = 'computer';
const PAGE = 500;

/** Entries of stations that cannot be part of their stream, kept at the bureau until the station is founded anew. */
export function asideEntries(db: Db) {
  const keep = db.prepare('INSERT OR IGNORE INTO kept_aside (stream, seq, hash, line) VALUES (?, ?, ?, ?)');
  const fromHeld = db.prepare(
    'INSERT OR IGNORE INTO kept_aside (stream, seq, hash, line) SELECT stream, seq, hash, line FROM held WHERE stream = ?',
  );
  const heldAt = db.prepare<[string, number], { hash: Buffer }>('SELECT hash FROM held WHERE stream = ? AND seq = ?');
  const noLongerHeld = db.prepare('DELETE FROM held WHERE stream = ?');
  const waiting = db.prepare<[string, number], Aside>(
    'SELECT seq, hash, line FROM kept_aside WHERE stream = ? AND verdict IS NULL ORDER BY seq, hash LIMIT ?',
  );
  const judge = db.prepare('UPDATE kept_aside SET verdict = ? WHERE stream = ? AND seq = ? AND hash = ?');
  const count = db.prepare<[string], { n: number }>(
    'SELECT count(*) AS n FROM kept_aside WHERE stream = ? AND verdict IS NULL',
  );

  return {
    /**
     * Keeps the entries that are neither taken nor held; answers the first of them that is not, and how many were not
     * kept before.
     */
    async keepUnknown(
      journal: Journal,
      pages: AsyncIterable<readonly VerifiedLine[]>,
    ): Promise<readonly [first: Entry | null, kept: number]> {
      let first: Entry | null = null;
      let kept = 0;
      for await (const page of pages)
        for (const { entry, line, hash } of page) {
          const { stream, seq } = entry;
          const known = journal.hashAt(stream, seq) ?? heldAt.get(stream, seq)?.hash.toString('hex');
          if (known === hash.toString('hex')) continue;
          first ??= entry;
          kept += keep.run(stream, seq, hash, line).changes;
        }
      return [first, kept];
    },

    /**
     * Carries over to `to` what was set aside of a former computer's stream, and what was held behind a gap of it. Must run
     * inside a transaction. Answers how many now count, and how many would contradict what is held and stay aside.
     */
    async carry(
      journal: Journal,
      former: string,
      to: string,
      progress: (done: number, total: number) => Promise<void>,
    ): Promise<{ readonly carried: number; readonly left: number }> {
      fromHeld.run(former);
      noLongerHeld.run(former);
      const total = count.get(former)?.n ?? 0;
      let [done, carried, left] = [0, 0, 0];
      for (;;) {
        const page = waiting.all(former, PAGE);
        for (const { seq, hash, line } of page) {
          const entry = JSON.parse(line) as Entry;
          const applied = isCarried(entry.kind) ? journal.carry(entry, hash.toString('hex'), to) : null;
          judge.run(
            applied === null ? NOT_CARRIED : applied === 'accepted' ? applied : applied.quarantined,
            former,
            seq,
            hash,
          );
          if (applied === 'accepted') carried += 1;
          else if (applied !== null) left += 1;
        }
        if (page.length === 0) return { carried, left };
        await progress((done += page.length), total);
      }
    },
  };
}
