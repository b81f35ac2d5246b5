import type { DecisionView } from '../../shared/discipline.ts';
import { appealTerms } from '../../shared/discipline-rules.ts';
import { fail, ok, type ProblemCode, type Result } from '../../shared/problem.ts';
import type { Actor, HandlersOf, Services } from '../ipc/handlers.ts';
import type { FoundDecision } from './decisions.ts';
import type { Desk } from './desk.ts';

/** A decision as it is shown; whose incident it settles is not said. */
export const shown = ({ station: _station, incident: _incident, ...view }: FoundDecision): DecisionView => view;

/** What the person concerned learns and answers; before he is told (告知) there is nothing for him. */
export function ownCalls({ newId }: Services, { find, look, sign, today, isLater, decisions }: Desk) {
  const toldTo = (actor: Actor): FoundDecision[] =>
    actor.personId === null ? [] : decisions.ofPerson(actor.personId).filter(({ toldOn }) => toldOn !== null);

  const own = (actor: Actor, id: string): Result<FoundDecision> => {
    const found = toldTo(actor).find((one) => one.id === id);
    return found ? ok(found) : fail('discipline.decision-unknown');
  };

  const faultOfAppeal = (decision: FoundDecision, kind: 'review' | 'appeal'): ProblemCode | null => {
    const terms = decision.toldOn === null ? null : appealTerms(decision.measure, decision.toldOn, null);
    if (!terms || (kind === 'review' && terms.reviewUntil === null)) return 'discipline.appeal-not-for-this';
    const until = kind === 'review' ? decision.reviewUntil : decision.appealUntil;
    return until !== null && today() > until ? 'discipline.appeal-too-late' : null;
  };

  return {
    'discipline.giveNotice': (body, { actor }) => {
      const found = find(actor, body.incident);
      if (!found.ok) return found;
      const decision = decisions
        .ofIncident(found.value.station, body.incident)
        .find(({ id, person }) => id === body.decision && person !== null);
      if (!decision) return fail('discipline.decision-unknown');
      if (decision.toldOn !== null) return fail('discipline.already-told');
      if (isLater(body.toldOn)) return fail('discipline.date-in-future');
      return sign(actor, 'discipline.notice-given', body);
    },

    'discipline.ownDecisions': (_input, { actor }) => ok(toldTo(actor).map(shown)),

    'discipline.ownAppeals': (_input, { actor }) =>
      ok(
        toldTo(actor).flatMap(({ id, station, incident }) =>
          decisions.appeals(station, incident).filter(({ decision }) => decision === id),
        ),
      ),

    'discipline.acknowledgeNotice': (body, { actor }) => {
      const decision = own(actor, body.decision);
      if (!decision.ok) return decision;
      if (decision.value.acknowledgedAt !== null) return fail('discipline.already-acknowledged');
      return sign(actor, 'discipline.notice-acknowledged', body);
    },

    'discipline.stateAppeal': (body, { actor }) => {
      const decision = own(actor, body.decision);
      if (!decision.ok) return decision;
      const fault = faultOfAppeal(decision.value, body.kind);
      return fault ? fail(fault) : sign(actor, 'discipline.appeal-stated', { id: newId(), ...body, statedOn: today() });
    },

    'discipline.decisionsOf': ({ personId }, { actor }) => {
      if (actor.personId === personId) return ok(toldTo(actor).map(shown));
      const known = decisions.ofPerson(personId).filter(({ incident }) => find(actor, incident).ok);
      if (known.length > 0) look(actor, 'discipline.decisions-viewed', personId, { person: personId });
      return ok(known.map(shown));
    },
  } satisfies Partial<HandlersOf<'discipline'>>;
}
