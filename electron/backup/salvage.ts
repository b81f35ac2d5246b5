import { Entry, GENESIS } from '../../shared/entry.ts';
import type { JobControl } from '../ipc/handlers.ts';
import type { Head, Journal, Self } from '../journal/journal.ts';
import { type Db, openDatabase } from '../db/open.ts';
import { type Secret, secretsOf } from '../db/secrets.ts';
import { sha256 } from '../journal/entry-line.ts';

type Row = { readonly stream: string; readonly seq: number; readonly line: string };
type Linked = { readonly entry: Entry; readonly line: string; readonly hash: Buffer };

/** Rows after which others get a turn. */
const STRETCH = 100;

/** A database that may be damaged, and the key to it. */
export type Damaged = { readonly path: string; readonly dataKey: Uint8Array };

/** What a database holds beside its entries that nothing else can give back: who the site is, and its keys. */
export type Remains = { readonly self: Self; readonly secrets: readonly Secret[]; readonly entries: number };

/**
 * Takes over what a damaged database still holds beyond the journal: each stream goes on as far as entries can be read
 * and link on. Reads the damaged file only. Returns how many came along.
 */
export const salvage = (damaged: Damaged, journal: Journal, job: JobControl): Promise<number> =>
  reading(damaged, 0, async (db) => {
    let taken = 0;
    for await (const { entry, line, hash } of linked(db, journal.head, job)) {
      journal.take(entry, line, hash);
      taken += 1;
    }
    return taken;
  });

/** What could be made a database of without any backup; null where the site's own keys cannot be read. */
export const remainsOf = (damaged: Damaged, job: JobControl): Promise<Remains | null> =>
  reading<Remains | null>(damaged, null, async (db) => {
    const lasting = lastingOf(db);
    return lasting && { ...lasting, entries: await countLinked(db, job) };
  });

function lastingOf(db: Db): Omit<Remains, 'entries'> | null {
  try {
    const self = db.prepare<[], { value: string }>(`SELECT value FROM meta WHERE name = 'self'`).get();
    const secrets = secretsOf(db).all();
    if (!self || secrets.length === 0) return null;
    return { self: JSON.parse(self.value) as Self, secrets };
  } catch {
    // One of the two tables is among what cannot be read.
    return null;
  }
}

async function reading<T>({ path, dataKey }: Damaged, otherwise: T, work: (db: Db) => Promise<T>): Promise<T> {
  let db: Db;
  try {
    db = openDatabase(path, dataKey, 'read');
  } catch {
    // Nothing of it can be read: there is nothing to take over.
    return otherwise;
  }
  try {
    return await work(db);
  } finally {
    db.close();
  }
}

async function countLinked(db: Db, job: JobControl): Promise<number> {
  const heads = new Map<string, Head>();
  let count = 0;
  const head = (stream: string): Head => heads.get(stream) ?? { seq: 0, hash: GENESIS };
  for await (const { entry, hash } of linked(db, head, job)) {
    heads.set(entry.stream, { seq: entry.seq, hash: hash.toString('hex') });
    count += 1;
  }
  return count;
}

/** Entries in the order they were written; those that do not link on to `head` are no longer what was written. */
async function* linked(db: Db, head: (stream: string) => Head, job: JobControl): AsyncGenerator<Linked> {
  for await (const { stream, seq, line } of readable(db, job)) {
    const last = head(stream);
    if (seq !== last.seq + 1) continue;
    const entry = Entry.safeParse(parsed(line));
    if (!entry.success || entry.data.prev !== last.hash || entry.data.seq !== seq) continue;
    yield { entry: entry.data, line, hash: sha256(line) };
  }
}

/** Rows in their order; unreadable pages end a stretch, and reading goes on behind them. */
async function* readable(db: Db, job: JobControl): AsyncGenerator<Row> {
  if (!db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'entry'`).get()) return;
  const positions = bounds(db);
  const total = positions.last - positions.first + 1;
  const read = db.prepare<[number], Row>('SELECT stream, seq, line FROM entry WHERE position = ?');
  for (let done = 0; done < total; done += 1) {
    const row = unlessGone(() => read.get(positions.first + done));
    if (row) yield row;
    if ((done + 1) % STRETCH === 0 || done + 1 === total) await job.progress('backup.reading', done + 1, total);
  }
}

/** Undefined where the page is gone; the next may not be. */
function unlessGone(read: () => Row | undefined): Row | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function bounds(db: Db): { first: number; last: number } {
  try {
    const found = db
      .prepare<[], { first: number | null; last: number | null }>(
        'SELECT min(position) AS first, max(position) AS last FROM entry',
      )
      .get();
    return { first: found?.first ?? 1, last: found?.last ?? 0 };
  } catch {
    // The table itself cannot be read.
    return { first: 1, last: 0 };
  }
}

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    // A line that reads as nothing is damaged, which its missing link says.
    return null;
  }
};
