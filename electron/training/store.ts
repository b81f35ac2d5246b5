import { ProblemError } from '../../shared/problem.ts';
import { type Attendance, type Session, trainingEntries } from '../../shared/training.ts';
import { hoursGained } from '../../shared/training-rules.ts';
import { projection } from '../journal/projection.ts';

/** Sessions with who was there, the catalogue, and the norms; a row says whose it is: the station's code, or the bureau's stream. */
export const trainingProjection = projection({
  name: 'training',
  version: 2,
  kinds: trainingEntries,
  tables: ['training_session', 'training_attendance', 'training_course', 'training_norm'],
  schema: `
    CREATE TABLE training_session (
      stream TEXT NOT NULL,
      id TEXT NOT NULL,
      version INTEGER NOT NULL,
      held_on TEXT NOT NULL,
      title TEXT NOT NULL,
      kind TEXT NOT NULL,
      method TEXT NOT NULL,
      hours REAL NOT NULL,
      place TEXT,
      instructor_id TEXT,
      instructor_name TEXT,
      expected INTEGER NOT NULL,
      present INTEGER NOT NULL,
      scans INTEGER NOT NULL,
      facts TEXT NOT NULL,
      recorded_at TEXT NOT NULL,
      recorded_by TEXT NOT NULL,
      reason TEXT,
      withdrawn INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY (stream, id)
    ) STRICT;
    CREATE INDEX training_session_by_day ON training_session (held_on, stream);
    CREATE INDEX training_session_by_id ON training_session (id);
    CREATE TABLE training_attendance (
      stream TEXT NOT NULL,
      session_id TEXT NOT NULL,
      person_id TEXT NOT NULL,
      held_on TEXT NOT NULL,
      state TEXT NOT NULL,
      reason TEXT,
      result TEXT NOT NULL,
      hours REAL NOT NULL,
      is_practice INTEGER NOT NULL,
      PRIMARY KEY (stream, session_id, person_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX training_attendance_by_person ON training_attendance (person_id, held_on);
    CREATE TABLE training_course (
      stream TEXT NOT NULL,
      code TEXT NOT NULL,
      facts TEXT NOT NULL,
      PRIMARY KEY (stream, code)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE training_norm (
      stream TEXT NOT NULL,
      identity_kind TEXT NOT NULL,
      from_year INTEGER NOT NULL,
      days REAL NOT NULL,
      from_bureau INTEGER NOT NULL,
      PRIMARY KEY (stream, identity_kind, from_year)
    ) STRICT, WITHOUT ROWID;
  `,
  prepare: (db) => {
    const known = db.prepare<[string, string], { version: number; withdrawn: 0 | 1 }>(
      'SELECT version, withdrawn FROM training_session WHERE stream = ? AND id = ?',
    );
    const put = db.prepare(
      `INSERT OR REPLACE INTO training_session (stream, id, version, held_on, title, kind, method, hours, place,
         instructor_id, instructor_name, expected, present, scans, facts, recorded_at, recorded_by, reason)
       VALUES (@stream, @id, @version, @heldOn, @title, @kind, @method, @hours, @place,
         @instructorId, @instructorName, @expected, @present, @scans, @facts, @at, @by, @reason)`,
    );
    const withdraw = db.prepare('UPDATE training_session SET withdrawn = 1, reason = ? WHERE stream = ? AND id = ?');
    const clear = db.prepare('DELETE FROM training_attendance WHERE stream = ? AND session_id = ?');
    const attend = db.prepare(
      `INSERT INTO training_attendance (stream, session_id, person_id, held_on, state, reason, result, hours, is_practice)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    const course = db.prepare('INSERT OR REPLACE INTO training_course (stream, code, facts) VALUES (?, ?, ?)');
    const norm = db.prepare(
      'INSERT OR REPLACE INTO training_norm (stream, identity_kind, from_year, days, from_bureau) VALUES (?, ?, ?, ?, ?)',
    );

    const attendanceOf = (stream: string, { id, heldOn, hours, method, attendance }: Session): void => {
      clear.run(stream, id);
      const isPractice = method === 'THEORY' ? 0 : 1;
      for (const { personId, state, reason, result } of attendance)
        attend.run(stream, id, personId, heldOn, state, reason, String(result), hoursGained(state, hours), isPractice);
    };

    return {
      'training.session-recorded': ({ session, reason }, { owner: stream, at, by }) => {
        const before = known.get(stream, session.id);
        if (before?.withdrawn) throw new ProblemError('training.withdrawn');
        if (session.version !== (before?.version ?? 0) + 1) throw new ProblemError('training.changed-meanwhile');
        const { attendance, scans, ...facts } = session;
        put.run({
          ...facts,
          stream,
          expected: attendance.length,
          present: presentIn(attendance),
          scans: scans.length,
          facts: JSON.stringify(session),
          at,
          by,
          reason,
        });
        attendanceOf(stream, session);
      },
      'training.session-withdrawn': ({ id, reason }, { owner: stream }) => {
        if (!known.get(stream, id)) throw new ProblemError('training.session-unknown');
        withdraw.run(reason, stream, id);
        clear.run(stream, id);
      },
      'training.course-recorded': (facts, { owner }) => void course.run(owner, facts.code, JSON.stringify(facts)),
      'training.norm-set': ({ identityKind, days, fromYear }, { owner, fromBureau }) =>
        void norm.run(owner, identityKind, fromYear, days, fromBureau ? 1 : 0),
    };
  },
});

const presentIn = (attendance: readonly Attendance[]): number =>
  attendance.filter(({ state }) => state === 'PRESENT' || state === 'LATE').length;
