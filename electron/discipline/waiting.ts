import type { SiteKind } from '../../shared/call.ts';
import type { Waiting } from '../../shared/discipline.ts';
import type { IncidentStep } from '../../shared/discipline-rules.ts';
import { addDays } from '../../shared/dates.ts';
import type { FoundDecision } from './decisions.ts';
import type { FoundIncident } from './reads.ts';

/** Days before its term in which a decision is asked for. */
const DECISION_NOTICE_DAYS = 14;

type Desk = {
  readonly siteKind: SiteKind;
  /** Those the actor may know of. */
  readonly incidents: readonly FoundIncident[];
  /** What the actor may do with one now: nobody is asked for what he would be refused. */
  readonly stepsFor: (incident: FoundIncident) => readonly IncidentStep[];
  readonly ownDecisions: readonly FoundDecision[];
  readonly today: string;
};

/** What waits for the actor, the earliest term first. */
export function waitingFor({ siteKind, incidents, stepsFor, ownDecisions, today }: Desk): Waiting[] {
  const kindOf = (incident: FoundIncident): Waiting['kind'] | null => {
    const { state, isOverdue, dueOn, awaitsBureau } = incident;
    if (siteKind === 'bureau' && awaitsBureau && dueOn === null) return 'awaits-bureau';
    if (state === 'verifying') return isOverdue ? 'verification-overdue' : null;
    if (state === 'rectifying') return isOverdue ? 'rectification-overdue' : null;
    if (state === 'pending') {
      // A station is asked for what it decides itself, the bureau for its cases as their term comes near.
      const isDue =
        siteKind === 'station'
          ? !awaitsBureau && stepsFor(incident).includes('decide')
          : dueOn !== null && dueOn <= addDays(today, DECISION_NOTICE_DAYS);
      return isDue ? 'decision-due' : null;
    }
    return state === 'decided' && stepsFor(incident).includes('close') ? 'close' : null;
  };
  const ofIncidents = incidents.flatMap((incident) => {
    const kind = kindOf(incident);
    return kind ? [{ kind, incident: incident.id, subject: incident.number, dueOn: incident.dueOn }] : [];
  });
  const toAcknowledge = ownDecisions
    .filter(({ toldOn, acknowledgedAt }) => toldOn !== null && acknowledgedAt === null)
    .map(({ measureName }) => ({ kind: 'acknowledge' as const, incident: null, subject: measureName, dueOn: null }));
  return [...toAcknowledge, ...ofIncidents].sort((a, b) => (a.dueOn ?? '9').localeCompare(b.dueOn ?? '9'));
}
