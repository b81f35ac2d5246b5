import { CASE_MONTHS, lastDayOf, measureFault } from '../../shared/discipline-rules.ts';
import { fail, ok } from '../../shared/problem.ts';
import type { HandlersOf, Services } from '../ipc/handlers.ts';
import type { Desk } from './desk.ts';

/** What only the bureau writes: cases (立案), sanctions and answers to appeals; they go down to the station. */
export function bureauCalls({ db, newId }: Services, { find, sign, ...desk }: Desk) {
  const station = db.prepare<[string], { code: string }>(`SELECT code FROM site WHERE code = ? AND kind = 'station'`);

  return {
    'discipline.openCase': ({ station: to, incident: asked, ...facts }, { actor }) => {
      if (!station.get(to)) return fail('handoff.station-unknown');
      const found = asked === null ? null : find(actor, asked);
      if (found && (!found.ok || found.value.station !== to)) return fail('discipline.incident-unknown');
      const fault = desk.faultOfPeople(actor, facts.people);
      if (fault) return fail(fault);
      if (desk.isLater(facts.openedOn)) return fail('discipline.date-in-future');
      const incident = asked ?? newId();
      const decideBy = lastDayOf(facts.openedOn, CASE_MONTHS);
      sign(actor, 'discipline.case-opened', { id: newId(), incident, ...facts, decideBy }, to);
      return ok({ incident });
    },

    'discipline.decideAtBureau': (body, { actor }) => {
      const found = find(actor, body.incident);
      if (!found.ok) return found;
      if (body.person !== null && !found.value.people.some(({ id }) => id === body.person))
        return fail('discipline.person-unknown');
      const field = measureFault(body.measure, body.days, body.months);
      if (field) return fail('discipline.measure-term-wrong', { field });
      if (desk.isLater(body.decidedOn)) return fail('discipline.date-in-future');
      return sign(actor, 'discipline.bureau-decision-made', { id: newId(), ...body }, found.value.station);
    },

    'discipline.answerAppeal': ({ incident, ...answer }, { actor }) => {
      const found = find(actor, incident);
      if (!found.ok) return found;
      const { station: to } = found.value;
      const appeal = desk.decisions
        .appeals(to, incident)
        .find((one) => one.id === answer.appeal && one.outcome === null);
      if (!appeal) return fail('discipline.appeal-unknown');
      if (desk.isLater(answer.answeredOn)) return fail('discipline.date-in-future');
      return sign(actor, 'discipline.appeal-answered', { ...answer, decision: appeal.decision }, to);
    },
  } satisfies Partial<HandlersOf<'discipline'>>;
}
