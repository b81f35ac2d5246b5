import { handoffEntries } from '../../shared/handoff.ts';
import { toldCode } from '../../shared/entry.ts';
import type { Db } from '../db/open.ts';
import { type EntryMeta, projection } from '../journal/projection.ts';
import { boardReads } from './board-reads.ts';

/** Bundles, receipts and stations: what went out, what came in, what is proven. */
export const handoffProjection = projection({
  name: 'handoff',
  version: 7,
  kinds: handoffEntries,
  tables: [
    ...[
      'bundle_out',
      'receipt',
      'kit',
      'revoked',
      'fork',
      'pinned_key',
      'bundle_in',
      'return_out',
      'known_down',
      'set_back',
    ],
    ...['down_resumed', 'attachment_awaited'],
  ],
  schema: `
    CREATE TABLE bundle_out (
      stream TEXT NOT NULL, number INTEGER NOT NULL, at TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
      sha256 TEXT NOT NULL, medium TEXT NOT NULL, written_at_seq INTEGER NOT NULL,
      PRIMARY KEY (stream, number)
    ) STRICT;
    CREATE TABLE receipt (
      stream TEXT NOT NULL, seq INTEGER NOT NULL, at TEXT NOT NULL, through INTEGER NOT NULL, hash TEXT NOT NULL,
      missing TEXT NOT NULL, quarantined TEXT NOT NULL, number INTEGER NOT NULL, wanted TEXT,
      PRIMARY KEY (stream, seq)
    ) STRICT;
    CREATE TABLE kit (site TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT;
    CREATE TABLE revoked (site TEXT PRIMARY KEY, at TEXT NOT NULL, reason TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE fork (
      site TEXT NOT NULL, seq INTEGER NOT NULL, parted_at INTEGER NOT NULL, since TEXT NOT NULL, number INTEGER NOT NULL,
      PRIMARY KEY (site, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE pinned_key (
      stream TEXT NOT NULL, seq INTEGER NOT NULL, place INTEGER NOT NULL, site TEXT NOT NULL,
      sign_public_key TEXT NOT NULL, recipient TEXT,
      PRIMARY KEY (stream, seq, place)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE bundle_in (
      site TEXT NOT NULL, seq INTEGER NOT NULL, number INTEGER NOT NULL, at TEXT NOT NULL, sha256 TEXT NOT NULL,
      accepted INTEGER NOT NULL, already_known INTEGER NOT NULL, quarantined INTEGER NOT NULL, held INTEGER NOT NULL,
      receipt INTEGER, proven INTEGER,
      PRIMARY KEY (site, seq)
    ) STRICT;
    CREATE TABLE return_out (
      site TEXT NOT NULL, number INTEGER NOT NULL, at TEXT NOT NULL, through INTEGER NOT NULL, seq INTEGER NOT NULL,
      PRIMARY KEY (site, number)
    ) STRICT;
    CREATE TABLE known_down (
      site TEXT NOT NULL, stream TEXT NOT NULL, seq INTEGER NOT NULL, hash TEXT, told_at INTEGER NOT NULL,
      PRIMARY KEY (site, stream)
    ) STRICT;
    CREATE TABLE set_back (seq INTEGER PRIMARY KEY) STRICT;
    CREATE TABLE down_resumed (site TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (site, seq)) STRICT, WITHOUT ROWID;
    CREATE TABLE attachment_awaited (
      site TEXT NOT NULL, seq INTEGER NOT NULL, sha256 TEXT NOT NULL,
      PRIMARY KEY (site, seq, sha256)
    ) STRICT, WITHOUT ROWID;
  `,
  prepare: (db) => {
    const written = db.prepare(
      `INSERT INTO bundle_out (stream, number, at, first, last, sha256, medium, written_at_seq)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    const receipt = db.prepare(
      `INSERT INTO receipt (stream, seq, at, through, hash, missing, quarantined, number, wanted)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    const kit = db.prepare(
      'INSERT INTO kit (site, at) VALUES (?, ?) ON CONFLICT (site) DO UPDATE SET at = excluded.at',
    );
    const forked = db.prepare('INSERT INTO fork (site, seq, parted_at, since, number) VALUES (?, ?, ?, ?, ?)');
    const revoke = db.prepare('INSERT OR IGNORE INTO revoked (site, at, reason) VALUES (?, ?, ?)');
    const pinOne = db.prepare(
      'INSERT INTO pinned_key (stream, seq, place, site, sign_public_key, recipient) VALUES (?, ?, ?, ?, ?, ?)',
    );
    const pin = ({ site, signPublicKey, recipient, former = [] }: Pinned, { stream, seq }: EntryMeta): void => {
      pinOne.run(stream, seq, 0, site, signPublicKey, recipient);
      for (const [index, key] of former.entries()) pinOne.run(stream, seq, index + 1, site, key, null);
    };
    const taken = db.prepare(
      `INSERT INTO bundle_in (site, seq, number, at, sha256, accepted, already_known, quarantined, held, receipt, proven)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    const known = db.prepare(
      `INSERT INTO known_down (site, stream, seq, hash, told_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (site, stream) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, told_at = excluded.told_at
       WHERE excluded.seq >= seq`,
    );
    const setBack = db.prepare('INSERT INTO set_back (seq) VALUES (?)');
    const resumed = db.prepare('INSERT INTO down_resumed (site, seq) VALUES (?, ?)');
    const awaited = db.prepare('INSERT OR IGNORE INTO attachment_awaited (site, seq, sha256) VALUES (?, ?, ?)');
    const returned = db.prepare('INSERT INTO return_out (site, number, at, through, seq) VALUES (?, ?, ?, ?, ?)');

    return {
      'handoff.bundle-written': ({ number, first, last, sha256, medium }, { stream, seq, at }) =>
        void written.run(stream, number, at, first, last, sha256, medium, seq),
      'handoff.receipt-taken': ({ number, through, hash, wanted, ...told }, { stream, seq, at }) => {
        const [missing, quarantined] = [JSON.stringify(told.missing), JSON.stringify(told.quarantined)];
        receipt.run(
          stream,
          seq,
          at,
          through,
          hash,
          missing,
          quarantined,
          number,
          wanted ? JSON.stringify(wanted) : null,
        );
      },
      'handoff.kit-issued': ({ site }, { at }) => void kit.run(site, at),
      'handoff.station-revoked': ({ site, reason }, { at }) => void revoke.run(site, at, reason),
      'handoff.fork-found': ({ site, number, seq: partedAt, since }, { seq }) =>
        void forked.run(site, seq, partedAt, since, number),
      'handoff.station-pinned': pin,
      'handoff.bureau-pinned': pin,
      'handoff.bundle-taken': (body, { seq, at }) => {
        const { accepted, alreadyKnown, quarantined, held } = body;
        const shown = [body.receipt?.number ?? null, body.receipt?.through ?? null] as const;
        taken.run(body.site, seq, body.number, at, body.sha256, accepted, alreadyKnown, quarantined, held, ...shown);
        for (const one of body.known) known.run(body.site, one.stream, one.seq, one.hash ?? null, seq);
        if (body.setBack) setBack.run(seq);
        for (const one of body.lacking ?? []) awaited.run(body.site, one.seq, one.sha256);
      },
      // Told by the journal itself; nothing is computed from them.
      'handoff.escrow-used': () => undefined,
      'handoff.down-resumed': ({ site }, { seq }) => void resumed.run(site, seq),
      'handoff.return-written': ({ site, number, through }, { at, seq }) =>
        void returned.run(site, number, at, through, seq),
      'handoff.station-refounded': () => undefined,
      // The entry inside is what counts.
      'handoff.entry-carried': () => undefined,
      'handoff.closed-entry-carried': () => undefined,
    };
  },
});

type Pinned = {
  readonly site: string;
  readonly signPublicKey: string;
  readonly recipient: string;
  readonly former?: readonly string[] | undefined;
};

type ReceiptRow = {
  number: number;
  at: string;
  through: number;
  hash: string;
  missing: string;
  quarantined: string;
  wanted: string | null;
  seq: number;
};
type BundleRow = {
  number: number;
  at: string;
  first: number;
  last: number;
  sha256: string;
  medium: string;
  slip: number;
};
export type HandoffStore = ReturnType<typeof handoffStore>;

/** Reads the hand-off's state; ranges and counts come from the journal itself. */
export const handoffStore = (db: Db, toldAs: ToldAs) => ({
  ...sentReads(db, toldAs),
  ...boardReads(db),
  ...pinnedReads(db),
});

/** The keys that the site of `stream` trusts other sites by; what other streams say of keys is theirs. */
function pinnedReads(db: Db) {
  const current = db.prepare<[string, string], { signPublicKey: string; recipient: string }>(
    `SELECT sign_public_key AS signPublicKey, recipient FROM pinned_key
     WHERE stream = ? AND site = ? AND recipient IS NOT NULL ORDER BY seq DESC LIMIT 1`,
  );
  const all = db.prepare<[string, string], { signPublicKey: string; recipient: string | null }>(
    `SELECT sign_public_key AS signPublicKey, recipient FROM pinned_key
     WHERE stream = ? AND site = ? ORDER BY seq DESC, place LIMIT 1000`,
  );
  return {
    /** Those a package is sealed to and written under today. */
    pinned: (stream: string, site: string) => current.get(stream, site) ?? null,
    /** Today's and all former ones, newest first. */
    pinnedKeys: (stream: string, site: string) => all.all(stream, site),
  };
}

/** The kind of an entry as everybody may read it. */
type ToldAs = (kind: string) => string;
type Refused = { readonly seq: number; readonly code: string; readonly kind: string };

/** What was handed over from here, and what the other side has proven to hold. */
function sentReads(db: Db, toldAs: ToldAs) {
  const receipt = db.prepare<[string], ReceiptRow>(
    `SELECT number, at, through, hash, missing, quarantined, wanted, seq FROM receipt
     WHERE stream = ? ORDER BY seq DESC LIMIT 1`,
  );
  const bundles = db.prepare<[string], BundleRow>(
    `SELECT number, at, first, last, sha256, medium, written_at_seq AS slip FROM bundle_out
     WHERE stream = ? ORDER BY number DESC LIMIT 200`,
  );
  const writtenAs = db.prepare<[string, string], Pick<BundleRow, 'number' | 'first' | 'last'>>(
    'SELECT number, first, last FROM bundle_out WHERE stream = ? AND sha256 = ?',
  );
  const lastNumber = db.prepare<[string], { number: number | null }>(
    'SELECT max(number) AS number FROM bundle_out WHERE stream = ?',
  );
  const waitingByKind = db.prepare<[string, number], { kind: string; n: number }>(
    `SELECT kind, count(*) AS n FROM entry WHERE stream = ? AND seq > ? AND kind NOT LIKE 'handoff.%'
     AND kind NOT LIKE 'backup.%' AND kind NOT IN ('site.signed-in', 'site.escrow-slot-kept') GROUP BY kind ORDER BY kind`,
  );
  const provenOnce = db.prepare<[string], { through: number | null }>(
    'SELECT max(through) AS through FROM receipt WHERE stream = ?',
  );
  const lastWritten = db.prepare<[string], { number: number; last: number; at: number; isCut: 0 | 1 }>(`
    SELECT b.number, b.last, b.written_at_seq AS at, EXISTS (
      SELECT 1 FROM entry e WHERE e.stream = b.stream AND e.seq > b.last AND e.seq < b.written_at_seq
        AND e.kind NOT LIKE 'handoff.%' AND e.kind NOT LIKE 'backup.%' AND e.kind NOT IN ('site.signed-in', 'site.escrow-slot-kept')
    ) AS isCut FROM bundle_out b WHERE b.stream = ? ORDER BY b.number DESC LIMIT 1`);
  const kindAt = db.prepare<[string, number], { kind: string }>('SELECT kind FROM entry WHERE stream = ? AND seq = ?');

  /** What the other side refused, as everybody may read of it. */
  const told = (stream: string, { seq, code }: Omit<Refused, 'kind'>): Refused => {
    const kind = toldAs(kindAt.get(stream, seq)?.kind ?? '');
    return { seq, kind, code: toldCode(kind, code) };
  };

  const provenThrough = (stream: string): number => receipt.get(stream)?.through ?? 0;

  /** What an earlier receipt has proven and the last one, of a bureau restored from a backup, does not. */
  const lost = (stream: string): [number, number] | null => {
    const now = provenThrough(stream);
    const once = provenOnce.get(stream)?.through ?? 0;
    return once > now ? [now + 1, once] : null;
  };

  return {
    provenThrough,
    lost,
    /** What the last receipt asks back of the bureau's own streams; null where it does not ask for a report at all. */
    wanted: (stream: string): readonly { readonly stream: string; readonly seq: number }[] | null =>
      JSON.parse(receipt.get(stream)?.wanted ?? 'null') as { stream: string; seq: number }[] | null,
    /**
     * The last bundle, where its medium was full before everything was on it, no receipt proves it, and the bureau has
     * not lost since what came before it.
     */
    unfinished(stream: string): { readonly number: number; readonly last: number } | null {
      const bundle = lastWritten.get(stream);
      if (bundle?.isCut !== 1 || bundle.last <= provenThrough(stream)) return null;
      const isOvertaken = lost(stream) !== null && bundle.at < (receipt.get(stream)?.seq ?? 0);
      return isOvertaken ? null : { number: bundle.number, last: bundle.last };
    },
    /** The entries that arrived without an attachment they name, as the last receipt says. */
    attachmentsAsked: (stream: string): number[] =>
      quarantinedIn(receipt.get(stream)?.quarantined)
        .filter(({ code }) => code === 'entry.attachment-missing')
        .map(({ seq }) => seq),
    /** The bundle of ours that a receipt speaks of. */
    written: (stream: string, sha256: string) => writtenAs.get(stream, sha256) ?? null,
    receipt(stream: string) {
      const row = receipt.get(stream);
      if (!row) return null;
      return {
        number: row.number,
        at: row.at,
        through: row.through,
        hash: row.hash,
        missing: JSON.parse(row.missing) as [number, number][],
        quarantined: quarantinedIn(row.quarantined).map((one) => told(stream, one)),
      };
    },
    told,
    bundles: (stream: string): BundleRow[] => bundles.all(stream),
    nextNumber: (stream: string): number => (lastNumber.get(stream)?.number ?? 0) + 1,
    /** Entries behind `through` that say something, by kind. */
    waitingByKind(stream: string, through: number): Record<string, number> {
      const counts = new Map<string, number>();
      for (const { kind, n } of waitingByKind.all(stream, through))
        counts.set(toldAs(kind), (counts.get(toldAs(kind)) ?? 0) + n);
      return Object.fromEntries(counts);
    },
    waiting: (stream: string, through: number): number =>
      waitingByKind.all(stream, through).reduce((sum, { n }) => sum + n, 0),
  };
}

const quarantinedIn = (json: string | undefined): readonly { readonly seq: number; readonly code: string }[] =>
  json === undefined ? [] : (JSON.parse(json) as { seq: number; code: string }[]);
