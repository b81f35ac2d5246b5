import { ProblemError } from '../../shared/problem.ts';
import type { Db } from '../db/open.ts';
import type { EntryMeta } from '../journal/projection.ts';
import { basics, type Part, stationOf } from './project-basics.ts';

type Recording =
  | 'discipline.incident-recorded'
  | 'discipline.incident-taken-from-ledger'
  | 'discipline.facts-edited'
  | 'discipline.people-changed'
  | 'discipline.evidence-added';

/** What was found, and about whom. */
export function recording(db: Db): Part<Recording> {
  const { trace, known } = basics(db);
  const incident = db.prepare(
    `INSERT INTO incident (station, id, number, source, reporter, found_on, acted_on, category, recorder, from_ledger,
       verify_due_on, verified_on, closed_at, closed_by)
     VALUES (@station, @id, @number, @source, @reporter, @foundOn, @actedOn, @category, @recorder, @fromLedger,
       @dueOn, @verifiedOn, @closedAt, @closedBy)`,
  );
  const facts = db.prepare(
    `INSERT INTO incident_facts (station, incident, version, facts, reason, author, at)
     SELECT @station, @incident, 1 + count(*), @facts, @reason, @by, @at FROM incident_facts
     WHERE station = @station AND incident = @incident`,
  );
  const person = db.prepare('INSERT INTO incident_person (station, incident, person) VALUES (?, ?, ?)');
  const noPeople = db.prepare('DELETE FROM incident_person WHERE station = ? AND incident = ?');
  const verifier = db.prepare('INSERT INTO incident_verifier (station, incident, person) VALUES (?, ?, ?)');
  const evidence = db.prepare(
    `INSERT OR IGNORE INTO incident_evidence (station, incident, sha256, size_bytes, kind, name, author, at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const decision = db.prepare(
    `INSERT INTO station_decision (station, id, incident, person, measure, decided_on) VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const put = (table: typeof person, meta: EntryMeta, id: string, people: readonly string[]): void => {
    for (const one of people) table.run(stationOf(meta), id, one);
  };
  const version = (meta: EntryMeta, id: string, text: string, reason: string | null): void =>
    void facts.run({ station: stationOf(meta), incident: id, facts: text, reason, by: meta.by, at: meta.at });

  return {
    'discipline.incident-recorded': (body, meta) => {
      const settled = { fromLedger: 0, dueOn: null, verifiedOn: null, closedAt: null, closedBy: null };
      const { people, facts: text, ...head } = body;
      incident.run({ ...head, ...settled, station: stationOf(meta), recorder: meta.by });
      version(meta, body.id, text, null);
      put(person, meta, body.id, people);
      trace(meta, body.id, 'recorded');
    },
    'discipline.incident-taken-from-ledger': (body, meta) => {
      const { people, verifiers, facts: text, stage, decisions, id, ...head } = body;
      const closed = stage === 'closed';
      incident.run({
        ...head,
        id,
        station: stationOf(meta),
        recorder: meta.by,
        reporter: null,
        actedOn: null,
        fromLedger: 1,
        verifiedOn: stage === 'pending' || closed ? (decisions[0]?.decidedOn ?? head.foundOn) : null,
        dueOn: stage === 'lead' ? null : head.dueOn,
        closedAt: closed ? meta.at : null,
        closedBy: closed ? meta.by : null,
      });
      version(meta, id, text, null);
      put(person, meta, id, people);
      put(verifier, meta, id, verifiers);
      for (const one of decisions) decision.run(stationOf(meta), one.id, id, one.person, one.measure, one.decidedOn);
      trace(meta, id, 'taken-from-ledger');
    },
    'discipline.facts-edited': ({ incident: id, facts: text, reason }, meta) => {
      const { recorder, verifiedOn } = known(meta, id);
      if (recorder !== meta.by) throw new ProblemError('discipline.facts-are-the-recorders');
      if (verifiedOn) throw new ProblemError('discipline.facts-sealed');
      version(meta, id, text, reason);
      trace(meta, id, 'facts-edited', reason);
    },
    'discipline.people-changed': ({ incident: id, people, reason }, meta) => {
      known(meta, id);
      noPeople.run(stationOf(meta), id);
      put(person, meta, id, people);
      trace(meta, id, 'people-changed', reason);
    },
    'discipline.evidence-added': ({ incident: id, evidence: one }, meta) => {
      known(meta, id);
      evidence.run(stationOf(meta), id, one.sha256, one.sizeBytes, one.kind, one.name, meta.by, meta.at);
      trace(meta, id, 'evidence-added', one.name);
    },
  };
}

type Looking =
  | 'discipline.list-viewed'
  | 'discipline.list-saved'
  | 'discipline.incident-viewed'
  | 'discipline.evidence-viewed'
  | 'discipline.decisions-viewed';

/** Under which subject a look at the list itself is kept; all others have an id. */
export const THE_LIST = 'list';

/** Who looked at what. */
export function looking(db: Db): Part<Looking> {
  const view = db.prepare('INSERT OR IGNORE INTO discipline_view (site, subject, account, day) VALUES (?, ?, ?, ?)');
  const look = ({ stream, by }: EntryMeta, subject: string, on: string): void => void view.run(stream, subject, by, on);
  return {
    'discipline.list-viewed': ({ on }, meta) => look(meta, THE_LIST, on),
    // Told by the journal itself; nothing is computed from it.
    'discipline.list-saved': () => undefined,
    'discipline.incident-viewed': ({ incident: id, on }, meta) => look(meta, id, on),
    'discipline.evidence-viewed': ({ sha256, on }, meta) => look(meta, sha256, on),
    'discipline.decisions-viewed': ({ person, on }, meta) => look(meta, person, on),
  };
}

type Verifying =
  'discipline.verification-started' | 'discipline.verification-extended' | 'discipline.verification-finished';

/** Verification (核查). */
export function verifying(db: Db): Part<Verifying> {
  const { trace, known } = basics(db);
  const dueOn = db.prepare('UPDATE incident SET verify_due_on = ? WHERE station = ? AND id = ?');
  const finished = db.prepare(
    'UPDATE incident SET verified_on = ?, finding = ?, established = ? WHERE station = ? AND id = ?',
  );
  const verifier = db.prepare('INSERT INTO incident_verifier (station, incident, person) VALUES (?, ?, ?)');
  const noVerifiers = db.prepare('DELETE FROM incident_verifier WHERE station = ? AND incident = ?');

  return {
    'discipline.verification-started': ({ incident: id, verifiers, dueOn: due }, meta) => {
      known(meta, id);
      noVerifiers.run(stationOf(meta), id);
      for (const one of verifiers) verifier.run(stationOf(meta), id, one);
      dueOn.run(due, stationOf(meta), id);
      trace(meta, id, 'verification-started', due);
    },
    'discipline.verification-extended': ({ incident: id, dueOn: due, reason }, meta) => {
      known(meta, id);
      dueOn.run(due, stationOf(meta), id);
      trace(meta, id, 'verification-extended', `${due} ${reason}`);
    },
    'discipline.verification-finished': ({ incident: id, finding, established, finishedOn }, meta) => {
      known(meta, id);
      finished.run(finishedOn, finding, established ? 1 : 0, stationOf(meta), id);
      trace(meta, id, 'verification-finished', finding);
    },
  };
}
