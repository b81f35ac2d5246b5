import { ProblemError } from '../../shared/problem.ts';
import type { Db } from '../db/open.ts';
import { basics, type Part, stationOf } from './project-basics.ts';

type Deciding =
  | 'discipline.incident-referred'
  | 'discipline.decision-made'
  | 'discipline.incident-closed'
  | 'discipline.incident-reopened'
  | 'discipline.case-opened'
  | 'discipline.bureau-decision-made';

/** Who decided what, and what closes and opens an incident again. */
export function deciding(db: Db): Part<Deciding> {
  const { trace, known } = basics(db);
  const refer = db.prepare(
    'UPDATE incident SET proposal = ?, referral_reason = ?, referred_at = ? WHERE station = ? AND id = ?',
  );
  const stationDecision = db.prepare(
    `INSERT INTO station_decision (station, id, incident, person, measure, decided_on, decided_by, document_no, reason)
     VALUES (@station, @id, @incident, @person, @measure, @decidedOn, @decidedBy, @documentNo, @reason)`,
  );
  const bureauDecision = db.prepare(
    `INSERT INTO bureau_decision (station, id, incident, person, measure, decided_on, decided_by, document_no, reason,
       starts_on, days, months)
     VALUES (@station, @id, @incident, @person, @measure, @decidedOn, @decidedBy, @documentNo, @reason,
       @startsOn, @days, @months)`,
  );
  const close = db.prepare(
    'UPDATE incident SET closed_at = ?, closed_by = ?, summary = ? WHERE station = ? AND id = ?',
  );
  const reopen = db.prepare(
    `UPDATE incident SET closed_at = NULL, closed_by = NULL, summary = NULL, verify_due_on = NULL, verified_on = NULL,
       finding = NULL, established = NULL, proposal = NULL, referral_reason = NULL, referred_at = NULL
     WHERE station = ? AND id = ?`,
  );
  const setAside = db.prepare('INSERT OR IGNORE INTO set_aside (station, id) VALUES (?, ?)');
  const openCase = db.prepare(
    `INSERT INTO bureau_case (station, id, incident, number, category, grounds, document_no, opened_on, decide_by, author)
     VALUES (@station, @id, @incident, @number, @category, @grounds, @documentNo, @openedOn, @decideBy, @by)`,
  );
  const casePerson = db.prepare(
    'INSERT INTO bureau_case_person (station, case_id, incident, person) VALUES (?, ?, ?, ?)',
  );

  return {
    'discipline.incident-referred': ({ incident: id, proposal, reason }, meta) => {
      known(meta, id);
      refer.run(proposal, reason, meta.at, stationOf(meta), id);
      trace(meta, id, 'referred', reason);
    },
    'discipline.decision-made': (body, meta) => {
      const { recorder } = known(meta, body.incident);
      if (body.measure === 'NOT_ESTABLISHED' && recorder === meta.by)
        throw new ProblemError('discipline.second-person-needed');
      stationDecision.run({ ...body, station: stationOf(meta) });
      trace(meta, body.incident, 'decided', body.reason);
    },
    'discipline.incident-closed': ({ incident: id, summary }, meta) => {
      if (known(meta, id).recorder === meta.by) throw new ProblemError('discipline.second-person-needed');
      close.run(meta.at, meta.by, summary, stationOf(meta), id);
      trace(meta, id, 'closed', summary);
    },
    'discipline.incident-reopened': ({ incident: id, reason, setsAside }, meta) => {
      known(meta, id);
      reopen.run(stationOf(meta), id);
      for (const one of setsAside) setAside.run(stationOf(meta), one);
      trace(meta, id, 'reopened', reason);
    },
    'discipline.case-opened': ({ people, ...body }, meta) => {
      openCase.run({ ...body, station: stationOf(meta), by: meta.by });
      for (const one of people) casePerson.run(stationOf(meta), body.id, body.incident, one);
      trace(meta, body.incident, 'case-opened', body.grounds);
    },
    'discipline.bureau-decision-made': (body, meta) => {
      bureauDecision.run({ ...body, station: stationOf(meta) });
      trace(meta, body.incident, 'bureau-decided', body.reason);
    },
  };
}
