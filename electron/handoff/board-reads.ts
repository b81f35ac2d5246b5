import type { HandoffCounts } from '../../shared/handoff.ts';
import type { Receipt, ReceiptDecision } from '../../shared/manifest.ts';
import type { RevocationReason } from '../../shared/refounding.ts';
import type { Db } from '../db/open.ts';
import type { Listed } from '../ipc/may-know.ts';
import { refoundingReads } from './refounding-reads.ts';

export type TakenBundle = Omit<HandoffCounts, 'exported'> & { readonly number: number; readonly sha256: string };
type Standing = { readonly seq: number; readonly code: string } & {
  readonly [K in keyof ReceiptDecision]: ReceiptDecision[K] | null;
};
export type StationBoardRow = {
  readonly site: string;
  readonly station: string;
  readonly name: string;
  readonly kitIssuedAt: string | null;
  readonly pinned: 0 | 1;
  readonly lastBundle: number | null;
  readonly lastReceivedAt: string | null;
  readonly lastReturnAt: string | null;
  readonly owed: 0 | 1 | null;
  readonly revokedAt: string | null;
  readonly revokedBecause: RevocationReason | null;
};

/** What a bureau knows of its stations, and what still waits. */
export function boardReads(db: Db) {
  // Of a computer that proved itself to be this bureau's the database may know nothing, its name neither.
  const stations = db.prepare<[{ own: string }], Omit<StationBoardRow, 'name'>>(`
    WITH computer AS (
      SELECT code, coalesce(station, code) AS station FROM site s
      WHERE kind = 'station' AND NOT EXISTS (SELECT 1 FROM site n WHERE n.former = s.code)
      UNION SELECT p.site, p.site FROM pinned_key p
      WHERE p.stream = @own AND NOT EXISTS (SELECT 1 FROM site o WHERE o.code = p.site)
    )
    SELECT s.code AS site, s.station, k.at AS kitIssuedAt,
      EXISTS (SELECT 1 FROM pinned_key p WHERE p.stream = @own AND p.site = s.code) AS pinned,
      (SELECT max(b.number) FROM bundle_in b WHERE b.site = s.code) AS lastBundle,
      (SELECT b.at FROM bundle_in b WHERE b.site = s.code ORDER BY b.seq DESC LIMIT 1) AS lastReceivedAt,
      (SELECT r.at FROM return_out r WHERE r.site = s.code ORDER BY r.seq DESC LIMIT 1) AS lastReturnAt,
      v.at IS NULL AND max(coalesce((SELECT max(b.seq) FROM bundle_in b WHERE b.site = s.code), 0),
        coalesce((SELECT max(d.decided_seq) FROM quarantine_decision d WHERE d.stream = s.code), 0))
        > coalesce((SELECT max(r.seq) FROM return_out r WHERE r.site = s.code), 0) AS owed,
      v.at AS revokedAt, v.reason AS revokedBecause
    FROM computer s LEFT JOIN kit k ON k.site = s.code LEFT JOIN revoked v ON v.site = s.code
    ORDER BY s.code LIMIT 1000`);
  const heldSeqs = db.prepare<[string, number], { seq: number }>(
    'SELECT seq FROM held WHERE stream = ? AND seq > ? ORDER BY seq',
  );
  const knownDown = db.prepare<[string, string], { seq: number }>(
    'SELECT seq FROM known_down WHERE site = ? AND stream = ?',
  );
  const quarantinedOf = db.prepare<[string], Standing>(`
    SELECT seq, code, round, verdict, words FROM quarantine_standing WHERE stream = ? ORDER BY seq LIMIT 5000`);
  const takenOf = db.prepare<[string], TakenBundle>(
    `SELECT number, sha256, accepted, already_known AS alreadyKnown, quarantined, held FROM bundle_in
     WHERE site = ? ORDER BY seq DESC LIMIT 50`,
  );
  const awaited = db.prepare<[string], { seq: number; sha256: string } & Listed>(`
    SELECT a.seq, a.sha256, e.kind, e.author, e.line FROM attachment_awaited a
    JOIN entry e ON e.stream = a.site AND e.seq = a.seq WHERE a.site = ? ORDER BY a.seq LIMIT 5000`);
  const unsettled = db.prepare<[string], Listed>(`
    SELECT e.kind, e.author, e.line FROM quarantine_standing q JOIN entry e ON e.stream = q.stream AND e.seq = q.seq
    WHERE q.stream = ? AND q.state <> 'refused' LIMIT 5000`);

  const refounding = refoundingReads(db);

  return {
    ...refounding,
    ...sinceReads(db),
    stations: (own: string): StationBoardRow[] =>
      stations.all({ own }).map((row) => ({ ...row, name: refounding.nameOf(row.site) })),
    /** What must still come before the held entries can be taken, as ranges. */
    gaps(stream: string, lastSeq: number): [number, number][] {
      const gaps: [number, number][] = [];
      let expected = lastSeq + 1;
      for (const { seq } of heldSeqs.all(stream, lastSeq)) {
        if (seq > expected) gaps.push([expected, seq - 1]);
        expected = seq + 1;
      }
      return gaps;
    },
    knownDown: (site: string, stream: string): number => knownDown.get(site, stream)?.seq ?? 0,
    /** What a receipt says of the entries that were not taken in, with the latest decision on each. */
    quarantinedOf: (stream: string): Receipt['quarantined'] =>
      quarantinedOf.all(stream).map(({ seq, code, round, verdict, words }) => ({
        ...{ seq, code },
        ...(round !== null && verdict !== null ? { decision: { round, verdict, words: words ?? '' } } : {}),
      })),
    /** Entries in quarantine that are not refused for good. */
    unsettled: (stream: string) => unsettled.all(stream),
    /** Attachments that had not come when their entries did; some have come since. */
    awaited: (site: string) => awaited.all(site),
    takenOf: (site: string): TakenBundle[] => takenOf.all(site),
  };
}

/** Entries of a stream behind a number. */
function sinceReads(db: Db) {
  const sinceByKind = db.prepare<[string, number], { kind: string; n: number }>(
    'SELECT kind, count(*) AS n FROM entry WHERE stream = ? AND seq > ? GROUP BY kind',
  );
  const sinceOf = db.prepare<[string, number, string], Listed>(
    'SELECT kind, author, line FROM entry WHERE stream = ? AND seq > ? AND kind = ?',
  );
  return {
    sinceByKind: (stream: string, seq: number) => sinceByKind.all(stream, seq),
    sinceOf: (stream: string, seq: number, kind: string) => sinceOf.iterate(stream, seq, kind),
  };
}
