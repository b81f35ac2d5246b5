import { copyFile, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type ProblemCode, ProblemError, orThrow } from '../shared/problem.ts';
import { copyOf, finishReplacement, replaceDatabase } from './backup/replace.ts';
import { backupsIn, contentsOf, holds, isProven, isSuperseded, type SiteFiles, writeSet } from './backup/set.ts';
import { type FileMark, isSameMark, keepDigest, markAsKept, markOf } from './db/file-mark.ts';
import { copyLasting, damageOf } from './db/health.ts';
import { migrate, pending } from './db/migrate.ts';
import { migrations } from './db/migrations/index.ts';
import { type Db, openDatabase } from './db/open.ts';
import { inTransaction } from './db/transaction.ts';
import { type JobControl, unwatched } from './ipc/handlers.ts';
import { brokenHead } from './journal/heads.ts';
import {
  emptyTables,
  isOutdated,
  type Journal,
  openJournal,
  outdate,
  type Place,
  replay,
  type Self,
  SYSTEM,
} from './journal/journal.ts';
import { type Projection, replacedTables, searchesSee } from './journal/projection.ts';
import { downStreams } from './handoff/down-streams.ts';
import { siteStore } from './site/store.ts';

/** Where a site lies, and what its tables are made by. */
export type Opening = {
  readonly files: SiteFiles;
  /** The backups beside the database. */
  readonly backups: string;
  readonly appVersion: string;
  readonly clock: () => Date;
  readonly projections: readonly Projection[];
  /** The database as the process before this one closed it; null at the application's start. */
  readonly left: FileMark | null;
};

/** What is wrong with a database: a code that stops the start, or tables that are simply made anew. */
type Finding = ProblemCode | 'tables' | null;

export type Opener = ReturnType<typeof opener>;

/** Opens a site's database: looks at it first, keeps a copy before it changes anything, names what it cannot mend. */
export function opener({ files, backups, appVersion, clock, projections, left }: Opening) {
  const { database } = files;
  let mark = left;
  // Read while somebody types his password; what cannot be read is looked at page by page, which names it.
  const kept = left ? null : markAsKept(database).catch(() => null);
  let keeping: Promise<void> = Promise.resolve();
  const now = (): string => clock().toISOString();

  /** Whether it is as whole and as far as it was when it was last copied. */
  const look = async (db: Db, isAsLeft: boolean, dataKey: Uint8Array): Promise<Finding> => {
    // Each page has its code and is checked by it whenever it is read; a file that nobody has changed needs no reading.
    const damage = isAsLeft ? null : damageOf(db, replacedTables(db, projections));
    if (damage === 'journal' || brokenHead(db) !== null) return 'database.damaged';
    const sets = (await backupsIn(backups)).filter((set) => !isSuperseded(set));
    // A backup that is not what it says it is proves nothing against the database.
    if (sets.some((set) => !holds(db, set.manifest) && isProven(set, dataKey))) return 'database.behind-backup';
    if (damage === 'tables') return damage;
    return isOutdated(db, projections) || searchesSee(db, projections) ? null : 'tables';
  };

  /** Who the site is, and tables that fit today's projections. */
  const prepare = async (db: Db, founding: Self | null, job: JobControl = unwatched): Promise<Self> => {
    migrate(db, migrations);
    const remember = db.prepare('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)');
    if (founding) remember.run('self', JSON.stringify(founding));
    const stored = db.prepare<[], { value: string }>(`SELECT value FROM meta WHERE name = 'self'`).get();
    if (!stored) throw new ProblemError('database.damaged');
    const self = JSON.parse(stored.value) as Self;
    if (isOutdated(db, projections)) {
      const told = (done: number, total: number): Promise<void> => job.progress('backup.rebuilding', done, total);
      if (!(await takeLate(db, self, told))) await replay(db, projections, self, told);
    }
    return self;
  };

  /**
   * What a station's former application could not read of the bureau's entries, and of its own former computers', counts
   * from the update that can; a bureau's people judge that themselves. Answers whether it made the tables: all of it
   * waits on where one would displace others.
   */
  const takeLate = async (
    db: Db,
    self: Self,
    told: (done: number, total: number) => Promise<void>,
  ): Promise<boolean> => {
    if (self.kind === 'bureau') return false;
    const waiting = db.prepare<[], Place>('SELECT stream, seq FROM quarantined ORDER BY stream, seq').all();
    if (waiting.length === 0) return false;
    try {
      await inTransaction(db, async () => {
        emptyTables(db, projections);
        await journalOn(db, self).reconsider(waiting, told);
      });
      return true;
    } catch (error) {
      if (error instanceof ProblemError && error.problem.code === 'journal.displaces-others') return false;
      throw error;
    }
  };

  const journalOn = (db: Db, self: Self): Journal =>
    openJournal(
      ...([db, projections, self, clock, siteStore(db, self.site).publicKeysOf] as const),
      downStreams(db, self).closedBecause,
    );

  /** A database that is not in its place yet: made ready, changed by the work, and left as one whole file. */
  const fill = async <T>(
    path: string,
    dataKey: Uint8Array,
    founding: Self | null,
    work: (journal: Journal, db: Db) => Promise<T>,
    job: JobControl,
  ): Promise<T> => {
    const db = openDatabase(path, dataKey, 'write');
    try {
      const journal = journalOn(db, await prepare(db, founding, job));
      const result = await inTransaction(db, () => work(journal, db));
      db.pragma('wal_checkpoint(TRUNCATE)');
      return result;
    } finally {
      db.close();
    }
  };

  /** Everything but the journal's own tables is made anew from the journal, in a new file; the damaged one is kept. */
  const rebuild = (dataKey: Uint8Array, job: JobControl): Promise<unknown> =>
    replaceDatabase(database, clock(), async (fresh) => {
      const copy = copyOf(database);
      for (const suffix of ['', '-wal'])
        if (existsSync(database + suffix)) await copyFile(database + suffix, copy + suffix);
      const db = openDatabase(copy, dataKey, 'write');
      try {
        const replaceable = replacedTables(db, projections);
        outdate(db);
        copyLasting(db, replaceable, fresh);
      } finally {
        db.close();
        for (const suffix of ['', '-wal', '-shm']) await rm(copy + suffix, { force: true });
      }
      const tell = async (journal: Journal, filled: Db): Promise<void> =>
        void journal.append('backup.tables-rebuilt', { entries: contentsOf(filled).entries }, SYSTEM);
      await fill(fresh, dataKey, null, tell, job);
    });

  /** A copy as it was, and then the tables of today; a fault on the way leaves the file as it was. */
  const upgrade = async (db: Db, dataKey: Uint8Array, job: JobControl): Promise<Self> => {
    if (pending(db, migrations) > 0 || isOutdated(db, projections)) {
      const self = db.prepare<[], { value: string }>(`SELECT value FROM meta WHERE name = 'self'`).get();
      if (!self) throw new ProblemError('database.damaged');
      const about = { site: (JSON.parse(self.value) as Self).site, at: now(), appVersion };
      const folder = join(backups, now().replaceAll(':', '-'));
      orThrow(await writeSet({ db, files, folder, dataKey, about, withAttachments: false, job }));
    }
    try {
      return await prepare(db, null, job);
    } catch (error) {
      if (error instanceof ProblemError) throw error;
      throw new ProblemError('database.upgrade-failed', undefined, { cause: error });
    }
  };

  /** Ends what a power cut broke off, then looks. */
  const examined = async (dataKey: Uint8Array): Promise<Finding> => {
    await finishReplacement(database, clock());
    if (!existsSync(database)) return 'database.damaged';
    const isAsLeft = isSameMark(mark ?? (await kept), markOf(database));
    const db = openDatabase(database, dataKey, 'write');
    try {
      return await look(db, isAsLeft, dataKey);
    } finally {
      db.close();
    }
  };

  return {
    left: (): FileMark | null => mark,
    /** A database of which nothing has been read back yet was written whole just now. */
    made(): void {
      mark = markOf(database);
    },
    /** Closes the site's connections, and remembers the file as it was left. */
    close({ reader, db }: { readonly reader: Db; readonly db: Db }): void {
      reader.close();
      db.close();
      mark = markOf(database);
      // Without it the next start reads every page, and loses nothing but time.
      keeping = keeping.then(() => keepDigest(database)).catch(() => undefined);
    },
    /** Ends when what the next start goes by has been kept. */
    settled: (): Promise<void> => keeping,
    prepare,
    journalOn,
    fill,
    /** Whether a start would find nothing to stop it. */
    isSound: async (dataKey: Uint8Array): Promise<boolean> => {
      try {
        const finding = await examined(dataKey);
        return finding === null || finding === 'tables';
      } catch (error) {
        if (error instanceof ProblemError) return false;
        throw error;
      }
    },
    /** `database.damaged`, `database.behind-backup`, `database.too-new`, `database.upgrade-failed`: never in silence. */
    async open(
      dataKey: Uint8Array,
      job: JobControl,
    ): Promise<{ readonly db: Db; readonly self: Self; readonly journal: Journal }> {
      const finding = await examined(dataKey);
      if (finding === 'tables') await rebuild(dataKey, job);
      else if (finding !== null) throw new ProblemError(finding);
      const db = openDatabase(database, dataKey, 'write');
      try {
        const self = await upgrade(db, dataKey, job);
        return { db, self, journal: journalOn(db, self) };
      } catch (error) {
        db.close();
        throw error;
      }
    },
  };
}
