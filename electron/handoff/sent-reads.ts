import { toldCode } from '../../shared/entry.ts';
import type { Db } from '../db/open.ts';

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
/** The kind of an entry as everybody may read it. */
export type ToldAs = (kind: string) => string;
type Refused = { readonly seq: number; readonly code: string; readonly kind: string };

/** What was handed over from here, and what the other side has proven to hold. */
export function sentReads(db: Db, toldAs: ToldAs) {
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
    'SELECT kind, count(*) AS n FROM said WHERE stream = ? AND seq > ? GROUP BY kind ORDER BY kind',
  );
  const provenOnce = db.prepare<[string], { through: number | null }>(
    'SELECT max(through) AS through FROM receipt WHERE stream = ?',
  );
  const lastWritten = db.prepare<[string], { number: number; last: number; at: number; isCut: 0 | 1 }>(`
    SELECT b.number, b.last, b.written_at_seq AS at, EXISTS (
      SELECT 1 FROM said e WHERE e.stream = b.stream AND e.seq > b.last AND e.seq < b.written_at_seq
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
