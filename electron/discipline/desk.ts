import type { disciplineEntries } from '../../shared/discipline-entries.ts';
import { disciplineOfficers } from '../../shared/discipline.ts';
import { type IncidentStep, incidentNumber, incidentSteps, stepsIn } from '../../shared/discipline-rules.ts';
import { localDay } from '../../shared/dates.ts';
import { fail, ok, type ProblemCode, type Result } from '../../shared/problem.ts';
import type { Actor, Services } from '../ipc/handlers.ts';
import { decisionReads } from './decisions.ts';
import { type FoundIncident, type IncidentReads, incidentReads, type Viewer } from './reads.ts';

type Kind = keyof typeof disciplineEntries;

/** Steps a named verifier or a former officer who recorded the incident takes too. */
const openSteps: readonly IncidentStep[] = [
  'edit-facts',
  'add-evidence',
  'finish-verification',
  'finish-rectification',
];

const isOfficer = ({ roles }: Actor): boolean => disciplineOfficers.some((role) => roles.includes(role));

/** With whose eyes the incidents are read. */
export const viewerOf = (actor: Actor): Viewer => ({
  account: actor.id,
  person: actor.personId,
  isOfficer: isOfficer(actor) ? 1 : 0,
});

export type Desk = ReturnType<typeof desk>;

/** What every call on incidents shares: finding one with the actor's eyes, judging a step, signing it. */
export function desk({ db, journal, site, clock }: Services) {
  const reads: IncidentReads = incidentReads(db);
  const person = db.prepare<[string], { id: string }>('SELECT id FROM person WHERE id = ?');
  const holdsOffice = db.prepare<[string, string], { id: string }>(
    `SELECT id FROM account WHERE stream = ? AND person_id = ? AND active = 1
     AND (roles LIKE '%"chief"%' OR roles LIKE '%"inspector"%') LIMIT 1`,
  );
  const accountOf = db.prepare<[string, string], { person: string | null }>(
    'SELECT person_id AS person FROM account WHERE stream = ? AND id = ?',
  );
  /** The recorder himself, under whichever of his accounts. */
  const isRecorder = (actor: Actor, { recorder }: FoundIncident): boolean =>
    recorder === actor.id ||
    (recorder !== null && actor.personId !== null && accountOf.get(site.code, recorder)?.person === actor.personId);
  const areKnown = (people: readonly string[]): boolean => people.every((id) => person.get(id));
  const today = (): string => localDay(clock());

  const sign = (actor: Actor, kind: Kind, body: unknown, to?: string): Result<Record<string, never>> => {
    journal.append(kind, body, { id: actor.id, key: actor.key }, to);
    return ok({});
  };

  /** Writes down that the actor looked at something: an id, or the list; once a day. */
  const look = (actor: Actor, kind: Kind, subject: string, body: object): void => {
    if (!reads.hasViewed(site.code, subject, actor.id, today())) sign(actor, kind, { ...body, on: today() });
  };

  /** Unknown is also what somebody else's business is. */
  const find = (actor: Actor, id: string): Result<FoundIncident> => {
    const found = reads.one(viewerOf(actor), id, today());
    return found ? ok(found) : fail('discipline.incident-unknown');
  };

  const refusalOf = (actor: Actor, incident: FoundIncident, step: IncidentStep): ProblemCode | null => {
    if (incident.origin === 'bureau') return 'discipline.step-not-now';
    if (!stepsIn[incident.state].includes(step))
      return step === 'edit-facts' ? 'discipline.facts-sealed' : 'discipline.step-not-now';
    if (step === 'edit-facts' && incident.recorder !== actor.id) return 'discipline.facts-are-the-recorders';
    return step === 'close' && isRecorder(actor, incident) ? 'discipline.second-person-needed' : null;
  };

  return {
    reads,
    decisions: decisionReads(db),
    areKnown,
    isRecorder,
    today,
    sign,
    look,
    find,

    /** The incident, if the actor may take the step now. */
    take: (actor: Actor, id: string, step: IncidentStep): Result<FoundIncident> => {
      const found = find(actor, id);
      const refused = found.ok ? refusalOf(actor, found.value, step) : null;
      return refused ? fail(refused) : found;
    },

    /** The steps the actor may take; none at the bureau, which decides by entries of its own. */
    stepsFor: (actor: Actor, incident: FoundIncident): IncidentStep[] =>
      site.kind === 'bureau'
        ? []
        : incidentSteps.filter(
            (step) => (isOfficer(actor) || openSteps.includes(step)) && refusalOf(actor, incident, step) === null,
          ),

    /** Everybody an entry names is known, and the actor is not concerned. */
    faultOfPeople: (actor: Actor, people: readonly string[]): ProblemCode | null => {
      if (actor.personId !== null && people.includes(actor.personId)) return 'discipline.own-incident';
      return areKnown(people) ? null : 'discipline.person-unknown';
    },

    isLater: (...days: readonly (string | null)[]): boolean => days.some((day) => day !== null && day > today()),

    /** The next number; an incident of somebody who deals with them counts in a series he does not see. */
    nextNumber: (people: readonly string[], foundOn: string): string => {
      const series = people.some((id) => holdsOffice.get(site.code, id)) ? 'JDH' : 'JD';
      const year = foundOn.slice(0, 4);
      return incidentNumber(series, year, reads.lastNumber(site.station, series, year) + 1);
    },
  };
}
