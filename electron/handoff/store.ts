import { handoffEntries } from '../../shared/handoff-entries.ts';
import type { Db } from '../db/open.ts';
import { type EntryMeta, projection } from '../journal/projection.ts';
import { boardReads } from './board-reads.ts';
import { pinnedReads } from './pinned-reads.ts';
import { sentReads, type ToldAs } from './sent-reads.ts';

/** Bundles, receipts and stations: what went out, what came in, what is proven. */
export const handoffProjection = projection({
  name: 'handoff',
  version: 10,
  kinds: handoffEntries,
  tables: [
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
    'down_resumed',
    'attachment_awaited',
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
      receipt INTEGER, proven INTEGER, signer TEXT, first INTEGER, last INTEGER,
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

    -- A computer whose place another one took is out of use, also where its revocation was forgotten.
    DROP VIEW IF EXISTS out_of_use;
    CREATE VIEW out_of_use AS SELECT site FROM revoked UNION SELECT former FROM site WHERE former IS NOT NULL;

    -- Entries that say something to the other side, and not only that somebody was at work here.
    DROP VIEW IF EXISTS said;
    CREATE VIEW said AS
      SELECT stream, seq, kind FROM entry WHERE kind NOT LIKE 'handoff.%' AND kind NOT LIKE 'backup.%'
        AND kind NOT IN ('site.signed-in', 'site.escrow-slot-kept');
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
      `INSERT INTO bundle_in (site, seq, number, at, sha256, accepted, already_known, quarantined, held, receipt, proven,
         signer, first, last)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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
        const signed = [body.signer ?? null, body.first ?? null, body.last ?? null] as const;
        const counts = [accepted, alreadyKnown, quarantined, held] as const;
        taken.run(body.site, seq, body.number, at, body.sha256, ...counts, ...shown, ...signed);
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

export type HandoffStore = ReturnType<typeof handoffStore>;

/** Reads the hand-off's state; ranges and counts come from the journal itself. */
export const handoffStore = (db: Db, toldAs: ToldAs) => ({
  ...sentReads(db, toldAs),
  ...boardReads(db),
  ...pinnedReads(db),
});
