import { GENESIS } from '../../shared/entry.ts';
import type { Db } from '../db/open.ts';
import { linkOf, sha256 } from './entry-line.ts';

type Last = { readonly stream: string; readonly seq: number; readonly hash: Buffer; readonly line: string };

/**
 * The first stream whose last entry is not what its hash says, or does not follow the one before it; null where all
 * do. Looks at two entries of each stream, so it costs nothing at a start; `verifyChain` looks at all.
 */
export function brokenHead(db: Db): string | null {
  const lasts = db.prepare<[], Last>(
    `SELECT e.stream, e.seq, e.hash, e.line FROM entry e
     JOIN (SELECT stream, max(seq) AS seq FROM entry GROUP BY stream) last USING (stream, seq) ORDER BY e.stream`,
  );
  const before = db.prepare<[string, number], { hash: Buffer }>('SELECT hash FROM entry WHERE stream = ? AND seq = ?');
  const holds = ({ stream, seq, hash, line }: Last): boolean => {
    const prev = seq === 1 ? GENESIS : before.get(stream, seq - 1)?.hash.toString('hex');
    return sha256(line).equals(hash) && linkOf(line).prev === prev;
  };
  return lasts.all().find((last) => !holds(last))?.stream ?? null;
}
