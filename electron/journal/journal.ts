import type { KeyObject } from 'node:crypto';
import { CLOSED_ENTRY, Entry, GENESIS } from '../../shared/entry.ts';
import { type Problem, type ProblemCode, ProblemError } from '../../shared/problem.ts';
import { isRecipient } from '../crypto/age-keys.ts';
import { signBytes, verifyBytes } from '../crypto/ed25519.ts';
import type { Db } from '../db/open.ts';
import { inTransaction } from '../db/transaction.ts';
import { canonical, sha256, signedBytes, streamParts } from './entry-line.ts';
import { READ_LIMITS, refuseTooLarge, STATION_LIMITS } from './entry-limits.ts';
import { carriedIn, carryingKind, isCarried } from './carried.ts';
import { isFromBureau, type Self } from './meta.ts';
import { projectAll, refusalCode } from './project-all.ts';
import { type Projection, type Projector, projectionVersion, projector, resetTables } from './projection.ts';

export type { Self } from './meta.ts';

/** Who writes an entry; without a key only kinds that are no personal act. */
export type Author = { readonly id: string; readonly key: KeyObject | null };
export const SYSTEM: Author = { id: 'system', key: null };

export type Head = { readonly seq: number; readonly hash: string };

/** Where an entry stands. */
export type Place = { readonly stream: string; readonly seq: number };
const placeOf = ({ stream, seq }: Place): string => `${stream} ${String(seq)}`;

/** What became of one foreign entry. */
export type Applied = 'accepted' | { readonly quarantined: ProblemCode };

/** Appends to one of this site's own streams; `to` names the station where the kind asks for one. */
export type Append = (kind: string, body: unknown, author: Author, to?: string) => Entry & { readonly hash: string };

export type Journal = ReturnType<typeof openJournal>;

/**
 * The one way to change anything: appends an entry and runs its projection in one transaction.
 * `publicKeysOf` gives the keys an account of a site has signed with so far; `closedBecause` says why nothing may be
 * appended to a stream for now, which stops only what this site writes, never what it takes.
 */
export function openJournal(
  db: Db,
  projections: readonly Projection[],
  self: Self,
  clock: () => Date,
  publicKeysOf: (site: string, account: string) => readonly string[],
  closedBecause: (stream: string) => Problem | null = () => null,
) {
  rebuildWhenOutdated(db, projections);
  const { kindOf, project, line: computers } = projector(db, projections, self);
  const { settle, release, verdictOn } = judging(db, self, { kindOf, line: computers }, publicKeysOf);
  const insert = db.prepare<[string, number, string, string, string, Buffer, string]>(
    'INSERT INTO entry (stream, seq, kind, author, at, hash, line) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const lastOf = db.prepare<[string], { seq: number; hash: Buffer }>(
    'SELECT seq, hash FROM entry WHERE stream = ? ORDER BY seq DESC LIMIT 1',
  );
  const hashAt = db.prepare<[string, number], { hash: Buffer }>('SELECT hash FROM entry WHERE stream = ? AND seq = ?');

  const head = (stream: string): Head => headFrom(lastOf.get(stream));

  const streamFor = (kind: string, to: string | undefined): string => {
    const spec = kindOf(kind);
    if (!spec) throw new Error(`no entry is called ${kind}`);
    if (spec.from !== 'both' && spec.from !== self.kind) throw new Error(`${kind} is not written by a ${self.kind}`);
    if (self.kind === 'station' || spec.goes === 'own') return self.site;
    if (spec.goes === 'common') return `${self.site}/common`;
    if (!to) throw new Error(`${kind} needs the station it is for`);
    return `${self.site}/${computers.computerOf(to)}`;
  };

  const write = (entry: Entry): Entry & { hash: string } => {
    const line = canonical(entry);
    refuseTooLarge(entry, line, self.kind === 'station' ? STATION_LIMITS : READ_LIMITS);
    const hash = sha256(line);
    insert.run(entry.stream, entry.seq, entry.kind, entry.by, entry.at, hash, line);
    // As every later replay reads it, its keys in the order of the line.
    return { ...entry, body: (JSON.parse(line) as Entry).body, hash: hash.toString('hex') };
  };

  /** Appends to this site's own streams; a projection that refuses leaves no entry behind. */
  const append: Append = db.transaction((kind: string, body: unknown, author: Author, to?: string) => {
    const stream = streamFor(kind, to);
    const closed = closedBecause(stream);
    if (closed) throw new ProblemError(closed.code, closed.detail);
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
    project(entry, entry.hash);
    return entry;
  });

  /**
   * Takes the next entry of a foreign stream, whose line and link the caller has verified. Must run inside a
   * transaction. A bad record is kept and named; only a broken link throws.
   */
  const take = (entry: Entry, line: string, hash: Buffer): Applied => {
    const { seq, hash: prev } = head(entry.stream);
    if (entry.seq !== seq + 1 || entry.prev !== prev)
      throw new ProblemError('journal.chain-broken', { seq: entry.seq });
    insert.run(entry.stream, entry.seq, entry.kind, entry.by, entry.at, hash, line);
    return settle(entry, () => {
      project(entry, hash.toString('hex'));
    });
  };

  /**
   * Judges quarantined entries again, as after an update of the application: all tables are made anew, each entry in its
   * place, so that they come out as if it had never waited. Must run inside a transaction. Answers in the order asked.
   * Throws `journal.displaces-others` when an entry taken behind one of them would no longer stand.
   */
  const reconsider = async (
    waiting: readonly Place[],
    progress: (done: number, total: number) => Promise<void>,
  ): Promise<readonly Applied[]> => {
    const verdicts = new Map<string, Applied>(waiting.map((place) => [placeOf(place), 'accepted']));
    waiting.forEach(release);
    resetTables(db, projections);
    await projectAll(db, projections, self, progress, (entry, work) => {
      if (verdicts.has(placeOf(entry))) verdicts.set(placeOf(entry), settle(entry, work));
      else standing(entry, work);
    });
    return [...verdicts.values()];
  };

  return {
    self,
    append,
    take,
    carry: carrying(kindOf, verdictOn, { streamFor, append }),
    reconsider,
    head,
    /** Whether entries of the kind may be appended now. */
    takes: (kind: string, to?: string): boolean => closedBecause(streamFor(kind, to)) === null,
    isConfidential: (kind: string): boolean => kindOf(kind)?.closed === true,
    /** The kind as everybody may read it: a confidential one, or one not known here, is only called so. */
    toldAs: (kind: string): string => (kindOf(kind)?.closed === false ? kind : CLOSED_ENTRY),
    stationOf: computers.stationOf,
    /** Hex hash of the entry there, or null. */
    hashAt: (stream: string, seq: number): string | null => hashAt.get(stream, seq)?.hash.toString('hex') ?? null,
    /** Several entries as one change: all or none. */
    together: <T>(work: () => T): T => db.transaction(work)(),
  };
}

type Carried = NonNullable<ReturnType<typeof carriedIn>>;

const headFrom = (last: { readonly seq: number; readonly hash: Buffer } | undefined): Head =>
  last ? { seq: last.seq, hash: last.hash.toString('hex') } : { seq: 0, hash: GENESIS };

/** The verdict on foreign entries, and the quarantine for those that are kept but not believed. */
function judging(
  db: Db,
  self: Self,
  { kindOf, line }: Pick<Projector, 'kindOf' | 'line'>,
  publicKeysOf: (site: string, account: string) => readonly string[],
) {
  const quarantine = db.prepare('INSERT OR REPLACE INTO quarantined (stream, seq, code) VALUES (?, ?, ?)');
  const letGo = db.prepare('DELETE FROM quarantined WHERE stream = ? AND seq = ?');
  const savepoint = db.prepare('SAVEPOINT one_entry');
  const keep = db.prepare('RELEASE one_entry');
  const undo = db.prepare('ROLLBACK TO one_entry');

  const verdictOn = (entry: Entry): ProblemCode | null => {
    const fault = faultOf(entry, isFromBureau(entry.stream, self));
    if (fault) return fault;
    const carried = carriedIn(entry.kind, entry.body);
    return carried && (faultOfCarrying(entry, carried) ?? faultOf(carried.entry, false));
  };

  const faultOfCarrying = (outer: Entry, { entry, hash }: Carried): ProblemCode | null => {
    if (sha256(canonical(entry)).toString('hex') !== hash) return 'journal.hash-differs';
    const { branch } = streamParts(outer.stream);
    if (branch === null || entry.stream === branch || line.stationOf(entry.stream) !== line.stationOf(branch))
      return 'journal.not-its-stream';
    const isFitting = isCarried(entry.kind) && outer.kind === carryingKind(kindOf(entry.kind)?.closed ?? false);
    return isFitting ? null : 'entry.not-allowed-here';
  };

  const faultOf = (entry: Entry, fromBureau: boolean): ProblemCode | null => {
    const spec = kindOf(entry.kind);
    if (!spec) return 'entry.kind-unknown';
    if (spec.from !== 'both' && spec.from !== (fromBureau ? 'bureau' : 'station')) return 'entry.not-allowed-here';
    const { recipient } = entry.body;
    const isFit = typeof recipient !== 'string' || isRecipient(recipient);
    if (!isFit || !spec.body.safeParse(entry.body).success) return 'entry.body-invalid';
    if (!spec.signed) return null;
    if (!entry.sig) return 'journal.unsigned';
    const signature = Buffer.from(entry.sig, 'base64');
    const keys = publicKeysOf(streamParts(entry.stream).writer, entry.by);
    return keys.some((key) => verifyBytes(key, signedBytes(entry), signature)) ? null : 'entry.signature-invalid';
  };

  /** Runs the projection so that a refusing one leaves nothing of itself; says why it refused. */
  const refusalOf = (work: () => void): ProblemCode | null => {
    savepoint.run();
    try {
      work();
    } catch (error) {
      // A full disk may have made SQLite undo everything itself, the savepoint too.
      if (!db.inTransaction) throw error;
      undo.run();
      keep.run();
      return refusalCode(error);
    }
    keep.run();
    return null;
  };

  /** The verdict on an entry that stands in the journal; a refused one stays, in quarantine. */
  const settle = (entry: Entry, work: () => void): Applied => {
    const code = verdictOn(entry) ?? refusalOf(work);
    if (!code) return 'accepted';
    quarantine.run(entry.stream, entry.seq, code);
    return { quarantined: code };
  };

  return { verdictOn, settle, release: ({ stream, seq }: Place): void => void letGo.run(stream, seq) };
}

/**
 * Files at the bureau what a former computer of a station wrote and its stream cannot take, for the computer `to`. Must
 * run inside a transaction. What would not stand leaves nothing behind.
 */
const carrying =
  (
    kindOf: Projector['kindOf'],
    verdictOn: (entry: Entry) => ProblemCode | null,
    own: { readonly streamFor: (kind: string, to: string) => string; readonly append: Append },
  ) =>
  (entry: Entry, hash: string, to: string): Applied => {
    const kind = carryingKind(kindOf(entry.kind)?.closed ?? false);
    const body = { entry: { ...entry } as Entry['body'], hash };
    const code = verdictOn({ ...entry, stream: own.streamFor(kind, to), kind, body, by: 'system' });
    if (code) return { quarantined: code };
    try {
      own.append(kind, body, SYSTEM, to);
      return 'accepted';
    } catch (error) {
      return { quarantined: refusalCode(error) };
    }
  };

/** An entry taken before must stand also beside those taken now. */
function standing({ stream, seq }: Place, work: () => void): void {
  try {
    work();
  } catch (error) {
    throw new ProblemError('journal.displaces-others', { stream, seq, code: refusalCode(error) });
  }
}

function rebuildWhenOutdated(db: Db, projections: readonly Projection[]): void {
  const stored = db.prepare<[], { value: string }>(`SELECT value FROM meta WHERE name = 'projections'`).get()?.value;
  if (stored !== projectionVersion(projections)) throw new Error('projections are outdated: replay first');
}

/** Whether the tables were made by other projections than today's. */
export const isOutdated = (db: Db, projections: readonly Projection[]): boolean =>
  db.prepare<[], { value: string }>(`SELECT value FROM meta WHERE name = 'projections'`).get()?.value !==
  projectionVersion(projections);

/** From here on the tables count as made by other projections: the next start makes them anew. */
export const outdate = (db: Db): void => void db.prepare(`DELETE FROM meta WHERE name = 'projections'`).run();

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
  await inTransaction(db, async () => {
    emptyTables(db, projections);
    await projectAll(db, projections, self, progress);
  });
}

/** Today's tables with nothing in them, for a transaction that fills them before it ends. */
export function emptyTables(db: Db, projections: readonly Projection[]): void {
  resetTables(db, projections);
  const remember = db.prepare('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)');
  remember.run('projections', projectionVersion(projections));
  remember.run('projection_tables', JSON.stringify(projections.flatMap(({ tables }) => tables)));
}
