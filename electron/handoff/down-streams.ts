import type { Wanted } from '../../shared/give-back.ts';
import { GENESIS } from '../../shared/entry.ts';
import type { Problem } from '../../shared/problem.ts';
import type { Db } from '../db/open.ts';
import { streamParts } from '../journal/entry-line.ts';
import type { Self } from '../journal/journal.ts';

export type Behind = { readonly stream: string; readonly from: number };

const MINUTE_MS = 60_000;

export type DownStreams = ReturnType<typeof downStreams>;

/**
 * What a bureau may have forgotten. One that goes on from a backup does not know what it wrote since; were it to append
 * to a stream whose next numbers a station already holds, that stream would go two ways. So it waits with each station's
 * stream until the station has taken a return written since, and shows what it holds; with the common one until all
 * have. What they hold behind its own end comes back from them first.
 */
export function downStreams(db: Db, { site: own, kind }: Self) {
  const reads = readsOf(db);
  const headSeq = (stream: string): number => reads.headOf.get(stream)?.seq ?? 0;
  const setBack = (): number | null => reads.setBackAt.get({ own })?.seq ?? null;
  const unheardOf = (site: string | null): readonly string[] => {
    const since = setBack();
    return since === null ? [] : reads.unheard.all({ own, since, site }).map((row) => row.site);
  };
  /** The highest number that a station, or any, holds of a stream beyond its end here; null when none does. */
  const beyond = (stream: string, site: string | null = null): number | null => {
    const highest = Math.max(0, ...reads.known.all({ site, stream }).map(({ seq }) => seq));
    return highest > headSeq(stream) ? highest : null;
  };

  /**
   * What the station holds more of than there is here: the bureau's streams, and those of the computers it had before. In
   * the order they are taken in: what all stations are told, then of each computer what it was told before what it wrote.
   */
  const lackedOf = (site: string): string[] =>
    reads.shown
      .all(site)
      .map(({ stream }) => stream)
      .filter((stream) => beyond(stream, site) !== null)
      .sort((a, b) => placeOf(a) - placeOf(b));

  return {
    /** Why nothing may be appended to the stream for now. */
    closedBecause: (stream: string): Problem | null => {
      const { branch } = streamParts(stream);
      if (kind === 'station' || branch === null) return null;
      const through = beyond(stream);
      if (through !== null) return { code: 'handoff.stream-behind', detail: { from: headSeq(stream) + 1, through } };
      const waiting = unheardOf(branch === 'common' ? null : branch).length;
      return waiting > 0 ? { code: 'handoff.stream-unheard', detail: { stations: waiting } } : null;
    },
    /** Whether this bureau ever went on from a backup. */
    wasSetBack: (): boolean => setBack() !== null,
    isUnheard: (site: string): boolean => unheardOf(site).length > 0,
    /** What the bureau lacks of the station's stream and of others, as the station shows; each from a number on. */
    behind(site: string): Behind[] {
      const up = (reads.proven.get(site)?.through ?? 0) > headSeq(site) ? [site] : [];
      return [...up, ...lackedOf(site)].map((stream) => ({ stream, from: headSeq(stream) + 1 }));
    },
    /** Whether the station holds another entry than is here under a number of the stream. */
    isForked: (site: string, stream: string): boolean =>
      reads.known
        .all({ site, stream })
        .some(
          ({ seq, hash }) => hash !== null && (reads.hashAt.get(stream, seq)?.hash.toString('hex') ?? hash) !== hash,
        ),
    /** What the station is asked to bring back. */
    wanted(site: string): Wanted['streams'] {
      return lackedOf(site).map((stream) => {
        const head = reads.headOf.get(stream);
        return { stream, seq: head?.seq ?? 0, hash: head?.hash.toString('hex') ?? GENESIS };
      });
    },
    /** Whether the station has taken a return that nobody here remembers writing. */
    isReturnForgotten: (site: string, number: number): boolean => number > (reads.lastReturn.get(site)?.number ?? 0),
    /**
     * The next return's number, higher than that of any other that was ever written for the station: after a restore it
     * jumps to the minutes of the clock, far beyond what was written and forgotten. So whatever is still on its way from
     * before counts as older.
     */
    nextReturnNumber(site: string, now: Date): number {
      const { number, seq } = reads.lastReturn.get(site) ?? { number: null, seq: null };
      const next = Math.max(number ?? 0, reads.lastTaken.get(site)?.number ?? 0) + 1;
      const since = setBack();
      const isFirstSince = since !== null && (seq ?? 0) < since;
      return isFirstSince ? Math.max(next, Math.floor(now.getTime() / MINUTE_MS)) : next;
    },
  };
}

/** Orders streams by the number of the computer they concern, what was written for it before what it wrote. */
function placeOf(stream: string): number {
  const { writer, branch } = streamParts(stream);
  return branch === 'common' ? 0 : 2 * Number((branch ?? writer).split('-')[1]) + (branch === null ? 1 : 0);
}

function readsOf(db: Db) {
  const headOf = db.prepare<[string], { seq: number; hash: Buffer }>(
    'SELECT seq, hash FROM entry WHERE stream = ? ORDER BY seq DESC LIMIT 1',
  );
  const hashAt = db.prepare<[string, number], { hash: Buffer }>('SELECT hash FROM entry WHERE stream = ? AND seq = ?');
  // The database is older than it was: put back knowingly, on a new computer, cut, or shown to be by a bundle.
  const setBackAt = db.prepare<[{ own: string }], { seq: number | null }>(`
    SELECT max(seq) AS seq FROM (
      SELECT max(seq) AS seq FROM backup_mended WHERE stream = @own AND how IN ('restored', 'salvaged')
      UNION ALL SELECT max(seq) FROM heads_pinned WHERE stream = @own
      UNION ALL SELECT max(seq) FROM tail_lost WHERE stream = @own
      UNION ALL SELECT max(seq) FROM set_back
    )`);
  // A station registered since holds nothing older.
  const unheard = db.prepare<[{ own: string; since: number; site: string | null }], { site: string }>(`
    SELECT s.code AS site FROM site s
    JOIN entry first ON first.stream = @own || '/' || s.code AND first.seq = 1
    JOIN entry back ON back.stream = @own AND back.seq = @since
    WHERE s.kind = 'station' AND s.code = coalesce(@site, s.code) AND first.position < back.position
      AND NOT EXISTS (SELECT 1 FROM out_of_use v WHERE v.site = s.code)
      AND NOT EXISTS (SELECT 1 FROM down_resumed r WHERE r.site = s.code AND r.seq > @since)
      AND NOT EXISTS (
        SELECT 1 FROM bundle_in b WHERE b.site = s.code AND b.seq > @since
          AND b.receipt >= (SELECT min(o.number) FROM return_out o WHERE o.site = s.code AND o.seq > @since)
      )
    ORDER BY s.code LIMIT 1000`);
  const known = db.prepare<
    [{ site: string | null; stream: string }],
    { site: string; seq: number; hash: string | null }
  >(`
    SELECT k.site, k.seq, k.hash FROM known_down k
    WHERE k.stream = @stream AND k.site = coalesce(@site, k.site)
      AND NOT EXISTS (SELECT 1 FROM out_of_use v WHERE v.site = k.site)
      AND NOT EXISTS (SELECT 1 FROM down_resumed r WHERE r.site = k.site AND r.seq > k.told_at)`);
  const shown = db.prepare<[string], { stream: string }>('SELECT stream FROM known_down WHERE site = ? LIMIT 100');
  const proven = db.prepare<[string], { through: number | null }>(
    'SELECT max(proven) AS through FROM bundle_in WHERE site = ?',
  );
  const lastReturn = db.prepare<[string], { number: number | null; seq: number | null }>(
    'SELECT max(number) AS number, max(seq) AS seq FROM return_out WHERE site = ?',
  );
  const lastTaken = db.prepare<[string], { number: number | null }>(
    'SELECT max(receipt) AS number FROM bundle_in WHERE site = ?',
  );
  return { headOf, hashAt, setBackAt, unheard, known, shown, proven, lastReturn, lastTaken };
}
