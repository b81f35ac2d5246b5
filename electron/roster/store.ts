import { policeRanks } from '../../shared/code-tables.ts';
import { measureRule } from '../../shared/discipline-measures.ts';
import { periodsOf, type Weighing } from '../../shared/discipline-rules.ts';
import type { PersonFacts } from '../../shared/person.ts';
import { type PersonRecorded, rosterEntries } from '../../shared/roster.ts';
import type { Db } from '../db/open.ts';
import { type EntryMeta, projection } from '../journal/projection.ts';

/** People's versions, and of each person the one that counts. */
export const rosterProjection = projection({
  name: 'roster',
  version: 5,
  kinds: rosterEntries,
  tables: ['person_version', 'person', 'resident_id_reveal'],
  schema: `
    CREATE TABLE person_version (
      stream TEXT NOT NULL,
      seq INTEGER NOT NULL,
      id TEXT NOT NULL,
      version INTEGER NOT NULL,
      from_bureau INTEGER NOT NULL,
      station TEXT,
      at TEXT NOT NULL,
      by TEXT NOT NULL,
      change TEXT NOT NULL,
      reason TEXT,
      effective_on TEXT,
      moved_to TEXT,
      facts TEXT NOT NULL,
      PRIMARY KEY (stream, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX person_version_by_id ON person_version (id, version);
    CREATE TABLE person (
      id TEXT PRIMARY KEY,
      stream TEXT NOT NULL,
      seq INTEGER NOT NULL,
      version INTEGER NOT NULL,
      from_bureau INTEGER NOT NULL,
      station TEXT,
      name TEXT NOT NULL,
      name_pinyin TEXT NOT NULL,
      name_initials TEXT NOT NULL,
      badge_no TEXT,
      resident_id TEXT,
      sex TEXT NOT NULL,
      birth_date TEXT,
      identity_kind TEXT NOT NULL,
      unit TEXT,
      post TEXT,
      post_start TEXT,
      rank TEXT,
      rank_order INTEGER NOT NULL,
      qualification_level TEXT,
      status TEXT NOT NULL
    ) STRICT;
    CREATE INDEX person_by_pinyin ON person (
      name_pinyin, id, status, identity_kind, rank, qualification_level, post, station, name_initials, rank_order,
      birth_date, post_start);
    CREATE INDEX person_by_name ON person (name, birth_date);
    CREATE INDEX person_by_badge_no ON person (badge_no);
    CREATE INDEX person_by_resident_id ON person (resident_id);
    CREATE INDEX person_by_kind ON person (status, identity_kind, qualification_level, rank, post);
    CREATE INDEX person_by_station ON person (station, status);
    CREATE TABLE resident_id_reveal (
      stream TEXT NOT NULL,
      seq INTEGER NOT NULL,
      person_id TEXT NOT NULL,
      at TEXT NOT NULL,
      by TEXT NOT NULL,
      PRIMARY KEY (stream, seq)
    ) STRICT, WITHOUT ROWID;
  `,
  probe: `
    SELECT p.id FROM (SELECT rowid AS place, id, name, name_pinyin, name_initials FROM person NOT INDEXED
      ORDER BY rowid DESC LIMIT 50) p
    WHERE NOT EXISTS (
      SELECT 1 FROM person i INDEXED BY person_by_pinyin
      WHERE i.name_pinyin = p.name_pinyin AND i.id = p.id AND i.name_initials = p.name_initials)
    OR NOT EXISTS (SELECT 1 FROM person i INDEXED BY person_by_name WHERE i.name = p.name AND i.rowid = p.place)
    LIMIT 1
  `,
  prepare: (db) => {
    const version = db.prepare(
      `INSERT INTO person_version (stream, seq, id, version, from_bureau, station, at, by, change, reason, effective_on,
         moved_to, facts)
       VALUES (@stream, @seq, @id, @version, @fromBureau, @station, @at, @by, @change, @reason, @effectiveOn,
         @movedTo, @facts)`,
    );
    // Whatever order streams arrive in, the greatest of the four stays. Ids are random and a station never learns
    // another's, so no station can outbid another over a person it does not know.
    const person = db.prepare(
      `INSERT INTO person (id, stream, seq, version, from_bureau, station, name, name_pinyin, name_initials, badge_no,
         resident_id, sex, birth_date, identity_kind, unit, post, post_start, rank, rank_order, qualification_level, status)
       VALUES (@id, @stream, @seq, @version, @fromBureau, @station, @name, @pinyin, @initials, @badgeNo,
         @residentId, @sex, @birthDate, @identityKind, @unit, @post, @postStart, @rank, @rankOrder, @qualificationLevel, @status)
       ON CONFLICT (id) DO UPDATE SET stream = excluded.stream, seq = excluded.seq, version = excluded.version,
         from_bureau = excluded.from_bureau, station = excluded.station, name = excluded.name,
         name_pinyin = excluded.name_pinyin, name_initials = excluded.name_initials, badge_no = excluded.badge_no,
         resident_id = excluded.resident_id, sex = excluded.sex, birth_date = excluded.birth_date,
         identity_kind = excluded.identity_kind, unit = excluded.unit, post = excluded.post,
         post_start = excluded.post_start, rank = excluded.rank, rank_order = excluded.rank_order,
         qualification_level = excluded.qualification_level, status = excluded.status
       WHERE (excluded.version, excluded.from_bureau, excluded.stream, excluded.seq)
         > (person.version, person.from_bureau, person.stream, person.seq)`,
    );
    const reveal = db.prepare(
      'INSERT INTO resident_id_reveal (stream, seq, person_id, at, by) VALUES (@stream, @seq, @personId, @at, @by)',
    );

    const record = ({ person: recorded, movedTo = null, ...how }: Recorded, meta: EntryMeta): void => {
      const { id, version: number, ...facts } = recorded;
      const { stream, seq, at, by, station } = meta;
      const origin = { id, stream, seq, version: number, fromBureau: meta.fromBureau ? 1 : 0, station };
      version.run({ ...origin, ...how, at, by, movedTo, facts: JSON.stringify(facts) });
      person.run({ ...facts, ...origin, ...searchable(facts), rankOrder: rankOrder(facts.rank) });
    };
    return {
      'roster.person-recorded': record,
      'roster.bureau-person-recorded': record,
      'roster.resident-id-revealed': ({ personId }, { stream, seq, at, by }) =>
        void reveal.run({ stream, seq, personId, at, by }),
    };
  },
});

type Recorded = Omit<PersonRecorded, 'movedTo'> & { readonly movedTo?: string | null | undefined };

/** `liuzixuan` and `lzx`. */
const searchable = ({ namePinyin }: PersonFacts): { pinyin: string; initials: string } => {
  const syllables = namePinyin.split(' ');
  return { pinyin: syllables.join(''), initials: syllables.map((syllable) => syllable[0]).join('') };
};

/** Highest rank first; those without one last. */
const rankOrder = (rank: PersonFacts['rank']): number => {
  const place = policeRanks.entries.findIndex(({ key }) => key === rank);
  return place < 0 ? policeRanks.entries.length : place;
};

export type PersonRecord = {
  readonly id: string;
  readonly version: number;
  readonly station: string | null;
  readonly stationName: string | null;
  readonly facts: PersonFacts;
};

export type VersionRecord = {
  readonly version: number;
  readonly change: PersonRecorded['change'];
  readonly reason: string | null;
  readonly effectiveOn: string | null;
  readonly movedTo: string | null;
  readonly at: string;
  readonly byName: string | null;
  readonly fromBureau: 0 | 1;
  readonly facts: PersonFacts;
};

type WithFacts<T> = Omit<T, 'facts'> & { readonly facts: string };
const parsed = <T extends { readonly facts: PersonFacts }>(row: WithFacts<T>): T =>
  // The facts were checked against their schema when the entry was written or taken.
  ({ ...row, facts: JSON.parse(row.facts) as PersonFacts }) as unknown as T;

const recordColumns = `p.id, p.version, p.station, s.name AS stationName, v.facts
  FROM person p JOIN person_version v ON v.stream = p.stream AND v.seq = p.seq LEFT JOIN site s ON s.code = p.station`;

export type RosterStore = ReturnType<typeof rosterStore>;

/** Reads people one by one; lists are in `person-list.ts`. */
export function rosterStore(db: Db) {
  const one = db.prepare<[string], WithFacts<PersonRecord>>(`SELECT ${recordColumns} WHERE p.id = ?`);
  const ofStation = db.prepare<[string | null], WithFacts<PersonRecord>>(
    `SELECT ${recordColumns} WHERE p.station IS ? ORDER BY p.id`,
  );
  const versions = db.prepare<[string], WithFacts<VersionRecord>>(
    `SELECT v.version, v.change, v.reason, v.effective_on AS effectiveOn, v.moved_to AS movedTo, v.at, v.from_bureau AS fromBureau, v.facts,
       coalesce(a.name, (SELECT g.name FROM signer g
         WHERE g.account_id = v.by AND g.site = substr(v.stream, 1, instr(v.stream || '/', '/') - 1))) AS byName
     FROM person_version v LEFT JOIN account a ON a.id = v.by AND a.stream = v.stream
     WHERE v.id = ? ORDER BY v.version, v.from_bureau, v.stream, v.seq`,
  );
  const taken = db.prepare<{ station: string | null; not: string | null; value: string }, { id: string }>(
    `SELECT id FROM person WHERE resident_id = @value AND station IS @station AND id IS NOT @not
       AND status IN ('ON_DUTY', 'SECONDED', 'OFF_POST') ORDER BY id LIMIT 1`,
  );
  const badgeTaken = db.prepare<{ not: string | null; value: string }, { id: string }>(
    `SELECT id FROM person WHERE badge_no = @value AND id IS NOT @not
       AND status IN ('ON_DUTY', 'SECONDED', 'OFF_POST') ORDER BY id LIMIT 1`,
  );
  const namesake = db.prepare<{ station: string | null; name: string }, { id: string }>(
    `SELECT id FROM person WHERE name = @name AND station IS @station
       AND status IN ('ON_DUTY', 'SECONDED', 'OFF_POST') ORDER BY id LIMIT 1`,
  );

  const held = db.prepare<{ person: string; asking: string | null }, { since: string | null }>(
    `SELECT min(f.since) AS since FROM frozen_person f
     WHERE f.person = @person AND NOT EXISTS (SELECT 1 FROM incident_concerned c
       WHERE c.station = f.station AND c.incident = f.incident AND c.person = @asking)`,
  );

  const sanctions = db.prepare<
    { person: string; asking: string | null },
    Omit<Weighing, 'revoked'> & { readonly revoked: 0 | 1 }
  >(`
    SELECT d.id, d.measure, d.decided_on AS decidedOn, d.starts_on AS startsOn, d.days, d.months,
      EXISTS (SELECT 1 FROM appeal_answer a
        WHERE a.station = d.station AND a.decision = d.id AND a.outcome = 'revoked') AS revoked
    FROM incident_decision d
    WHERE d.person = @person AND NOT EXISTS (SELECT 1 FROM incident_concerned c
      WHERE c.station = d.station AND c.incident = d.incident AND c.person = @asking)
    ORDER BY d.decided_on, d.id LIMIT 1000`);

  return {
    person: (id: string): PersonRecord | null => {
      const row = one.get(id);
      return row ? parsed<PersonRecord>(row) : null;
    },
    /** Everybody ever recorded for a station, or (null) for the bureau itself. */
    peopleOf: (station: string | null): PersonRecord[] =>
      ofStation.all(station).map((row) => parsed<PersonRecord>(row)),
    versionsOf: (id: string): VersionRecord[] => versions.all(id).map((row) => parsed<VersionRecord>(row)),
    /** Another person on the same strength with this identity number. */
    withResidentId: (value: string, station: string | null, not: string | null): string | null =>
      taken.get({ value, station, not })?.id ?? null,
    withBadgeNo: (value: string, not: string | null): string | null => badgeTaken.get({ value, not })?.id ?? null,
    /** The day since which an open case (立案) holds the person; null also for a case the asking person is concerned in. */
    heldSince: (person: string, asking: string | null): string | null => held.get({ person, asking })?.since ?? null,
    /** The last day of the sanction's period (处分期) that runs on the day; known to whom the case before it was. */
    sanctionedUntil(person: string, asking: string | null, day: string): string | null {
      const weighing = sanctions.all({ person, asking }).map((row) => ({ ...row, revoked: row.revoked === 1 }));
      const periods = periodsOf(weighing.filter(({ measure }) => measureRule(measure).track === 'sanction'));
      const running = [...periods.values()].filter(({ from, until }) => from <= day && day <= until);
      return (
        running
          .map(({ until }) => until)
          .sort()
          .at(-1) ?? null
      );
    },
    namesakeOf: (name: string, station: string | null): string | null => namesake.get({ name, station })?.id ?? null,
  };
}
