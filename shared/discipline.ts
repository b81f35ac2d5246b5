import { z } from 'zod';
import { command, job, query, type Role } from './call.ts';
import {
  BureauDecision,
  disciplineEntries,
  Evidence,
  Facts,
  IncidentDraft,
  incidentSources,
  People,
  StationDecision,
} from './discipline-entries.ts';
import { bureauMeasures } from './discipline-measures.ts';
import { incidentStates, incidentSteps } from './discipline-rules.ts';
import { Sha256, SiteCode } from './entry.ts';
import { importCalls } from './ledger-import.ts';
import type { ProblemKinds } from './problem-kind.ts';
import { violationActs } from './violation-kinds.ts';
import { MAX_SCANS, Table, TableSaved } from './work.ts';

export { disciplineEntries };

export const disciplineProblems = {
  'discipline.incident-unknown': 'input',
  'discipline.rectification-unknown': 'input',
  'discipline.decision-unknown': 'input',
  'discipline.second-person-needed': 'denied',
  'discipline.facts-sealed': 'conflict',
  'discipline.facts-are-the-recorders': 'denied',
  'discipline.step-not-now': 'conflict',
  'discipline.person-unknown': 'input',
  'discipline.concerned-verifies': 'input',
  'discipline.own-incident': 'denied',
  'discipline.date-in-future': 'input',
  'discipline.due-in-past': 'input',
  'discipline.measure-term-wrong': 'input',
  'discipline.already-told': 'conflict',
  'discipline.already-acknowledged': 'conflict',
  'discipline.appeal-too-late': 'conflict',
  'discipline.appeal-not-for-this': 'conflict',
  'discipline.appeal-unknown': 'input',
  'discipline.evidence-missing': 'corrupt',
} as const satisfies ProblemKinds;

const Id = z.uuid();
const Day = z.iso.date();
const words = (max: number) => z.string().trim().min(1).max(max);
const Incident = { incident: Id };
const PersonName = z.strictObject({ id: Id, name: z.string() });

/** Those who deal with incidents as their office; others see what they recorded or verify. */
export const disciplineOfficers = ['chief', 'inspector', 'leader'] as const satisfies readonly Role[];
const stationOfficers = ['chief', 'inspector'] as const satisfies readonly Role[];
const bureauOfficers = ['inspector', 'leader'] as const satisfies readonly Role[];

export const IncidentRow = z.strictObject({
  id: Id,
  station: SiteCode,
  stationName: z.string(),
  number: z.string(),
  state: z.enum(incidentStates),
  origin: z.enum(['station', 'bureau']),
  source: incidentSources.schema.nullable(),
  category: violationActs.schema,
  foundOn: Day,
  dueOn: Day.nullable(),
  isOverdue: z.boolean(),
  awaitsBureau: z.boolean(),
  people: z.array(PersonName),
});
export type IncidentRow = z.infer<typeof IncidentRow>;

export const DecisionView = z.strictObject({
  id: Id,
  level: z.enum(['station', 'bureau']),
  person: PersonName.nullable(),
  measure: z.string(),
  measureName: z.string(),
  decidedOn: Day,
  decidedBy: z.string().nullable(),
  documentNo: z.string().nullable(),
  reason: z.string().nullable(),
  from: Day.nullable(),
  until: Day.nullable(),
  revoked: z.boolean(),
  toldOn: Day.nullable(),
  acknowledgedAt: z.iso.datetime().nullable(),
  comment: z.string().nullable(),
  reviewUntil: Day.nullable(),
  appealUntil: Day.nullable(),
});
export type DecisionView = z.infer<typeof DecisionView>;

const Rectification = z.strictObject({
  id: Id,
  task: z.string(),
  owner: PersonName,
  dueOn: Day,
  doneOn: Day.nullable(),
  result: z.string().nullable(),
  clearedOn: Day.nullable(),
});

/** 复核 or 申诉, and the bureau's answer when there is one. */
export const AppealView = z.strictObject({
  id: Id,
  decision: Id,
  kind: z.enum(['review', 'appeal']),
  statement: z.string(),
  statedOn: Day,
  outcome: z.enum(['upheld', 'revoked']).nullable(),
  answeredOn: Day.nullable(),
  note: z.string().nullable(),
});
export type AppealView = z.infer<typeof AppealView>;

export const IncidentView = z.strictObject({
  ...IncidentRow.shape,
  reporter: z.string().nullable(),
  actedOn: Day.nullable(),
  facts: z.string(),
  factsVersion: z.int(),
  verifiers: z.array(PersonName),
  finding: z.string().nullable(),
  established: z.boolean().nullable(),
  proposal: bureauMeasures.schema.nullable(),
  summary: z.string().nullable(),
  evidence: z.array(Evidence),
  decisions: z.array(DecisionView),
  rectifications: z.array(Rectification),
  appeals: z.array(AppealView),
  cases: z.array(
    z.strictObject({
      id: Id,
      number: z.string(),
      grounds: z.string(),
      documentNo: z.string().nullable(),
      openedOn: Day,
      decideBy: Day,
    }),
  ),
  trail: z.array(
    z.strictObject({ step: z.string(), by: z.string().nullable(), at: z.iso.datetime(), note: z.string().nullable() }),
  ),
  /** Who looked at the incident or, where it says so, at a piece of its evidence; newest first. */
  looks: z.array(z.strictObject({ by: z.string().nullable(), on: Day, evidence: z.string().nullable() })),
  /** What the signed-in person may do now. */
  steps: z.array(z.enum(incidentSteps)),
});
export type IncidentView = z.infer<typeof IncidentView>;

/** `subject` is an incident's number, or the measure the signed-in person has to acknowledge. */
const Waiting = z.strictObject({
  kind: z.enum([
    'verification-overdue',
    'rectification-overdue',
    'decision-due',
    'close',
    'acknowledge',
    'awaits-bureau',
  ]),
  incident: Id.nullable(),
  subject: z.string(),
  dueOn: Day.nullable(),
});
export type Waiting = z.infer<typeof Waiting>;

const done = z.strictObject({});
const step = <I extends z.ZodRawShape>(shape: I) =>
  command({ may: stationOfficers, at: 'station', input: z.strictObject({ ...Incident, ...shape }), output: done });
/** Steps that verifiers take too; who may is judged by the incident. */
const openStep = <I extends z.ZodRawShape>(shape: I) =>
  command({ may: 'everyone', at: 'station', input: z.strictObject({ ...Incident, ...shape }), output: done });
const Reason = words(500);

export const disciplineCalls = {
  /**
   * Only incidents the signed-in person may know of; for the others there are none, in counts as well. Whoever is shown
   * one is written down, here and wherever incidents, evidence and decisions are shown: once a day.
   */
  'discipline.listIncidents': command({
    may: 'everyone',
    input: z.strictObject({ overdueOnly: z.boolean() }),
    output: z.array(IncidentRow),
  }),
  /** Saves the list as it is shown, and writes down that it was. */
  'discipline.saveList': command({ may: 'everyone', input: Table, output: TableSaved }),
  'discipline.openIncident': command({ may: 'everyone', input: z.strictObject({ id: Id }), output: IncidentView }),
  'discipline.getEvidence': command({
    may: 'everyone',
    input: z.strictObject({ ...Incident, sha256: Sha256 }),
    output: z.strictObject({ kind: Evidence.shape.kind, base64: z.string() }),
  }),
  'discipline.recordIncident': job({
    may: stationOfficers,
    at: 'station',
    input: z.strictObject({ ...IncidentDraft.shape, evidence: z.array(z.uuid()).max(MAX_SCANS) }),
    output: z.strictObject({ id: Id, number: z.string() }),
  }),
  'discipline.editFacts': openStep({ facts: Facts, reason: Reason }),
  'discipline.changePeople': step({ people: People, reason: Reason }),
  'discipline.addEvidence': job({
    may: 'everyone',
    at: 'station',
    input: z.strictObject({ ...Incident, files: z.array(z.uuid()).min(1).max(MAX_SCANS) }),
    output: done,
  }),
  'discipline.startVerification': step({ verifiers: People.min(1), dueOn: Day }),
  'discipline.extendVerification': step({ dueOn: Day, reason: Reason }),
  'discipline.finishVerification': openStep({ finding: words(8000), established: z.boolean(), finishedOn: Day }),
  'discipline.refer': step({ proposal: bureauMeasures.schema.nullable(), reason: words(2000) }),
  /** `不予认定` by somebody else than its recorder. */
  'discipline.decide': command({ may: stationOfficers, at: 'station', input: StationDecision, output: done }),
  'discipline.addRectification': step({ task: words(1000), owner: Id, dueOn: Day }),
  'discipline.finishRectification': openStep({ rectification: Id, doneOn: Day, result: words(2000) }),
  'discipline.clearRectification': step({ rectification: Id, clearedOn: Day }),
  'discipline.recordFollowUp': step({ on: Day, note: words(2000) }),
  /** By somebody else than its recorder. */
  'discipline.close': step({ summary: words(2000) }),
  'discipline.reopen': step({ reason: Reason }),
  'discipline.giveNotice': step({ decision: Id, toldOn: Day }),
  'discipline.openCase': command({
    may: bureauOfficers,
    at: 'bureau',
    input: z.strictObject({
      station: SiteCode,
      /** A station's incident, or null for a case of the bureau's own. */
      incident: Id.nullable(),
      number: words(40),
      people: People.min(1),
      category: violationActs.schema,
      grounds: Facts,
      documentNo: z.string().trim().max(100).nullable(),
      openedOn: Day,
    }),
    output: z.strictObject({ incident: Id }),
  }),
  'discipline.decideAtBureau': command({
    may: bureauOfficers,
    at: 'bureau',
    input: BureauDecision,
    output: done,
  }),
  'discipline.answerAppeal': command({
    may: bureauOfficers,
    at: 'bureau',
    input: z.strictObject({
      ...Incident,
      appeal: Id,
      outcome: z.enum(['upheld', 'revoked']),
      answeredOn: Day,
      documentNo: z.string().trim().max(100).nullable(),
      note: words(2000),
    }),
    output: done,
  }),
  /** Decisions on the signed-in person himself that he was told of. */
  'discipline.ownDecisions': query({ may: 'everyone', input: z.strictObject({}), output: z.array(DecisionView) }),
  /** What the signed-in person stated against them, and the answers. */
  'discipline.ownAppeals': query({ may: 'everyone', input: z.strictObject({}), output: z.array(AppealView) }),
  'discipline.acknowledgeNotice': command({
    may: 'everyone',
    at: 'station',
    input: z.strictObject({ decision: Id, comment: z.string().trim().max(2000).nullable() }),
    output: done,
  }),
  'discipline.stateAppeal': command({
    may: 'everyone',
    at: 'station',
    input: z.strictObject({ decision: Id, kind: z.enum(['review', 'appeal']), statement: words(4000) }),
    output: done,
  }),
  /** For a person's file: what the signed-in person may know of the decisions on him. */
  'discipline.decisionsOf': command({
    may: 'everyone',
    input: z.strictObject({ personId: Id }),
    output: z.array(DecisionView),
  }),
  /**
   * Who is held by an open case (立案): no transfer, promotion, award or retirement. Never tells of a case the asking
   * person is concerned in; `hasLeft`: somebody who could not know let the person go nevertheless.
   */
  'discipline.frozenPeople': command({
    may: [...disciplineOfficers, 'cadre'],
    input: z.strictObject({}),
    output: z.array(z.strictObject({ person: PersonName, since: Day, hasLeft: z.boolean() })),
  }),
  'discipline.waiting': query({ may: 'everyone', input: z.strictObject({}), output: z.array(Waiting) }),
  ...importCalls('discipline', { may: stationOfficers, at: 'station' }),
};
