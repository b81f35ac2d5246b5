import type { IncidentView } from '../../shared/discipline.ts';
import { disciplineFields } from '../../shared/discipline-import.ts';
import { ok } from '../../shared/problem.ts';
import type { Actor, HandlersOf, Services } from '../ipc/handlers.ts';
import { ledgerImport } from '../sheet/ledger.ts';
import { saveTable } from '../sheet/save-table.ts';
import { bureauCalls } from './bureau.ts';
import { type Desk, desk as deskOf, viewerOf } from './desk.ts';
import { type IncidentPlan, judgeIncidentRow, type Known } from './import.ts';
import { THE_LIST } from './project-incidents.ts';
import { ownCalls, shown } from './own.ts';
import type { FoundIncident } from './reads.ts';
import { endingCalls, recordingCalls, verifyingCalls } from './steps.ts';
import { waitingFor } from './waiting.ts';

/** Discipline: incidents from the clue to the end, and what is decided; confidential throughout. */
export function disciplineService(services: Services): HandlersOf<'discipline'> {
  const desk = deskOf(services);
  return {
    ...readingCalls(services, desk),
    ...recordingCalls(services, desk),
    ...verifyingCalls(services, desk),
    ...endingCalls(services, desk),
    ...bureauCalls(services, desk),
    ...ownCalls(services, desk),
    ...importingCalls(services, desk),
  };
}

const truthOf = (flag: 0 | 1 | null): boolean | null => (flag === null ? null : flag === 1);
const rowOf = ({ recorder: _recorder, ...row }: FoundIncident) => row;

function readingCalls({ db, site, shell }: Services, { reads, decisions, today, ...desk }: Desk) {
  const frozen = db.prepare<[string | null], { id: string; name: string; since: string; hasLeft: 0 | 1 }>(`
    SELECT f.person AS id, coalesce(p.name, '') AS name, min(f.since) AS since,
      coalesce(p.status NOT IN ('ON_DUTY', 'SECONDED', 'OFF_POST'), 0) AS hasLeft
    FROM frozen_person f LEFT JOIN person p ON p.id = f.person
    WHERE NOT EXISTS (SELECT 1 FROM incident_concerned c
      WHERE c.station = f.station AND c.incident = f.incident AND c.person = ?)
    GROUP BY f.person ORDER BY since, p.name_pinyin, f.person LIMIT 1000`);

  const viewOf = (found: FoundIncident, actor: Actor): IncidentView => {
    const { id, station } = found;
    const detail = reads.detail(station, id);
    const facts = reads.facts(station, id);
    const cases = reads.cases(station, id);
    return {
      ...rowOf(found),
      reporter: detail?.reporter ?? null,
      actedOn: detail?.actedOn ?? null,
      facts: facts?.facts ?? cases[0]?.grounds ?? '',
      factsVersion: facts?.version ?? 0,
      verifiers: reads.verifiers(station, id),
      finding: detail?.finding ?? null,
      established: truthOf(detail?.established ?? null),
      proposal: detail?.proposal ?? null,
      summary: detail?.summary ?? null,
      evidence: reads.evidence(station, id),
      decisions: decisions.ofIncident(station, id).map(shown),
      rectifications: reads.rectifications(station, id),
      appeals: decisions.appeals(station, id),
      cases,
      trail: reads.trail(station, id),
      looks: reads.looks(station, id),
      steps: desk.stepsFor(actor, found),
    };
  };

  return {
    'discipline.listIncidents': ({ overdueOnly }, { actor }) => {
      const rows = reads.list(viewerOf(actor), today()).filter(({ isOverdue }) => isOverdue || !overdueOnly);
      if (rows.length > 0) desk.look(actor, 'discipline.list-viewed', THE_LIST, {});
      return ok(rows.map(rowOf));
    },

    'discipline.saveList': async (table, { actor }) => {
      const saved = await saveTable(shell, table);
      if (saved) desk.sign(actor, 'discipline.list-saved', saved);
      return ok(saved);
    },

    'discipline.openIncident': ({ id }, { actor }) => {
      const found = desk.find(actor, id);
      if (!found.ok) return found;
      desk.look(actor, 'discipline.incident-viewed', id, { incident: id });
      return ok(viewOf(found.value, actor));
    },

    'discipline.frozenPeople': (_input, { actor }) => {
      const held = frozen.all(actor.personId);
      if (held.length > 0) desk.look(actor, 'discipline.list-viewed', THE_LIST, {});
      return ok(held.map(({ since, hasLeft, ...person }) => ({ person, since, hasLeft: hasLeft === 1 })));
    },

    'discipline.waiting': (_input, { actor }) =>
      ok(
        waitingFor({
          siteKind: site.kind,
          incidents: reads.list(viewerOf(actor), today()),
          stepsFor: (incident) => desk.stepsFor(actor, incident),
          ownDecisions: actor.personId === null ? [] : decisions.ofPerson(actor.personId),
          today: today(),
        }),
      ),
  } satisfies Partial<HandlersOf<'discipline'>>;
}

function importingCalls({ db, files, shell, site, newId }: Services, { reads, today, sign, nextNumber }: Desk) {
  const ledger = ledgerImport({ files, shell, db, fields: disciplineFields });
  const named = db.prepare<[string], { id: string }>(
    `SELECT id FROM person WHERE name = ? AND status IN ('ON_DUTY', 'SECONDED', 'OFF_POST') ORDER BY id LIMIT 10`,
  );

  const known = (actor: Actor): Known => ({
    today: today(),
    self: actor.personId,
    peopleNamed: (name) => named.all(name).map(({ id }) => id),
    isKnown: (plan) => reads.isKnown(site.station, plan),
  });

  const takeOver = ({ number, measure, decidedOn, ...plan }: IncidentPlan, actor: Actor): void => {
    const next = nextNumber(plan.people, plan.foundOn);
    const kept = number !== null && !next.startsWith('JDH') && !reads.hasNumber(site.station, number) ? number : next;
    const decisions =
      measure === null ? [] : plan.people.map((person) => ({ id: newId(), person, measure, decidedOn }));
    sign(actor, 'discipline.incident-taken-from-ledger', { id: newId(), number: kept, ...plan, decisions });
  };

  return {
    'discipline.previewImport': (input, { actor }) => ledger.preview(input, () => judgeIncidentRow(known(actor))),
    'discipline.commitImport': (input, { actor, job }) =>
      ledger.commit(
        input,
        () => judgeIncidentRow(known(actor)),
        (plan) => takeOver(plan, actor),
        job,
      ),
  } satisfies Partial<HandlersOf<'discipline'>>;
}
