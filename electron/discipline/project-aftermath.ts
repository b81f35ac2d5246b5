import { ProblemError } from '../../shared/problem.ts';
import type { Db } from '../db/open.ts';
import { basics, type Part, stationOf } from './project-basics.ts';

type Mending =
  | 'discipline.rectification-added'
  | 'discipline.rectification-done'
  | 'discipline.rectification-cleared'
  | 'discipline.follow-up-recorded';

/** Rectification and follow-up. */
export function mending(db: Db): Part<Mending> {
  const { trace, known } = basics(db);
  const add = db.prepare(
    `INSERT INTO rectification (station, id, incident, task, owner, due_on)
     VALUES (@station, @id, @incident, @task, @owner, @dueOn)`,
  );
  const done = db.prepare(
    'UPDATE rectification SET done_on = ?, result = ? WHERE station = ? AND incident = ? AND id = ?',
  );
  const clear = db.prepare(
    `UPDATE rectification SET cleared_on = ?
     WHERE station = ? AND incident = ? AND id = ? AND done_on IS NOT NULL`,
  );
  const struck = (changes: number): void => {
    if (changes === 0) throw new ProblemError('discipline.rectification-unknown');
  };

  return {
    'discipline.rectification-added': (body, meta) => {
      known(meta, body.incident);
      add.run({ ...body, station: stationOf(meta) });
      trace(meta, body.incident, 'rectification-added', body.task);
    },
    'discipline.rectification-done': ({ incident: id, rectification, doneOn, result }, meta) => {
      struck(done.run(doneOn, result, stationOf(meta), id, rectification).changes);
      trace(meta, id, 'rectification-done', result);
    },
    'discipline.rectification-cleared': ({ incident: id, rectification, clearedOn }, meta) => {
      struck(clear.run(clearedOn, stationOf(meta), id, rectification).changes);
      trace(meta, id, 'rectification-cleared');
    },
    'discipline.follow-up-recorded': ({ incident: id, on, note }, meta) => {
      known(meta, id);
      trace(meta, id, 'follow-up-recorded', `${on} ${note}`);
    },
  };
}

type Concerning =
  | 'discipline.notice-given'
  | 'discipline.notice-acknowledged'
  | 'discipline.appeal-stated'
  | 'discipline.appeal-answered';

/** What passes between the decision and the person it is on. */
export function concerning(db: Db): Part<Concerning> {
  const { trace } = basics(db);
  const notice = db.prepare('INSERT INTO decision_notice (station, decision, told_on) VALUES (?, ?, ?)');
  const acknowledge = db.prepare(
    'UPDATE decision_notice SET acknowledged_at = ?, comment = ? WHERE station = ? AND decision = ? AND acknowledged_at IS NULL',
  );
  const state = db.prepare(
    'INSERT INTO appeal (station, id, decision, kind, statement, stated_on) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const answer = db.prepare(
    `INSERT INTO appeal_answer (station, appeal, decision, outcome, answered_on, document_no, note)
     VALUES (@station, @appeal, @decision, @outcome, @answeredOn, @documentNo, @note)`,
  );

  return {
    'discipline.notice-given': ({ incident: id, decision, toldOn }, meta) => {
      notice.run(stationOf(meta), decision, toldOn);
      trace(meta, id, 'notice-given', toldOn);
    },
    'discipline.notice-acknowledged': ({ decision, comment }, meta) => {
      if (acknowledge.run(meta.at, comment, stationOf(meta), decision).changes === 0)
        throw new ProblemError('discipline.decision-unknown');
    },
    'discipline.appeal-stated': (body, meta) =>
      void state.run(stationOf(meta), body.id, body.decision, body.kind, body.statement, body.statedOn),
    'discipline.appeal-answered': (body, meta) => void answer.run({ ...body, station: stationOf(meta) }),
  };
}
