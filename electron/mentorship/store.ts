import type { z } from 'zod';
import { mentorshipEntries, type PairEvent } from '../../shared/mentorship.ts';
import { graduationResults } from '../../shared/mentorship-tables.ts';
import { ProblemError } from '../../shared/problem.ts';
import type { Db } from '../db/open.ts';
import type { EntryMeta } from '../journal/projection.ts';
import { projection } from '../journal/projection.ts';

/** Pairs and what was signed in them. That mentor and apprentice signed themselves is checked wherever an entry arrives. */
export const mentorshipProjection = projection({
  name: 'mentorship',
  version: 3,
  kinds: mentorshipEntries,
  tables: ['mentor_pair', 'mentor_pair_event', 'mentor_sign_off'],
  schema: `
    CREATE TABLE mentor_pair (
      stream TEXT NOT NULL,
      id TEXT NOT NULL,
      mentor TEXT NOT NULL,
      apprentice TEXT NOT NULL,
      starts_on TEXT NOT NULL,
      ends_on TEXT NOT NULL,
      ended_on TEXT,
      result TEXT,
      agreement TEXT,
      PRIMARY KEY (stream, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX mentor_pair_by_mentor ON mentor_pair (mentor);
    CREATE INDEX mentor_pair_by_apprentice ON mentor_pair (apprentice);
    CREATE TABLE mentor_pair_event (
      stream TEXT NOT NULL,
      seq INTEGER NOT NULL,
      owner TEXT NOT NULL,
      pair TEXT NOT NULL,
      kind TEXT NOT NULL,
      on_day TEXT NOT NULL,
      words TEXT,
      at TEXT NOT NULL,
      by TEXT NOT NULL,
      PRIMARY KEY (stream, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX mentor_pair_event_by_pair ON mentor_pair_event (owner, pair, at);
    CREATE TABLE mentor_sign_off (
      stream TEXT NOT NULL,
      id TEXT NOT NULL,
      pair TEXT NOT NULL,
      from_day TEXT NOT NULL,
      to_day TEXT NOT NULL,
      average REAL NOT NULL,
      facts TEXT NOT NULL,
      signed_at TEXT NOT NULL,
      acknowledged_at TEXT,
      apprentice_comment TEXT,
      mentoring INTEGER,
      seen_at TEXT,
      seen_note TEXT,
      withdrawn INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY (stream, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX mentor_sign_off_by_pair ON mentor_sign_off (stream, pair, from_day);
  `,
  prepare: (db) => ({ ...projectPairs(db), ...projectSignOffs(db) }),
});

type Kinds = typeof mentorshipEntries;
type Body<K extends keyof Kinds> = z.output<Kinds[K]['body']>;

type PairFound = { readonly mentor: string; readonly apprentice: string; readonly endedOn: string | null };
type SignOffFound = {
  readonly pair: string;
  readonly from: string;
  readonly acknowledged: 0 | 1;
  readonly seen: 0 | 1;
  readonly withdrawn: 0 | 1;
};

const pairIn = (db: Db) => {
  const read = db.prepare<[string, string], PairFound>(
    'SELECT mentor, apprentice, ended_on AS endedOn FROM mentor_pair WHERE stream = ? AND id = ?',
  );
  return (stream: string, id: string): PairFound => {
    const pair = read.get(stream, id);
    if (!pair) throw new ProblemError('mentorship.pair-unknown');
    return pair;
  };
};

/** Keeps a line of a pair's course. */
const courseIn = (db: Db) => {
  const insert = db.prepare(
    `INSERT INTO mentor_pair_event (stream, seq, owner, pair, kind, on_day, words, at, by)
     VALUES (@stream, @seq, @owner, @pair, @kind, @on, @words, @at, @by)`,
  );
  return (pair: string, { kind, on, words }: Happening, { stream, seq, owner, at, by }: EntryMeta): void =>
    void insert.run({ pair, kind, on, words, stream, seq, owner, at, by });
};
type Happening = Pick<PairEvent, 'kind' | 'on' | 'words'>;

function projectPairs(db: Db) {
  const pairOf = pairIn(db);
  const note = courseIn(db);
  const form = db.prepare(
    `INSERT INTO mentor_pair (stream, id, mentor, apprentice, starts_on, ends_on, agreement)
     VALUES (@stream, @id, @mentor, @apprentice, @startsOn, @endsOn, @agreement)`,
  );
  const extend = db.prepare('UPDATE mentor_pair SET ends_on = ? WHERE stream = ? AND id = ?');
  const end = db.prepare('UPDATE mentor_pair SET ended_on = ? WHERE stream = ? AND id = ?');
  const examine = db.prepare('UPDATE mentor_pair SET result = ? WHERE stream = ? AND id = ?');
  const mustGoOn = (stream: string, id: string): void => {
    if (pairOf(stream, id).endedOn !== null) throw new ProblemError('mentorship.pair-ended');
  };
  return {
    'mentorship.pair-formed': ({ imported, ...pair }: Body<'mentorship.pair-formed'>, meta: EntryMeta) => {
      form.run({ ...pair, stream: meta.owner });
      note(pair.id, { kind: imported ? 'imported' : 'formed', on: pair.startsOn, words: null }, meta);
    },
    'mentorship.pair-extended': ({ pair, endsOn, reason }: Body<'mentorship.pair-extended'>, meta: EntryMeta) => {
      mustGoOn(meta.owner, pair);
      extend.run(endsOn, meta.owner, pair);
      note(pair, { kind: 'extended', on: endsOn, words: reason }, meta);
    },
    'mentorship.pair-ended': ({ pair, endedOn, reason }: Body<'mentorship.pair-ended'>, meta: EntryMeta) => {
      mustGoOn(meta.owner, pair);
      end.run(endedOn, meta.owner, pair);
      note(pair, { kind: 'ended', on: endedOn, words: reason }, meta);
    },
    'mentorship.examined': ({ pair, on, result, comment }: Body<'mentorship.examined'>, meta: EntryMeta) => {
      mustGoOn(meta.owner, pair);
      examine.run(result, meta.owner, pair);
      if (result !== 'PROLONGED') end.run(on, meta.owner, pair);
      note(pair, { kind: 'examined', on, words: `${graduationResults.labelOf(result)}：${comment}` }, meta);
    },
  };
}

function projectSignOffs(db: Db) {
  const pairOf = pairIn(db);
  const note = courseIn(db);
  // The account as it stood in its own stream when the entry was written.
  const personOf = db.prepare<[string, string], { personId: string | null }>(
    'SELECT person_id AS personId FROM account WHERE stream = ? AND id = ?',
  );
  const insert = db.prepare(
    `INSERT INTO mentor_sign_off (stream, id, pair, from_day, to_day, average, facts, signed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const read = db.prepare<[string, string], SignOffFound>(
    `SELECT pair, from_day AS "from", acknowledged_at IS NOT NULL AS acknowledged, seen_at IS NOT NULL AS seen, withdrawn
     FROM mentor_sign_off WHERE stream = ? AND id = ?`,
  );
  const overlapping = db.prepare<[string, string, string, string], { id: string }>(
    `SELECT id FROM mentor_sign_off WHERE stream = ? AND pair = ? AND withdrawn = 0 AND from_day <= ? AND to_day >= ? LIMIT 1`,
  );
  const withdraw = db.prepare('UPDATE mentor_sign_off SET withdrawn = 1 WHERE stream = ? AND id = ?');
  const acknowledge = db.prepare(
    'UPDATE mentor_sign_off SET acknowledged_at = ?, apprentice_comment = ?, mentoring = ? WHERE stream = ? AND id = ?',
  );
  const see = db.prepare('UPDATE mentor_sign_off SET seen_at = ?, seen_note = ? WHERE stream = ? AND id = ?');

  const signOffOf = (stream: string, id: string): SignOffFound => {
    const found = read.get(stream, id);
    if (!found || found.withdrawn) throw new ProblemError('mentorship.sign-off-unknown');
    return found;
  };
  const mustBe = (who: 'mentor' | 'apprentice', pair: string, { owner, home, by }: EntryMeta): void => {
    if (personOf.get(home, by)?.personId === pairOf(owner, pair)[who]) return;
    throw new ProblemError(who === 'mentor' ? 'mentorship.not-the-mentor' : 'mentorship.not-the-apprentice');
  };

  return {
    'mentorship.signed-off': ({ id, ...facts }: Body<'mentorship.signed-off'>, meta: EntryMeta) => {
      const { owner: stream, at } = meta;
      mustBe('mentor', facts.pair, meta);
      if (pairOf(stream, facts.pair).endedOn !== null) throw new ProblemError('mentorship.pair-ended');
      if (overlapping.get(stream, facts.pair, facts.to, facts.from))
        throw new ProblemError('mentorship.period-overlaps');
      const average = facts.ratings.reduce((sum, { rating }) => sum + rating, 0) / facts.ratings.length;
      insert.run(stream, id, facts.pair, facts.from, facts.to, average, JSON.stringify(facts), at);
    },
    'mentorship.sign-off-withdrawn': ({ signOff, reason }: Body<'mentorship.sign-off-withdrawn'>, meta: EntryMeta) => {
      const stream = meta.owner;
      const { pair, acknowledged, from } = signOffOf(stream, signOff);
      mustBe('mentor', pair, meta);
      if (acknowledged) throw new ProblemError('mentorship.already-acknowledged');
      withdraw.run(stream, signOff);
      note(pair, { kind: 'withdrawn', on: from, words: reason }, meta);
    },
    'mentorship.acknowledged': ({ signOff, comment, mentoring }: Body<'mentorship.acknowledged'>, meta: EntryMeta) => {
      const { owner: stream, at } = meta;
      const { pair, acknowledged } = signOffOf(stream, signOff);
      mustBe('apprentice', pair, meta);
      if (acknowledged) throw new ProblemError('mentorship.already-acknowledged');
      acknowledge.run(at, comment, mentoring, stream, signOff);
    },
    'mentorship.seen': ({ signOff, note }: Body<'mentorship.seen'>, { owner: stream, at }: EntryMeta) => {
      const { acknowledged, seen } = signOffOf(stream, signOff);
      if (!acknowledged) throw new ProblemError('mentorship.not-acknowledged');
      if (seen) throw new ProblemError('mentorship.already-seen');
      see.run(at, note, stream, signOff);
    },
  };
}
