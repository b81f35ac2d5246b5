import type { Role } from '../../shared/call.ts';
import type { Entry } from '../../shared/entry.ts';
import type { EntryView } from '../../shared/site.ts';
import type { Db } from '../db/open.ts';

/** Entries of these kinds show their contents to nobody without one of these roles. */
const CONFIDENTIAL: readonly { readonly prefix: string; readonly seenBy: readonly Role[] }[] = [
  { prefix: 'discipline.', seenBy: ['chief', 'inspector'] },
];

type Row = {
  position: number;
  stream: string;
  seq: number;
  hash: Buffer;
  line: string;
  name: string | null;
  atBefore: string | null;
};

/** The journal as people read it: newest first, confidential contents withheld. */
export function auditOf(db: Db, self: string) {
  const page = db.prepare<[{ stream: string | null; before: number; limit: number }], Row>(`
    SELECT e.position, e.stream, e.seq, e.hash, e.line,
      (SELECT s.name FROM signer s WHERE s.account_id = e.author LIMIT 1) AS name,
      (SELECT p.at FROM entry p WHERE p.stream = e.stream AND p.seq = e.seq - 1) AS atBefore
    FROM entry e
    WHERE (@stream IS NULL OR e.stream = @stream) AND e.position < @before
    ORDER BY e.position DESC LIMIT @limit`);
  const streams = db.prepare<[], { stream: string }>('SELECT DISTINCT stream FROM entry ORDER BY stream');

  return {
    page(stream: string | null, before: number | null, limit: number, roles: readonly Role[]) {
      const rows = page.all({ stream, before: before ?? Number.MAX_SAFE_INTEGER, limit });
      return {
        entries: rows.map((row) => viewOf(row, roles)),
        next: rows.length === limit ? (rows.at(-1)?.position ?? null) : null,
        streams: [...new Set([self, ...streams.all().map((one) => one.stream)])],
      };
    },
  };
}

function viewOf({ line, hash, name, atBefore }: Row, roles: readonly Role[]): EntryView {
  const { stream, seq, at, by, kind, body, sig } = JSON.parse(line) as Entry;
  const rule = CONFIDENTIAL.find(({ prefix }) => kind.startsWith(prefix));
  return {
    stream,
    seq,
    at,
    by,
    byName: name,
    kind,
    body: rule && !rule.seenBy.some((role) => roles.includes(role)) ? null : body,
    hash: hash.toString('hex'),
    signed: sig !== undefined,
    clockJumpedBack: atBefore !== null && at < atBefore,
  };
}
