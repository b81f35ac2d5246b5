import { z } from 'zod';
import { codeTable } from './code-tables.ts';
import { bureauMeasures, stationMeasures } from './discipline-measures.ts';
import { entryKind, Sha256 } from './entry.ts';
import { violationActs } from './violation-kinds.ts';

/** Where a clue (线索) comes from. */
export const incidentSources = codeTable([
  { key: 'REPORT', code: null, label: '举报', synonyms: ['群众举报', '来信举报', '实名举报', '匿名举报'] },
  { key: 'COMPLAINT', code: null, label: '投诉', synonyms: ['群众投诉', '来电投诉', '12389投诉', '信访'] },
  { key: 'INSPECTION', code: null, label: '督察发现', synonyms: ['督察', '督察检查', '县局督察'] },
  { key: 'ASSIGNED', code: null, label: '上级交办', synonyms: ['交办', '县局交办', '转办'] },
  { key: 'SELF_CHECK', code: null, label: '自查', synonyms: ['自查发现', '所内自查'] },
]);
export type IncidentSource = (typeof incidentSources)['entries'][number]['key'];

const words = (max: number) => z.string().trim().min(1).max(max);
const Id = z.uuid();
const Day = z.iso.date();
export const Reason = words(500);
export const Facts = words(8000);
/** Ids of roster persons, each once. */
export const People = z
  .array(Id)
  .max(50)
  .refine((ids) => new Set(ids).size === ids.length);

/** A photo or scan as evidence (证据材料), stored encrypted beside the database. */
export const Evidence = z.strictObject({
  sha256: Sha256,
  sizeBytes: z.int().positive(),
  kind: z.enum(['jpg', 'png', 'pdf']),
  name: words(200),
});
export type Evidence = z.infer<typeof Evidence>;

const Incident = { incident: Id };
const DecidedHow = {
  decidedOn: Day,
  decidedBy: words(100),
  documentNo: z.string().trim().max(100).nullable(),
  reason: words(2000),
};

/** What a person writes down of a new incident; the number is given by the site. */
export const IncidentDraft = z.strictObject({
  source: incidentSources.schema,
  /** Who reported, as far as known; never shown to the person concerned. */
  reporter: z.string().trim().max(200).nullable(),
  foundOn: Day,
  actedOn: Day.nullable(),
  /** Empty while it is not known who is concerned (当事人待查). */
  people: People,
  category: violationActs.schema,
  facts: Facts,
});

export const StationDecision = z.strictObject({
  ...Incident,
  person: Id.nullable(),
  measure: stationMeasures.schema,
  ...DecidedHow,
});
export const BureauDecision = z.strictObject({
  ...Incident,
  person: Id.nullable(),
  measure: bureauMeasures.schema,
  ...DecidedHow,
  /** First day of the measure; the day of the decision when null. */
  startsOn: Day.nullable(),
  days: z.int().min(1).max(60).nullable(),
  months: z.int().min(1).max(48).nullable(),
});

export const ledgerStages = ['lead', 'verifying', 'pending', 'closed'] as const;

const ofStation = <B extends z.ZodType>(body: B) => entryKind(body, { from: 'station', signed: true, closed: true });
const ofBureau = <B extends z.ZodType>(body: B) =>
  entryKind(body, { from: 'bureau', goes: 'station', signed: true, closed: true });
const ofBoth = <B extends z.ZodType>(body: B) => entryKind(body, { from: 'both', signed: true, closed: true });

/** Every step of an incident is its author's personal, signed act. */
export const disciplineEntries = {
  'discipline.incident-recorded': ofStation(z.strictObject({ id: Id, number: words(40), ...IncidentDraft.shape })),
  /** One row of the paper ledger (纸质台账), taken over with what had become of it; the importer signs that it stood there so. */
  'discipline.incident-taken-from-ledger': ofStation(
    z.strictObject({
      id: Id,
      number: words(40),
      source: incidentSources.schema,
      foundOn: Day,
      people: People.min(1),
      category: violationActs.schema,
      facts: Facts,
      verifiers: People,
      dueOn: Day.nullable(),
      stage: z.enum(ledgerStages),
      decisions: z.array(z.strictObject({ id: Id, person: Id, measure: stationMeasures.schema, decidedOn: Day })),
    }),
  ),
  'discipline.facts-edited': ofStation(z.strictObject({ ...Incident, facts: Facts, reason: Reason })),
  'discipline.people-changed': ofStation(z.strictObject({ ...Incident, people: People, reason: Reason })),
  'discipline.evidence-added': ofStation(z.strictObject({ ...Incident, evidence: Evidence })),
  'discipline.verification-started': ofStation(z.strictObject({ ...Incident, verifiers: People.min(1), dueOn: Day })),
  'discipline.verification-extended': ofStation(z.strictObject({ ...Incident, dueOn: Day, reason: Reason })),
  'discipline.verification-finished': ofStation(
    z.strictObject({ ...Incident, finding: words(8000), established: z.boolean(), finishedOn: Day }),
  ),
  /** Put before the bureau (报县局), which alone may decide; the proposal is the station's view. */
  'discipline.incident-referred': ofStation(
    z.strictObject({ ...Incident, proposal: bureauMeasures.schema.nullable(), reason: words(2000) }),
  ),
  'discipline.decision-made': ofStation(z.strictObject({ id: Id, ...StationDecision.shape })),
  'discipline.rectification-added': ofStation(
    z.strictObject({ id: Id, ...Incident, task: words(1000), owner: Id, dueOn: Day }),
  ),
  'discipline.rectification-done': ofStation(
    z.strictObject({ ...Incident, rectification: Id, doneOn: Day, result: words(2000) }),
  ),
  /** Checked and struck off (销号). */
  'discipline.rectification-cleared': ofStation(z.strictObject({ ...Incident, rectification: Id, clearedOn: Day })),
  'discipline.follow-up-recorded': ofStation(z.strictObject({ ...Incident, on: Day, note: words(2000) })),
  'discipline.incident-closed': ofStation(z.strictObject({ ...Incident, summary: words(2000) })),
  /** The decisions and cases named stay in force; they no longer settle this incident. */
  'discipline.incident-reopened': ofStation(
    z.strictObject({ ...Incident, reason: Reason, setsAside: z.array(Id).max(500) }),
  ),
  /** Somebody looked: once per account and day, at the list, at each incident, each piece of evidence, each person. */
  'discipline.list-viewed': ofBoth(z.strictObject({ on: Day })),
  /** The list was taken away as a file. */
  'discipline.list-saved': ofBoth(z.strictObject({ rows: z.int().nonnegative() })),
  'discipline.incident-viewed': ofBoth(z.strictObject({ ...Incident, on: Day })),
  'discipline.evidence-viewed': ofBoth(z.strictObject({ ...Incident, sha256: Sha256, on: Day })),
  'discipline.decisions-viewed': ofBoth(z.strictObject({ person: Id, on: Day })),
  /** The person was told of a decision on him (告知); his terms run from here. */
  'discipline.notice-given': ofStation(z.strictObject({ ...Incident, decision: Id, toldOn: Day })),
  'discipline.notice-acknowledged': ofStation(
    z.strictObject({ decision: Id, comment: z.string().trim().max(2000).nullable() }),
  ),
  /** The person asks for a review (复核) or appeals (申诉). */
  'discipline.appeal-stated': ofStation(
    z.strictObject({ id: Id, decision: Id, kind: z.enum(['review', 'appeal']), statement: words(4000), statedOn: Day }),
  ),
  /** The bureau opens a case (立案): on a station's incident, or on one of its own that no station has recorded. */
  'discipline.case-opened': ofBureau(
    z.strictObject({
      id: Id,
      ...Incident,
      number: words(40),
      people: People.min(1),
      category: violationActs.schema,
      grounds: Facts,
      documentNo: z.string().trim().max(100).nullable(),
      openedOn: Day,
      decideBy: Day,
    }),
  ),
  'discipline.bureau-decision-made': ofBureau(z.strictObject({ id: Id, ...BureauDecision.shape })),
  'discipline.appeal-answered': ofBureau(
    z.strictObject({
      appeal: Id,
      decision: Id,
      outcome: z.enum(['upheld', 'revoked']),
      answeredOn: Day,
      documentNo: z.string().trim().max(100).nullable(),
      note: words(2000),
    }),
  ),
};
