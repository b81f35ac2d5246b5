import type { Db } from '../../electron/db/open.ts';
import { canonical, sha256 } from '../../electron/journal/entry-line.ts';
import { type Entry, GENESIS } from '../../shared/entry.ts';
import { withDatabase } from './damage.ts';
import type { TestSite } from './site.ts';

/** Closes the site for the work; whoever is named is signed in afterwards. */
export async function behind(site: TestSite, loginName: string, work: (db: Db) => void): Promise<void> {
  await site.core.shutdown();
  await withDatabase(site.dir, work, loginName);
  await site.signIn(loginName);
}

/** Appends an entry to a stream as another version of the application might have; its number. */
export function foreignEntry(db: Db, stream: string, { kind, body }: Pick<Entry, 'kind' | 'body'>): number {
  const last = db
    .prepare<[string], { seq: number; hash: Buffer }>(
      'SELECT seq, hash FROM entry WHERE stream = ? ORDER BY seq DESC LIMIT 1',
    )
    .get(stream);
  const seq = (last?.seq ?? 0) + 1;
  const prev = last?.hash.toString('hex') ?? GENESIS;
  const entry: Entry = { v: 1, stream, seq, at: '2026-11-24T01:00:00.000Z', by: 'system', kind, body, prev };
  const line = canonical(entry);
  db.prepare('INSERT INTO entry (stream, seq, kind, author, at, hash, line) VALUES (?, ?, ?, ?, ?, ?, ?)').run(
    ...[stream, seq, kind, entry.by, entry.at, sha256(line), line],
  );
  return seq;
}
