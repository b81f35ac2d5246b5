import {
  duplicatesEntries,
  type DuplicatePair,
  type Ground,
  grounds,
  MOST_PAIRS,
  type OneFile,
} from '../../shared/duplicates.ts';
import type { Db } from '../db/open.ts';
import { projection } from '../journal/projection.ts';

/** What the bureau judged of two files. */
export const duplicatesProjection = projection({
  name: 'duplicates',
  version: 1,
  kinds: duplicatesEntries,
  tables: ['duplicate_judgement'],
  schema: `
    CREATE TABLE duplicate_judgement (
      first TEXT NOT NULL,
      second TEXT NOT NULL,
      stream TEXT NOT NULL,
      seq INTEGER NOT NULL,
      verdict TEXT NOT NULL,
      reason TEXT NOT NULL,
      at TEXT NOT NULL,
      by TEXT NOT NULL,
      PRIMARY KEY (first, second),
      CHECK (first < second)
    ) STRICT, WITHOUT ROWID;
  `,
  prepare: (db) => {
    const judge = db.prepare(
      `INSERT INTO duplicate_judgement (first, second, stream, seq, verdict, reason, at, by)
       VALUES (@first, @second, @stream, @seq, @verdict, @reason, @at, @by)
       ON CONFLICT (first, second) DO UPDATE SET stream = excluded.stream, seq = excluded.seq,
         verdict = excluded.verdict, reason = excluded.reason, at = excluded.at, by = excluded.by
       WHERE (excluded.stream, excluded.seq) > (duplicate_judgement.stream, duplicate_judgement.seq)`,
    );
    return {
      'duplicates.pair-judged': (body, { stream, seq, at, by }) => void judge.run({ ...body, stream, seq, at, by }),
    };
  },
});

/** Files that share a number, or name and birthday, and are compared each with each. */
const FEW = 20;

type Row = {
  readonly grounds: string | null;
  readonly verdict: 'same' | 'different' | null;
  readonly reason: string;
  readonly at: string;
  readonly byName: string | null;
} & { readonly [K in keyof OneFile as `${'first' | 'second'}.${K}`]: OneFile[K] };

export type DuplicatesStore = ReturnType<typeof duplicatesStore>;

/** Reads which files may be one person's, and what was judged of them. */
export function duplicatesStore(db: Db) {
  // Two identity numbers that differ are two people, whatever else agrees. What more than a few share is a stopgap, or
  // planted: each of them makes a pair with one only (`centre`), for all with all would be millions.
  const pairs = db.prepare<{ person: string | null; most: number; few: number }, Row>(
    `WITH by_resident_id AS (
      SELECT resident_id, CASE WHEN count(*) > @few THEN
          (SELECT min(id) FROM person WHERE resident_id = p.resident_id) END AS centre
        FROM person p WHERE resident_id IS NOT NULL GROUP BY resident_id HAVING count(*) > 1),
    by_badge_no AS (
      SELECT badge_no, CASE WHEN count(*) > @few THEN
          (SELECT min(id) FROM person WHERE badge_no = p.badge_no) END AS centre
        FROM person p WHERE badge_no IS NOT NULL GROUP BY badge_no HAVING count(*) > 1),
    by_birth_date AS (
      SELECT name, birth_date, CASE WHEN count(*) > @few THEN
          (SELECT min(id) FROM person WHERE name = p.name AND birth_date = p.birth_date) END AS centre
        FROM person p WHERE birth_date IS NOT NULL GROUP BY name, birth_date HAVING count(*) > 1),
    ground (first, second, ground) AS (
      SELECT a.id, b.id, 'residentId' FROM by_resident_id g
        CROSS JOIN person a ON a.resident_id = g.resident_id AND (g.centre IS NULL OR a.id = g.centre)
        CROSS JOIN person b ON b.resident_id = g.resident_id AND b.id > a.id
      UNION ALL
      SELECT a.id, b.id, 'badgeNo' FROM by_badge_no g
        CROSS JOIN person a ON a.badge_no = g.badge_no AND (g.centre IS NULL OR a.id = g.centre)
        CROSS JOIN person b ON b.badge_no = g.badge_no AND b.id > a.id
      UNION ALL
      SELECT a.id, b.id, 'birthDate' FROM by_birth_date g
        CROSS JOIN person a ON a.name = g.name AND a.birth_date = g.birth_date
          AND (g.centre IS NULL OR a.id = g.centre)
        CROSS JOIN person b ON b.name = g.name AND b.birth_date = g.birth_date AND b.id > a.id
        WHERE a.resident_id IS NULL OR b.resident_id IS NULL OR a.resident_id = b.resident_id
      UNION ALL
      SELECT first, second, NULL FROM duplicate_judgement WHERE verdict <> 'open'),
    pair AS (
      SELECT first, second, group_concat(ground) AS grounds FROM ground
      WHERE @person IS NULL OR first = @person OR second = @person GROUP BY first, second)
     SELECT p.grounds, j.verdict, j.reason, j.at, w.name AS byName,
       a.id AS "first.id", a.name AS "first.name", sa.name AS "first.stationName", a.status AS "first.status",
       a.birth_date AS "first.birthDate", a.badge_no AS "first.badgeNo",
       b.id AS "second.id", b.name AS "second.name", sb.name AS "second.stationName", b.status AS "second.status",
       b.birth_date AS "second.birthDate", b.badge_no AS "second.badgeNo"
     FROM pair p JOIN person a ON a.id = p.first JOIN person b ON b.id = p.second
     LEFT JOIN site sa ON sa.code = a.station LEFT JOIN site sb ON sb.code = b.station
     LEFT JOIN duplicate_judgement j ON j.first = p.first AND j.second = p.second AND j.verdict <> 'open'
     LEFT JOIN account w ON w.id = j.by AND w.stream = j.stream
     ORDER BY j.verdict IS NOT NULL, a.name_pinyin, p.first, p.second LIMIT @most`,
  );
  const known = db.prepare<[string], { id: string }>('SELECT id FROM person WHERE id = ?');
  return {
    /** Of everybody, or of one person. */
    pairs: (person: string | null): DuplicatePair[] => pairs.all({ person, most: MOST_PAIRS, few: FEW }).map(pairOf),
    isKnown: (person: string): boolean => known.get(person) !== undefined,
  };
}

const fileOf = (row: Row, which: 'first' | 'second'): OneFile => ({
  id: row[`${which}.id`],
  name: row[`${which}.name`],
  stationName: row[`${which}.stationName`],
  status: row[`${which}.status`],
  birthDate: row[`${which}.birthDate`],
  badgeNo: row[`${which}.badgeNo`],
});

const groundsOf = (found: string | null): Ground[] => grounds.filter((ground) => found?.split(',').includes(ground));

const pairOf = (row: Row): DuplicatePair => ({
  first: fileOf(row, 'first'),
  second: fileOf(row, 'second'),
  grounds: groundsOf(row.grounds),
  judged: row.verdict && { verdict: row.verdict, reason: row.reason, at: row.at, byName: row.byName },
});
