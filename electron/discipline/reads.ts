import type { Evidence, IncidentSource } from '../../shared/discipline-entries.ts';
import type { IncidentRow, IncidentView } from '../../shared/discipline.ts';
import type { BureauMeasure } from '../../shared/discipline-measures.ts';
import type { IncidentState } from '../../shared/discipline-rules.ts';
import type { ViolationAct } from '../../shared/violation-kinds.ts';
import type { Db } from '../db/open.ts';
import type { IncidentPlan } from './import.ts';

/** Whose eyes an incident is read with. */
export type Viewer = {
  readonly account: string;
  readonly person: string | null;
  /** Deals with incidents as his office; else only with those he recorded or verifies. */
  readonly isOfficer: 0 | 1;
};

type Head = {
  readonly id: string;
  readonly station: string;
  readonly stationName: string;
  readonly number: string;
  readonly state: IncidentState;
  readonly origin: 'station' | 'bureau';
  readonly source: IncidentSource | null;
  readonly category: ViolationAct;
  readonly foundOn: string;
  readonly dueOn: string | null;
  readonly awaitsBureau: 0 | 1;
  readonly recorder: string | null;
};
type Detail = {
  readonly reporter: string | null;
  readonly actedOn: string | null;
  readonly finding: string | null;
  readonly established: 0 | 1 | null;
  readonly proposal: BureauMeasure | null;
  readonly summary: string | null;
  readonly verifiedOn: string | null;
};
type Named = { readonly id: string; readonly name: string };

/** An incident's head with what only the service needs to judge by. */
export type FoundIncident = IncidentRow & { readonly recorder: string | null };

export type IncidentReads = ReturnType<typeof incidentReads>;

/**
 * Reads incidents as one person may know them. Nobody finds an incident he is concerned in, whatever his office: for
 * him it is not in lists, counts or details. One statement decides that, over the same rows whoever asks; nothing is
 * read or computed for a hidden incident beyond it, so that neither the answer nor the time it takes tells one that is
 * hidden from one that never was.
 */
export function incidentReads(db: Db) {
  const found = db.prepare<[Viewer & { readonly id: string | null }], Head>(`
    SELECT h.id, h.station, coalesce(s.name, h.station) AS stationName, h.number, h.state, h.origin, h.source, h.category,
      h.found_on AS foundOn, h.due_on AS dueOn, h.awaits_bureau AS awaitsBureau, h.recorder
    FROM incident_head h LEFT JOIN site s ON s.code = h.station
    WHERE (@id IS NULL OR h.id = @id)
      AND NOT EXISTS (SELECT 1 FROM incident_concerned c
        WHERE c.station = h.station AND c.incident = h.id AND c.person = @person)
      AND (@isOfficer = 1 OR h.recorder = @account OR EXISTS (SELECT 1 FROM incident_verifier v
        WHERE v.station = h.station AND v.incident = h.id AND v.person = @person))
    ORDER BY h.found_on DESC, h.number DESC, h.id LIMIT 5000`);
  const concerned = concernedIn(db);

  const row = ({ awaitsBureau, ...head }: Head, today: string): FoundIncident => ({
    ...head,
    isOverdue: head.dueOn !== null && head.dueOn < today,
    awaitsBureau: awaitsBureau === 1,
    people: concerned.all(head.station, head.id),
  });

  return {
    list: (viewer: Viewer, today: string): FoundIncident[] =>
      found.all({ ...viewer, id: null }).map((head) => row(head, today)),
    one(viewer: Viewer, id: string, today: string): FoundIncident | null {
      const head = found.get({ ...viewer, id });
      return head ? row(head, today) : null;
    },
    ...detailReads(db),
    ...numberReads(db),
  };
}

const concernedIn = (db: Db) =>
  db.prepare<[string, string], Named>(`
    SELECT c.person AS id, coalesce(p.name, '') AS name FROM incident_concerned c LEFT JOIN person p ON p.id = c.person
    WHERE c.station = ? AND c.incident = ? ORDER BY p.name_pinyin, c.person LIMIT 50`);

function detailReads(db: Db) {
  const detail = db.prepare<[string, string], Detail>(`
    SELECT reporter, acted_on AS actedOn, finding, established, proposal, summary, verified_on AS verifiedOn
    FROM incident WHERE station = ? AND id = ?`);
  const facts = db.prepare<[string, string], { facts: string; version: number }>(
    'SELECT facts, version FROM incident_facts WHERE station = ? AND incident = ? ORDER BY version DESC LIMIT 1',
  );
  const verifiers = db.prepare<[string, string], Named>(`
    SELECT v.person AS id, coalesce(p.name, '') AS name FROM incident_verifier v LEFT JOIN person p ON p.id = v.person
    WHERE v.station = ? AND v.incident = ? ORDER BY p.name_pinyin, v.person LIMIT 50`);
  const evidence = db.prepare<[string, string], Evidence>(`
    SELECT sha256, size_bytes AS sizeBytes, kind, name FROM incident_evidence
    WHERE station = ? AND incident = ? ORDER BY at, sha256 LIMIT 200`);
  const rectifications = db.prepare<
    [string, string],
    Omit<IncidentView['rectifications'][number], 'owner'> & { ownerId: string; ownerName: string }
  >(`
    SELECT r.id, r.task, r.owner AS ownerId, coalesce(p.name, '') AS ownerName, r.due_on AS dueOn, r.done_on AS doneOn,
      r.result, r.cleared_on AS clearedOn
    FROM rectification r LEFT JOIN person p ON p.id = r.owner
    WHERE r.station = ? AND r.incident = ? ORDER BY r.due_on, r.id LIMIT 200`);
  const cases = db.prepare<[string, string], IncidentView['cases'][number]>(`
    SELECT id, number, grounds, document_no AS documentNo, opened_on AS openedOn, decide_by AS decideBy FROM bureau_case
    WHERE station = ? AND incident = ? ORDER BY opened_on, id LIMIT 50`);
  const trail = db.prepare<[string, string], IncidentView['trail'][number]>(`
    SELECT t.step, (SELECT g.name FROM signer g WHERE g.account_id = t.author LIMIT 1) AS by, t.at, t.note
    FROM incident_trail t WHERE t.station = ? AND t.incident = ? ORDER BY t.at, t.stream, t.seq LIMIT 500`);
  const looks = db.prepare<[{ station: string; id: string }], IncidentView['looks'][number]>(`
    SELECT (SELECT g.name FROM signer g WHERE g.account_id = v.account LIMIT 1) AS by, v.day AS "on", e.name AS evidence
    FROM discipline_view v
      LEFT JOIN incident_evidence e ON e.station = @station AND e.incident = @id AND e.sha256 = v.subject
    WHERE v.subject IN (SELECT @id UNION SELECT sha256 FROM incident_evidence WHERE station = @station AND incident = @id)
    ORDER BY v.day DESC, by, evidence LIMIT 500`);
  const viewed = db.prepare<[string, string, string, string], { day: string }>(
    'SELECT day FROM discipline_view WHERE site = ? AND subject = ? AND account = ? AND day = ?',
  );

  return {
    detail: (station: string, id: string): Detail | null => detail.get(station, id) ?? null,
    facts: (station: string, id: string) => facts.get(station, id) ?? null,
    verifiers: (station: string, id: string): Named[] => verifiers.all(station, id),
    evidence: (station: string, id: string): Evidence[] => evidence.all(station, id),
    rectifications: (station: string, id: string): IncidentView['rectifications'] =>
      rectifications
        .all(station, id)
        .map(({ ownerId, ownerName, ...one }) => ({ ...one, owner: { id: ownerId, name: ownerName } })),
    cases: (station: string, id: string) => cases.all(station, id),
    trail: (station: string, id: string) => trail.all(station, id),
    looks: (station: string, id: string): IncidentView['looks'] => looks.all({ station, id }),
    hasViewed: (site: string, subject: string, account: string, day: string): boolean =>
      viewed.get(site, subject, account, day) !== undefined,
  };
}

/** Which numbers are taken, and which rows of a ledger stand here already. */
function numberReads(db: Db) {
  const concerned = concernedIn(db);
  const last = db.prepare<[{ station: string; prefix: string }], { n: number | null }>(`
    SELECT max(CAST(substr(number, length(@prefix) + 1) AS INTEGER)) AS n FROM incident
    WHERE station = @station AND substr(number, 1, length(@prefix)) = @prefix`);
  const numbered = db.prepare<[string, string], { id: string }>(
    'SELECT id FROM incident WHERE station = ? AND number = ?',
  );
  const alike = db.prepare<
    [{ station: string; number: string | null; foundOn: string; category: string; facts: string }],
    { id: string; sameNumber: 0 | 1 }
  >(`
    SELECT i.id, (i.number IS @number) AS sameNumber FROM incident i
      JOIN incident_facts f ON f.station = i.station AND f.incident = i.id AND f.version = 1
    WHERE i.station = @station AND i.found_on = @foundOn AND i.category = @category AND (f.facts = @facts OR i.number IS @number)
    LIMIT 100`);

  return {
    /** The last number of a year's series at the station, 0 before the first. */
    lastNumber: (station: string, series: string, year: string): number =>
      last.get({ station, prefix: `${series}${year}-` })?.n ?? 0,
    hasNumber: (station: string, number: string): boolean => numbered.get(station, number) !== undefined,
    /** Whether a ledger's row stands here already: by its number, or by day, people, category and the first facts. */
    isKnown: (station: string, { people, ...plan }: IncidentPlan): boolean =>
      alike
        .all({ station, number: plan.number, foundOn: plan.foundOn, category: plan.category, facts: plan.facts })
        .some(({ id, sameNumber }) => {
          const there = concerned.all(station, id).map((one) => one.id);
          return (
            (plan.number !== null && sameNumber === 1) ||
            (there.length === people.length && people.every((one) => there.includes(one)))
          );
        }),
  };
}
