import { type HandoffCounts, handoffEntries } from '../../shared/handoff.ts';
import type { Db } from '../db/open.ts';
import { projection } from '../journal/projection.ts';

/** Bundles, receipts and stations: what went out, what came in, what is proven. */
export const handoffProjection = projection({
  name: 'handoff',
  version: 1,
  kinds: handoffEntries,
  tables: ['bundle_out', 'receipt', 'kit', 'pinned_station', 'bundle_in', 'return_out', 'known_down'],
  schema: `
    CREATE TABLE bundle_out (
      stream TEXT NOT NULL, number INTEGER NOT NULL, at TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
      sha256 TEXT NOT NULL, medium TEXT NOT NULL,
      PRIMARY KEY (stream, number)
    ) STRICT;
    CREATE TABLE receipt (
      stream TEXT NOT NULL, seq INTEGER NOT NULL, at TEXT NOT NULL, through INTEGER NOT NULL, hash TEXT NOT NULL,
      missing TEXT NOT NULL, quarantined TEXT NOT NULL,
      PRIMARY KEY (stream, seq)
    ) STRICT;
    CREATE TABLE kit (site TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT;
    CREATE TABLE pinned_station (site TEXT PRIMARY KEY, sign_public_key TEXT NOT NULL, recipient TEXT NOT NULL) STRICT;
    CREATE TABLE bundle_in (
      site TEXT NOT NULL, seq INTEGER NOT NULL, number INTEGER NOT NULL, at TEXT NOT NULL, sha256 TEXT NOT NULL,
      accepted INTEGER NOT NULL, already_known INTEGER NOT NULL, quarantined INTEGER NOT NULL, held INTEGER NOT NULL,
      PRIMARY KEY (site, seq)
    ) STRICT;
    CREATE TABLE return_out (
      site TEXT NOT NULL, number INTEGER NOT NULL, at TEXT NOT NULL, through INTEGER NOT NULL,
      PRIMARY KEY (site, number)
    ) STRICT;
    CREATE TABLE known_down (site TEXT NOT NULL, stream TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (site, stream)) STRICT;
  `,
  prepare: (db) => {
    const written = db.prepare(
      'INSERT INTO bundle_out (stream, number, at, first, last, sha256, medium) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    const receipt = db.prepare(
      'INSERT INTO receipt (stream, seq, at, through, hash, missing, quarantined) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    const kit = db.prepare(
      'INSERT INTO kit (site, at) VALUES (?, ?) ON CONFLICT (site) DO UPDATE SET at = excluded.at',
    );
    const pin = db.prepare(
      `INSERT INTO pinned_station (site, sign_public_key, recipient) VALUES (?, ?, ?)
       ON CONFLICT (site) DO UPDATE SET sign_public_key = excluded.sign_public_key, recipient = excluded.recipient`,
    );
    const taken = db.prepare(
      `INSERT INTO bundle_in (site, seq, number, at, sha256, accepted, already_known, quarantined, held)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    const known = db.prepare(
      `INSERT INTO known_down (site, stream, seq) VALUES (?, ?, ?)
       ON CONFLICT (site, stream) DO UPDATE SET seq = max(seq, excluded.seq)`,
    );
    const returned = db.prepare('INSERT INTO return_out (site, number, at, through) VALUES (?, ?, ?, ?)');

    return {
      'handoff.bundle-written': ({ number, first, last, sha256, medium }, { stream, at }) =>
        void written.run(stream, number, at, first, last, sha256, medium),
      'handoff.receipt-taken': ({ through, hash, missing, quarantined }, { stream, seq, at }) =>
        void receipt.run(stream, seq, at, through, hash, JSON.stringify(missing), JSON.stringify(quarantined)),
      'handoff.kit-issued': ({ site }, { at }) => void kit.run(site, at),
      'handoff.station-pinned': (body) => void pin.run(body.site, body.signPublicKey, body.recipient),
      'handoff.bundle-taken': (body, { seq, at }) => {
        const { accepted, alreadyKnown, quarantined, held } = body;
        taken.run(body.site, seq, body.number, at, body.sha256, accepted, alreadyKnown, quarantined, held);
        for (const one of body.known) known.run(body.site, one.stream, one.seq);
      },
      'handoff.return-written': ({ site, number, through }, { at }) => void returned.run(site, number, at, through),
    };
  },
});

type ReceiptRow = { at: string; through: number; hash: string; missing: string; quarantined: string };
type BundleRow = {
  number: number;
  at: string;
  first: number;
  last: number;
  sha256: string;
  medium: string;
};
export type TakenBundle = Omit<HandoffCounts, 'exported'> & { readonly number: number; readonly sha256: string };
export type StationBoardRow = {
  readonly site: string;
  readonly name: string;
  readonly kitIssuedAt: string | null;
  readonly pinned: 0 | 1;
  readonly lastBundle: number | null;
  readonly lastReceivedAt: string | null;
  readonly lastReturnAt: string | null;
  readonly quarantined: number;
  readonly lastEntryAt: string | null;
};

export type HandoffStore = ReturnType<typeof handoffStore>;

/** Reads the hand-off's state; ranges and counts come from the journal itself. */
export function handoffStore(db: Db) {
  const receipt = db.prepare<[string], ReceiptRow>(
    'SELECT at, through, hash, missing, quarantined FROM receipt WHERE stream = ? ORDER BY through DESC, seq DESC LIMIT 1',
  );
  const bundles = db.prepare<[string], BundleRow>(
    'SELECT number, at, first, last, sha256, medium FROM bundle_out WHERE stream = ? ORDER BY number DESC LIMIT 200',
  );
  const lastNumber = db.prepare<[string], { number: number | null }>(
    'SELECT max(number) AS number FROM bundle_out WHERE stream = ?',
  );
  const waitingByKind = db.prepare<[string, number], { kind: string; n: number }>(
    `SELECT kind, count(*) AS n FROM entry WHERE stream = ? AND seq > ? AND kind NOT LIKE 'handoff.%'
     AND kind <> 'site.signed-in' GROUP BY kind ORDER BY kind`,
  );
  const kindAt = db.prepare<[string, number], { kind: string }>('SELECT kind FROM entry WHERE stream = ? AND seq = ?');
  const stations = db.prepare<[], StationBoardRow>(`
    SELECT s.code AS site, s.name, k.at AS kitIssuedAt, p.site IS NOT NULL AS pinned,
      (SELECT max(b.number) FROM bundle_in b WHERE b.site = s.code) AS lastBundle,
      (SELECT max(b.at) FROM bundle_in b WHERE b.site = s.code) AS lastReceivedAt,
      (SELECT max(r.at) FROM return_out r WHERE r.site = s.code) AS lastReturnAt,
      (SELECT count(*) FROM quarantined q WHERE q.stream = s.code) AS quarantined,
      (SELECT e.at FROM entry e WHERE e.stream = s.code ORDER BY e.seq DESC LIMIT 1) AS lastEntryAt
    FROM site s LEFT JOIN kit k ON k.site = s.code LEFT JOIN pinned_station p ON p.site = s.code
    WHERE s.kind = 'station' ORDER BY s.code LIMIT 1000`);
  const pinned = db.prepare<[string], { signPublicKey: string; recipient: string }>(
    'SELECT sign_public_key AS signPublicKey, recipient FROM pinned_station WHERE site = ?',
  );
  const heldSeqs = db.prepare<[string, number], { seq: number }>(
    'SELECT seq FROM held WHERE stream = ? AND seq > ? ORDER BY seq',
  );
  const knownDown = db.prepare<[string, string], { seq: number }>(
    'SELECT seq FROM known_down WHERE site = ? AND stream = ?',
  );
  const quarantine = db.prepare<
    [],
    { stream: string; station: string; seq: number; kind: string; code: string; at: string }
  >(`
    SELECT q.stream, coalesce(s.name, q.stream) AS station, q.seq, e.kind, q.code, e.at
    FROM quarantined q JOIN entry e ON e.stream = q.stream AND e.seq = q.seq LEFT JOIN site s ON s.code = q.stream
    ORDER BY q.stream, q.seq LIMIT 5000`);
  const quarantinedOf = db.prepare<[string], { seq: number; code: string }>(
    'SELECT seq, code FROM quarantined WHERE stream = ? ORDER BY seq LIMIT 5000',
  );
  const takenOf = db.prepare<[string], TakenBundle>(
    `SELECT number, sha256, accepted, already_known AS alreadyKnown, quarantined, held FROM bundle_in
     WHERE site = ? ORDER BY seq DESC LIMIT 50`,
  );
  const returnNumber = db.prepare<[string], { number: number | null }>(
    'SELECT max(number) AS number FROM return_out WHERE site = ?',
  );

  return {
    receipt(stream: string) {
      const row = receipt.get(stream);
      if (!row) return null;
      return {
        at: row.at,
        through: row.through,
        hash: row.hash,
        missing: JSON.parse(row.missing) as [number, number][],
        quarantined: (JSON.parse(row.quarantined) as { seq: number; code: string }[]).map((one) => ({
          ...one,
          kind: kindAt.get(stream, one.seq)?.kind ?? '',
        })),
      };
    },
    kindAt: (stream: string, seq: number): string => kindAt.get(stream, seq)?.kind ?? '',
    bundles: (stream: string): BundleRow[] => bundles.all(stream),
    nextNumber: (stream: string): number => (lastNumber.get(stream)?.number ?? 0) + 1,
    nextReturnNumber: (site: string): number => (returnNumber.get(site)?.number ?? 0) + 1,
    /** Entries that say something, by kind, beyond what is proven received. */
    waitingByKind: (stream: string, through: number): Record<string, number> =>
      Object.fromEntries(waitingByKind.all(stream, through).map(({ kind, n }) => [kind, n])),
    stations: (): StationBoardRow[] => stations.all(),
    pinned: (site: string) => pinned.get(site) ?? null,
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
    quarantine: () => quarantine.all(),
    quarantinedOf: (stream: string) => quarantinedOf.all(stream),
    takenOf: (site: string): TakenBundle[] => takenOf.all(site),
  };
}
