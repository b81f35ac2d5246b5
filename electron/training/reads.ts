import type { AttendanceState, CourseKind, TrainingMethod } from '../../shared/training-tables.ts';
import { defaultCourses } from '../../shared/training-tables.ts';
import type { PersonFacts } from '../../shared/person.ts';
import { identityKinds } from '../../shared/code-tables.ts';
import type { Attendance, Course, Session } from '../../shared/training.ts';
import { defaultNorm } from '../../shared/training-rules.ts';
import type { Db } from '../db/open.ts';

type SessionListRow = {
  readonly id: string;
  readonly station: string;
  readonly stationName: string;
  readonly title: string;
  readonly kind: CourseKind;
  readonly method: TrainingMethod;
  readonly heldOn: string;
  readonly hours: number;
  readonly place: string | null;
  readonly instructor: string | null;
  readonly expected: number;
  readonly present: number;
  readonly scans: number;
};
type OneSession = {
  readonly stream: string;
  readonly facts: string;
  readonly withdrawn: 0 | 1;
  readonly instructor: string | null;
  readonly recordedAt: string;
  readonly recordedBy: string | null;
  readonly reason: string | null;
};
type HoursRow = {
  readonly personId: string;
  readonly name: string;
  readonly stationName: string | null;
  readonly identityKind: PersonFacts['identityKind'];
  readonly hours: number;
  readonly practiceHours: number;
  readonly sessions: number;
  readonly absences: number;
  readonly failed: number;
};
type OfPerson = {
  readonly id: string;
  readonly title: string;
  readonly heldOn: string;
  readonly hours: number;
  readonly state: AttendanceState;
  readonly reason: string | null;
  readonly result: string;
};
type NormRow = { readonly identityKind: string; readonly days: number; readonly fromBureau: 0 | 1 };
export type NormOf = {
  readonly identityKind: PersonFacts['identityKind'];
  readonly days: number;
  readonly setBy: 'default' | 'station' | 'bureau';
};

export type TrainingReads = ReturnType<typeof trainingReads>;

/** Reads sessions, hours, courses and norms, as one site sees them; `self` is the code its records are kept under. */
export const trainingReads = (db: Db, self: string) => ({
  ...sessionReads(db),
  ...hourReads(db),
  ...ruleReads(db, self),
});

function sessionReads(db: Db) {
  const list = db.prepare<
    [{ from: string; to: string; station: string | null; person: string | null }],
    SessionListRow
  >(`
    SELECT t.id, t.stream AS station, coalesce(s.name, t.stream) AS stationName, t.title, t.kind, t.method,
      t.held_on AS heldOn, t.hours, t.place, coalesce(i.name, t.instructor_name) AS instructor, t.expected, t.present, t.scans
    FROM training_session t LEFT JOIN site s ON s.code = t.stream LEFT JOIN person i ON i.id = t.instructor_id
    WHERE t.held_on BETWEEN @from AND @to AND t.withdrawn = 0 AND (@station IS NULL OR t.stream = @station)
      AND (@person IS NULL OR EXISTS (SELECT 1 FROM training_attendance a
        WHERE a.stream = t.stream AND a.session_id = t.id AND a.person_id = @person))
    ORDER BY t.held_on DESC, t.title, t.id LIMIT 5000`);
  const one = db.prepare<[string], OneSession>(`
    SELECT t.stream, t.facts, t.withdrawn, coalesce(i.name, t.instructor_name) AS instructor,
      t.recorded_at AS recordedAt, 
      (SELECT g.name FROM signer g WHERE g.account_id = t.recorded_by LIMIT 1) AS recordedBy, t.reason
    FROM training_session t LEFT JOIN person i ON i.id = t.instructor_id
    WHERE t.id = ? ORDER BY t.stream LIMIT 1`);
  const names = db.prepare<[string, string], { personId: string; name: string }>(`
    SELECT a.person_id AS personId, coalesce(p.name, '') AS name
    FROM training_attendance a LEFT JOIN person p ON p.id = a.person_id
    WHERE a.stream = ? AND a.session_id = ? ORDER BY p.name_pinyin, a.person_id LIMIT 500`);
  const sameDay = db.prepare<[string, string, string], { id: string; facts: string }>(`
    SELECT id, facts FROM training_session
    WHERE stream = ? AND held_on = ? AND title = ? AND withdrawn = 0 ORDER BY id LIMIT 20`);
  const last = db.prepare<[], { heldOn: string | null }>(
    'SELECT max(held_on) AS heldOn FROM training_session WHERE withdrawn = 0',
  );

  return {
    sessions: (asked: { from: string; to: string; station: string | null; person: string | null }) => list.all(asked),
    session(id: string) {
      const row = one.get(id);
      if (!row) return null;
      // As the projection wrote it from a checked entry.
      return { ...row, session: JSON.parse(row.facts) as Session, people: names.all(row.stream, id) };
    },
    /** Sessions of that title on that day. */
    sameDay: (stream: string, heldOn: string, title: string): Session[] =>
      sameDay.all(stream, heldOn, title).map(({ facts }) => JSON.parse(facts) as Session),
    lastHeldOn: (): string | null => last.get()?.heldOn ?? null,
  };
}

function hourReads(db: Db) {
  const hours = db.prepare<[{ from: string; to: string; station: string | null; person: string | null }], HoursRow>(`
    SELECT p.id AS personId, p.name, s.name AS stationName, p.identity_kind AS identityKind,
      coalesce(sum(a.hours), 0) AS hours, coalesce(sum(a.hours * a.is_practice), 0) AS practiceHours,
      count(CASE WHEN a.state IN ('PRESENT', 'LATE') THEN 1 END) AS sessions,
      count(CASE WHEN a.state = 'ABSENT' THEN 1 END) AS absences,
      count(CASE WHEN a.result = 'FAILED' OR (a.result GLOB '[0-9]*' AND CAST(a.result AS REAL) < 60) THEN 1 END) AS failed
    FROM person p LEFT JOIN training_attendance a ON a.person_id = p.id AND a.held_on BETWEEN @from AND @to
      LEFT JOIN site s ON s.code = p.station
    WHERE p.status IN ('ON_DUTY', 'SECONDED') AND (@station IS NULL OR p.station = @station)
      AND (@person IS NULL OR p.id = @person)
    GROUP BY p.id ORDER BY hours, p.name_pinyin, p.id LIMIT 5000`);
  const ofPerson = db.prepare<[string], OfPerson>(`
    SELECT t.id, t.title, a.held_on AS heldOn, a.hours, a.state, a.reason, a.result
    FROM training_attendance a JOIN training_session t ON t.stream = a.stream AND t.id = a.session_id
    WHERE a.person_id = ? ORDER BY a.held_on DESC, t.id LIMIT 2000`);

  return {
    hours: (year: number, station: string | null, person: string | null): HoursRow[] =>
      hours.all({ from: `${String(year)}-01-01`, to: `${String(year)}-12-31`, station, person }),
    recordOf: (personId: string) => ofPerson.all(personId).map((row) => ({ ...row, result: resultOf(row.result) })),
  };
}

/** The words stay words, scores become numbers again. */
const resultOf = (stored: string): Attendance['result'] =>
  stored === 'NOT_ASSESSED' || stored === 'PASSED' || stored === 'FAILED' ? stored : Number(stored);

function ruleReads(db: Db, self: string) {
  // A station holds its own and the bureau's; the bureau's stands before the station's of the same code.
  const courses = db.prepare<[string], { facts: string }>(`
    SELECT facts FROM training_course WHERE stream = ? OR stream LIKE '%/common'
    ORDER BY stream LIKE '%/common', code LIMIT 2000`);
  const norms = db.prepare<[string, number], NormRow>(`
    SELECT identity_kind AS identityKind, days, from_bureau AS fromBureau FROM training_norm
    WHERE (stream = ? OR stream LIKE '%/common') AND from_year <= ? ORDER BY from_bureau, from_year LIMIT 1000`);

  return {
    courses(): Course[] {
      const byCode = new Map<string, Course>(
        defaultCourses.map((course) => [course.code, { ...course, areas: [...course.areas], retired: false }]),
      );
      for (const { facts } of courses.all(self)) {
        const course = JSON.parse(facts) as Course;
        byCode.set(course.code, course);
      }
      return [...byCode.values()].sort((a, b) => a.code.localeCompare(b.code));
    },
    /** What counts for a year: the bureau's word, else the station's, else the default. */
    norms(year: number): NormOf[] {
      const set = new Map<string, NormRow>(norms.all(self, year).map((row) => [row.identityKind, row]));
      return identityKinds.entries.map(({ key }) => {
        const row = set.get(key);
        if (!row) return { identityKind: key, days: defaultNorm(key).days, setBy: 'default' };
        return { identityKind: key, days: row.days, setBy: row.fromBureau ? 'bureau' : 'station' };
      });
    },
  };
}
