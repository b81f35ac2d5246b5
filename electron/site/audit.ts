import { addDays } from '../../shared/dates.ts';
import { CLOSED_ENTRY, type Entry } from '../../shared/entry.ts';
import { withoutResidentIds } from '../../shared/resident-id.ts';
import type { AuditFilter } from '../../shared/site-audit.ts';
import type { EntryView } from '../../shared/site-audit.ts';
import type { Db } from '../db/open.ts';
import { fileOf } from './person-file.ts';
import { type Reader, toldLooks } from './told-looks.ts';

type Row = {
  readonly position: number;
  readonly stream: string;
  readonly seq: number;
  readonly hash: Buffer;
  readonly line: string;
  readonly name: string | null;
  readonly atBefore: string | null;
};
/** An entry as people read it, and where to go on from. */
type Found = { readonly position: number; readonly view: EntryView };
export type AuditQuestion = { readonly stream: string | null; readonly filter: AuditFilter };

export const NO_FILTER: AuditFilter = { person: null, account: null, kind: null, from: null, to: null };

/** What is found would tell what it is about; days alone would not. */
export const isSearch = ({ account, kind, person }: AuditFilter): boolean =>
  person !== null || account !== null || kind !== null;

/** Positions looked at before others get a turn. */
const WINDOW = 5_000;

/**
 * The journal as people read it, newest first. Confidential entries are told only to those their record is open to, and
 * the record's own history tells them; here everybody else sees that an entry stands there, so that the chain is whole,
 * and neither whose nor what. Whoever looks for a person, an account or a kind does not even see that: what is found
 * would tell what it is about; `toldLooks` says which are told nevertheless.
 */
export function auditOf(db: Db, self: string, toldAs: (kind: string) => string) {
  const page = db.prepare<[Window], Row>(`
    SELECT e.position, e.stream, e.seq, e.hash, e.line,
      (SELECT s.name FROM signer s WHERE s.account_id = e.author LIMIT 1) AS name,
      (SELECT p.at FROM entry p WHERE p.stream = e.stream AND p.seq = e.seq - 1) AS atBefore
    FROM entry e
    WHERE e.position < @before AND e.position >= @floor
      AND (@stream IS NULL OR e.stream = @stream) AND (@account IS NULL OR e.author = @account)
      AND (@kind IS NULL OR e.kind = @kind) AND (@from IS NULL OR e.at >= @from) AND (@to IS NULL OR e.at < @to)
    ORDER BY e.position DESC`);
  const last = db.prepare<[], { position: number | null }>('SELECT max(position) AS position FROM entry');
  const streams = db.prepare<[], { stream: string }>('SELECT DISTINCT stream FROM entry ORDER BY stream');
  const file = fileOf(db);
  const isTold = toldLooks(db);

  const isClosedTo = (reader: Reader, { kind, by }: Entry): boolean =>
    toldAs(kind) === CLOSED_ENTRY && by !== reader.id;

  async function* matching(
    { stream, filter }: AuditQuestion,
    reader: Reader,
    from: number | null,
  ): AsyncGenerator<Found> {
    const { account, kind, person } = filter;
    const about = person === null ? null : file.idsOf(person);
    const searches = isSearch(filter);
    let before = from ?? (last.get()?.position ?? 0) + 1;
    while (before > 1) {
      const floor = Math.max(1, before - WINDOW);
      for (const row of page.all({ before, floor, stream, account, kind, ...daysOf(filter) })) {
        const entry = JSON.parse(row.line) as Entry;
        const isLook = toldAs(entry.kind) === CLOSED_ENTRY && isTold(entry, reader, person);
        const isClosed = !isLook && isClosedTo(reader, entry);
        if (!isLook && ((searches && isClosed) || (about && !mentions(row.line, about)))) continue;
        yield { position: row.position, view: viewOf(row, entry, isClosed) };
      }
      before = floor;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  return {
    matching,
    async page(asked: AuditQuestion, before: number | null, limit: number, reader: Reader) {
      const found: Found[] = [];
      for await (const one of matching(asked, reader, before)) {
        found.push(one);
        if (found.length === limit) break;
      }
      return {
        entries: found.map(({ view }) => view),
        next: found.length === limit ? (found.at(-1)?.position ?? null) : null,
        streams: [...new Set([self, ...streams.all().map((one) => one.stream)])],
      };
    },
  };
}

type Window = {
  readonly before: number;
  readonly floor: number;
  readonly stream: string | null;
  readonly account: string | null;
  readonly kind: string | null;
  readonly from: string | null;
  readonly to: string | null;
};

/** The local days as instants; the last day counts to its end. */
const daysOf = ({ from, to }: AuditFilter): Pick<Window, 'from' | 'to'> => ({
  from: from && new Date(`${from}T00:00:00`).toISOString(),
  to: to && new Date(`${addDays(to, 1)}T00:00:00`).toISOString(),
});

const anyId = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const mentions = (line: string, ids: ReadonlySet<string>): boolean =>
  line.match(anyId)?.some((id) => ids.has(id)) ?? false;

function viewOf({ hash, name, atBefore }: Row, entry: Entry, isClosed: boolean): EntryView {
  const { stream, seq, at, by, kind, body, sig } = entry;
  const seen = { stream, seq, at, hash: hash.toString('hex'), signed: sig !== undefined };
  const clockJumpedBack = atBefore !== null && at < atBefore;
  if (isClosed) return { ...seen, clockJumpedBack, by: '', byName: null, kind: CLOSED_ENTRY, body: null };
  return { ...seen, clockJumpedBack, by, byName: name, kind, body: withoutResidentIds(body) };
}
