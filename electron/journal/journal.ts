import type { KeyObject } from 'node:crypto';
import { Entry, GENESIS } from '../../shared/entry.ts';
import { type ProblemCode, ProblemError } from '../../shared/problem.ts';
import { signBytes, verifyBytes } from '../crypto/ed25519.ts';
import type { Db } from '../db/open.ts';
import { canonical, sha256, signedBytes, streamParts } from './entry-line.ts';
import { type EntryMeta, type Projection, projectionVersion, projector, resetTables } from './projection.ts';

/** Who writes an entry; without a key only kinds that are no personal act. */
export type Author = { readonly id: string; readonly key: KeyObject | null };
export const SYSTEM: Author = { id: 'system', key: null };

/** Which site this database is. */
export type Self = { readonly site: string; readonly kind: 'station' | 'bureau' };

export type Head = { readonly seq: number; readonly hash: string };

/** What became of one foreign entry. */
export type Applied = 'accepted' | { readonly quarantined: ProblemCode };

/** Appends to one of this site's own streams; `to` names the station where the kind asks for one. */
export type Append = (kind: string, body: unknown, author: Author, to?: string) => Entry & { readonly hash: string };

export type Journal = ReturnType<typeof openJournal>;

/**
 * The one way to change anything: appends an entry and runs its projection in one transaction.
 * `publicKeysOf` gives the keys an account of a site has signed with so far.
 */
export function openJournal(
  db: Db,
  projections: readonly Projection[],
  self: Self,
  clock: () => Date,
  publicKeysOf: (site: string, account: string) => readonly string[],
) {
  rebuildWhenOutdated(db, projections);
  const { kindOf, project } = projector(db, projections);
  const insert = db.prepare<[string, number, string, string, string, Buffer, string]>(
    'INSERT INTO entry (stream, seq, kind, author, at, hash, line) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const lastOf = db.prepare<[string], { seq: number; hash: Buffer }>(
    'SELECT seq, hash FROM entry WHERE stream = ? ORDER BY seq DESC LIMIT 1',
  );
  const hashAt = db.prepare<[string, number], { hash: Buffer }>('SELECT hash FROM entry WHERE stream = ? AND seq = ?');
  const quarantine = db.prepare('INSERT OR REPLACE INTO quarantined (stream, seq, code) VALUES (?, ?, ?)');
  const release = db.prepare('DELETE FROM quarantined WHERE stream = ? AND seq = ?');
  const savepoint = db.prepare('SAVEPOINT one_entry');
  const keep = db.prepare('RELEASE one_entry');
  const undo = db.prepare('ROLLBACK TO one_entry');

  const head = (stream: string): Head => {
    const last = lastOf.get(stream);
    return last ? { seq: last.seq, hash: last.hash.toString('hex') } : { seq: 0, hash: GENESIS };
  };

  const streamFor = (kind: string, to: string | undefined): string => {
    const spec = kindOf(kind);
    if (!spec) throw new Error(`no entry is called ${kind}`);
    if (spec.from !== 'both' && spec.from !== self.kind) throw new Error(`${kind} is not written by a ${self.kind}`);
    if (self.kind === 'station' || spec.goes === 'own') return self.site;
    if (spec.goes === 'common') return `${self.site}/common`;
    if (!to) throw new Error(`${kind} needs the station it is for`);
    return `${self.site}/${to}`;
  };

  const write = (entry: Entry): Entry & { hash: string } => {
    const line = canonical(entry);
    const hash = sha256(line);
    insert.run(entry.stream, entry.seq, entry.kind, entry.by, entry.at, hash, line);
    return { ...entry, hash: hash.toString('hex') };
  };

  /** Appends to this site's own streams; a projection that refuses leaves no entry behind. */
  const append: Append = db.transaction((kind: string, body: unknown, author: Author, to?: string) => {
    const stream = streamFor(kind, to);
    const spec = kindOf(kind);
    const { seq, hash: prev } = head(stream);
    const unsigned: Entry = {
      v: 1,
      stream,
      seq: seq + 1,
      at: clock().toISOString(),
      by: author.id,
      kind,
      body: spec?.body.parse(body) as Entry['body'],
      prev,
    };
    if (spec?.signed && !author.key) throw new ProblemError('journal.unsigned', { kind });
    const sig = spec?.signed && author.key ? signBytes(author.key, signedBytes(unsigned)).toString('base64') : null;
    const entry = write(sig ? { ...unsigned, sig } : unsigned);
    project(kind, entry.body, metaOf(entry, entry.hash, self));
    return entry;
  });

  const verdictOn = (entry: Entry): ProblemCode | null => {
    const spec = kindOf(entry.kind);
    if (!spec) return 'entry.kind-unknown';
    const fromBureau = isFromBureau(entry.stream, self);
    if (spec.from !== 'both' && spec.from !== (fromBureau ? 'bureau' : 'station')) return 'entry.not-allowed-here';
    if (!spec.body.safeParse(entry.body).success) return 'entry.body-invalid';
    if (!spec.signed) return null;
    if (!entry.sig) return 'journal.unsigned';
    const signature = Buffer.from(entry.sig, 'base64');
    const keys = publicKeysOf(streamParts(entry.stream).writer, entry.by);
    return keys.some((key) => verifyBytes(key, signedBytes(entry), signature)) ? null : 'entry.signature-invalid';
  };

  /** Runs the projection so that a refusing one leaves nothing of itself; the entry stays, in quarantine. */
  const settle = (entry: Entry, hash: string, known: ProblemCode | null): Applied => {
    let code = known;
    if (!code) {
      savepoint.run();
      try {
        project(entry.kind, entry.body, metaOf(entry, hash, self));
      } catch (error) {
        undo.run();
        code = refusalCode(error);
      }
      keep.run();
    }
    if (!code) return 'accepted';
    quarantine.run(entry.stream, entry.seq, code);
    return { quarantined: code };
  };

  /**
   * Takes the next entry of a foreign stream, whose line and link the caller has verified. Must run inside a
   * transaction. A bad record is kept and named; only a broken link throws.
   */
  const take = (entry: Entry, line: string, hash: Buffer): Applied => {
    const { seq, hash: prev } = head(entry.stream);
    if (entry.seq !== seq + 1 || entry.prev !== prev)
      throw new ProblemError('journal.chain-broken', { seq: entry.seq });
    insert.run(entry.stream, entry.seq, entry.kind, entry.by, entry.at, hash, line);
    return settle(entry, hash.toString('hex'), verdictOn(entry));
  };

  /** Judges a quarantined entry again, as after an update of the application. */
  const retry: (stream: string, seq: number) => Applied = db.transaction((stream: string, seq: number): Applied => {
    const row = db
      .prepare<[string, number], { line: string; hash: Buffer }>(
        'SELECT line, hash FROM entry WHERE stream = ? AND seq = ?',
      )
      .get(stream, seq);
    if (!row) throw new Error('no such entry');
    const entry = Entry.parse(JSON.parse(row.line));
    release.run(stream, seq);
    return settle(entry, row.hash.toString('hex'), verdictOn(entry));
  });

  return {
    self,
    append,
    take,
    retry,
    head,
    /** Hex hash of the entry there, or null. */
    hashAt: (stream: string, seq: number): string | null => hashAt.get(stream, seq)?.hash.toString('hex') ?? null,
    /** Several entries as one change: all or none. */
    together: <T>(work: () => T): T => db.transaction(work)(),
  };
}

const isFromBureau = (stream: string, self: Self): boolean =>
  stream.includes('/') || (self.kind === 'bureau' && stream === self.site);

/** What the projections learn of an entry beside its body. */
export function metaOf(entry: Pick<Entry, 'stream' | 'seq' | 'at' | 'by'>, hash: string, self: Self): EntryMeta {
  const { writer, branch } = streamParts(entry.stream);
  const fromBureau = isFromBureau(entry.stream, self);
  const station = fromBureau ? (branch === 'common' ? null : branch) : writer;
  return { stream: entry.stream, seq: entry.seq, at: entry.at, by: entry.by, hash, fromBureau, station };
}

const refusalCode = (error: unknown): ProblemCode => {
  if (error instanceof ProblemError) return error.problem.code;
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CONSTRAINT'))
    return 'entry.refused-by-rules';
  throw error;
};

function rebuildWhenOutdated(db: Db, projections: readonly Projection[]): void {
  const stored = db.prepare<[], { value: string }>(`SELECT value FROM meta WHERE name = 'projections'`).get()?.value;
  if (stored !== projectionVersion(projections)) throw new Error('projections are outdated: replay first');
}

/** Whether the tables were made by other projections than today's. */
export const isOutdated = (db: Db, projections: readonly Projection[]): boolean =>
  db.prepare<[], { value: string }>(`SELECT value FROM meta WHERE name = 'projections'`).get()?.value !==
  projectionVersion(projections);

/**
 * Makes every projection anew from the journal, in one transaction. The tables come out the same, byte for byte,
 * whatever stood in them before.
 */
export async function replay(
  db: Db,
  projections: readonly Projection[],
  self: Self,
  progress: (done: number, total: number) => Promise<void>,
): Promise<void> {
  db.exec('BEGIN IMMEDIATE');
  try {
    const former = db.prepare<[], { value: string }>(`SELECT value FROM meta WHERE name = 'projection_tables'`).get();
    resetTables(db, projections, former ? (JSON.parse(former.value) as string[]) : []);
    await projectAll(db, projections, self, progress);
    const remember = db.prepare('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)');
    remember.run('projections', projectionVersion(projections));
    remember.run('projection_tables', JSON.stringify(projections.flatMap(({ tables }) => tables)));
    db.exec('COMMIT');
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}

/** Rows between two looks at the clock and the cancel flag. */
const SLICE = 2_000;

async function projectAll(
  db: Db,
  projections: readonly Projection[],
  self: Self,
  progress: (done: number, total: number) => Promise<void>,
): Promise<void> {
  const { project } = projector(db, projections);
  const total = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM entry').get()?.n ?? 0;
  const page = db.prepare<[number, number], { position: number; hash: Buffer; line: string }>(
    `SELECT position, hash, line FROM entry
     WHERE position > ? AND NOT EXISTS (SELECT 1 FROM quarantined q WHERE q.stream = entry.stream AND q.seq = entry.seq)
     ORDER BY position LIMIT ?`,
  );
  let done = 0;
  for (let after = 0; ;) {
    const rows = page.all(after, SLICE);
    for (const { line, hash } of rows) {
      const entry = JSON.parse(line) as Entry;
      project(entry.kind, entry.body, metaOf(entry, hash.toString('hex'), self));
    }
    const last = rows.at(-1);
    if (!last) return;
    after = last.position;
    done += rows.length;
    await progress(done, total);
  }
}
