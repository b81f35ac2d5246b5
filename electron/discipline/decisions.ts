import type { DecisionView, IncidentView } from '../../shared/discipline.ts';
import { type Measure, measureLabel } from '../../shared/discipline-measures.ts';
import { appealTerms, periodsOf } from '../../shared/discipline-rules.ts';
import type { Db } from '../db/open.ts';

type Row = {
  readonly id: string;
  readonly station: string;
  readonly incident: string;
  readonly level: 'station' | 'bureau';
  readonly personId: string | null;
  readonly personName: string | null;
  readonly measure: Measure;
  readonly decidedOn: string;
  readonly decidedBy: string | null;
  readonly documentNo: string | null;
  readonly reason: string | null;
  readonly startsOn: string | null;
  readonly days: number | null;
  readonly months: number | null;
  readonly toldOn: string | null;
  readonly acknowledgedAt: string | null;
  readonly comment: string | null;
  readonly revoked: 0 | 1;
  readonly reviewedOn: string | null;
};

/** A decision with the incident it belongs to. */
export type FoundDecision = DecisionView & {
  readonly measure: Measure;
  readonly station: string;
  readonly incident: string;
};
export type DecisionReads = ReturnType<typeof decisionReads>;

/** Reads decisions with their periods and terms, which are computed and never stored. */
export function decisionReads(db: Db) {
  const rows = db.prepare<
    [{ station: string | null; incident: string | null; person: string | null; id: string | null }],
    Row
  >(`
    SELECT d.id, d.station, d.incident, d.level, d.person AS personId, p.name AS personName, d.measure,
      d.decided_on AS decidedOn, d.decided_by AS decidedBy, d.document_no AS documentNo, d.reason,
      d.starts_on AS startsOn, d.days, d.months, n.told_on AS toldOn, n.acknowledged_at AS acknowledgedAt, n.comment,
      EXISTS (SELECT 1 FROM appeal_answer a WHERE a.station = d.station AND a.decision = d.id AND a.outcome = 'revoked') AS revoked,
      (SELECT max(a.answered_on) FROM appeal_answer a JOIN appeal e ON e.station = a.station AND e.id = a.appeal
        WHERE a.station = d.station AND a.decision = d.id AND e.kind = 'review') AS reviewedOn
    FROM incident_decision d LEFT JOIN person p ON p.id = d.person
      LEFT JOIN decision_notice n ON n.station = d.station AND n.decision = d.id
    WHERE (@station IS NULL OR d.station = @station) AND (@incident IS NULL OR d.incident = @incident)
      AND (@person IS NULL OR d.person = @person) AND (@id IS NULL OR d.id = @id)
    ORDER BY d.decided_on, d.id LIMIT 2000`);
  const appeals = db.prepare<[string, string], IncidentView['appeals'][number]>(`
    SELECT e.id, e.decision, e.kind, e.statement, e.stated_on AS statedOn, a.outcome, a.answered_on AS answeredOn, a.note
    FROM appeal e JOIN incident_decision d ON d.station = e.station AND d.id = e.decision
      LEFT JOIN appeal_answer a ON a.station = e.station AND a.appeal = e.id
    WHERE e.station = ? AND d.incident = ? ORDER BY e.stated_on, e.id LIMIT 200`);

  /** Periods join on to others of the same person, wherever those were decided. */
  const withPeriods = (found: readonly Row[]): FoundDecision[] =>
    found.map((row) => {
      const all =
        row.personId === null ? [row] : rows.all({ station: null, incident: null, person: row.personId, id: null });
      const period = periodsOf(all.map((one) => ({ ...one, revoked: one.revoked === 1 }))).get(row.id);
      return viewOf(row, period ?? null);
    });

  return {
    ofIncident: (station: string, incident: string): FoundDecision[] =>
      withPeriods(rows.all({ station, incident, person: null, id: null })),
    ofPerson: (person: string): FoundDecision[] =>
      withPeriods(rows.all({ station: null, incident: null, person, id: null })),
    one(id: string): FoundDecision | null {
      const row = rows.get({ station: null, incident: null, person: null, id });
      return row ? (withPeriods([row])[0] ?? null) : null;
    },
    appeals: (station: string, incident: string) => appeals.all(station, incident),
  };
}

function viewOf(row: Row, period: { readonly from: string; readonly until: string } | null): FoundDecision {
  const { personId, personName, startsOn: _s, days: _d, months: _m, revoked, reviewedOn, ...decision } = row;
  const terms = row.toldOn === null ? null : appealTerms(row.measure, row.toldOn, reviewedOn);
  return {
    ...decision,
    person: personId === null ? null : { id: personId, name: personName ?? '' },
    measureName: measureLabel(row.measure),
    from: period?.from ?? null,
    until: period?.until ?? null,
    revoked: revoked === 1,
    reviewUntil: terms?.reviewUntil ?? null,
    appealUntil: terms?.appealUntil ?? null,
  };
}
