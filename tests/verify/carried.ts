import { createHash } from 'node:crypto';
import { type Entry, isEntry, placeOf } from './entries.ts';
import { canonicalBytes, fitsKind, kindOf } from './published.ts';
import { must } from './refusal.ts';
import { mayFollow } from './sites.ts';

const OPEN = 'handoff.entry-carried';
const CLOSED = 'handoff.closed-entry-carried';

/** What a computer notes of itself stays with it; whose accounts signed goes along. */
const OF_THE_COMPUTER = /^(site|handoff|backup|quarantine|media)\./;
const ACCOUNT = /^site\.account-(created|changed|closed|rekeyed)$/;

export const isCarrying = ({ kind }: Entry): boolean => kind === OPEN || kind === CLOSED;

/** Section 8: the entry of a former computer that the bureau carries, as its own stream knew it; refuses any other. */
export function carriedIn(outer: Entry): Entry {
  const where = placeOf(outer);
  const [, site] = outer.stream.split('/');
  must(site !== undefined, 'entry.not-allowed-here', where);
  const own = kindOf(outer.kind);
  must(own !== undefined && fitsKind(own, outer.body), 'entry.body-invalid', where);
  const { entry, hash } = outer.body;
  must(isEntry(entry), 'entry.body-invalid', where);
  must(createHash('sha256').update(canonicalBytes(entry)).digest('hex') === hash, 'journal.hash-differs', where);
  must(mayFollow(site, entry.stream), 'journal.not-its-stream', where);
  const kind = kindOf(entry.kind);
  const isOfTheStation = !OF_THE_COMPUTER.test(entry.kind) || ACCOUNT.test(entry.kind);
  must(isOfTheStation && outer.kind === (kind?.closed ? CLOSED : OPEN), 'entry.not-allowed-here', where);
  must(kind !== undefined, 'entry.kind-unknown', where);
  must(kind.from !== 'bureau', 'entry.not-allowed-here', where);
  must(fitsKind(kind, entry.body), 'entry.body-invalid', where);
  return entry;
}
