import { z } from 'zod';
import { command, query, type Role } from './call.ts';
import { grades, identityKinds, personStatuses, policeRanks, qualificationLevels, sexes } from './code-tables.ts';
import { LedgerDate } from './dates.ts';
import { entryKind, SiteCode } from './entry.ts';
import { importCalls } from './ledger-import.ts';
import { PersonFacts, Pinyin, ShortText } from './person.ts';
import type { ProblemKinds } from './problem-kind.ts';

export const rosterProblems = {
  'roster.person-unknown': 'input',
  'roster.changed-meanwhile': 'conflict',
  'roster.resident-id-invalid': 'input',
  'roster.resident-id-disagrees': 'input',
  'roster.resident-id-taken': 'conflict',
  'roster.badge-no-taken': 'conflict',
  'roster.namesake': 'conflict',
  'roster.reason-missing': 'input',
  'roster.date-in-future': 'input',
  'roster.age-implausible': 'input',
  'roster.already-left': 'conflict',
  'roster.no-resident-id': 'conflict',
  'roster.station-missing': 'input',
  'roster.own-departure': 'denied',
  'roster.departure-by-edit': 'input',
  'roster.person-frozen': 'conflict',
  'roster.person-in-period': 'conflict',
  'roster.promotion-not-yours': 'denied',
  'roster.own-promotion': 'denied',
} as const satisfies ProblemKinds;

/** A person as the form sends him; `residentId: 'keep'`: the page never saw the number and leaves it as it is. */
export const PersonDraft = z.strictObject({
  ...PersonFacts.shape,
  namePinyin: Pinyin.nullable(),
  residentId: z.union([z.string().max(40), z.literal('keep')]).nullable(),
});
export type PersonDraft = z.infer<typeof PersonDraft>;

/** The columns of a person's record. */
export const FactField = PersonFacts.keyof();
export type FactField = z.infer<typeof FactField>;

export const Person = z.strictObject({ id: z.uuid(), version: z.int().positive(), ...PersonFacts.shape });
export type Person = z.infer<typeof Person>;

/** What brought a person's new version about. */
export const personChanges = ['recorded', 'imported', 'edited', 'left', 'transferred'] as const;
export type PersonChange = (typeof personChanges)[number];

const PersonRecorded = z.strictObject({
  person: Person,
  change: z.enum(personChanges),
  /** Why; on everything but the first record. */
  reason: z.string().trim().min(1).max(500).nullable(),
  /** The day it took effect, where that is not the day of entry. */
  effectiveOn: LedgerDate.nullable(),
  /** Where somebody who was transferred went, in words. */
  movedTo: ShortText.optional(),
});
export type PersonRecorded = z.infer<typeof PersonRecorded>;

export const rosterEntries = {
  /**
   * A person's whole state. The highest version counts, of equal ones the bureau's, so that it does not matter in which
   * order streams arrive; nothing of another stream decides whether it is valid.
   */
  'roster.person-recorded': entryKind(PersonRecorded, { from: 'both', goes: 'station' }),
  /** The same for somebody of the bureau itself; no station learns of it. */
  'roster.bureau-person-recorded': entryKind(PersonRecorded, { from: 'bureau', goes: 'own' }),
  /** Somebody looked at a full identity number. */
  'roster.resident-id-revealed': entryKind(z.strictObject({ personId: z.uuid() }), { from: 'both', goes: 'own' }),
};

const keepers = ['chief', 'trainer', 'admin', 'cadre'] as const satisfies readonly Role[];
/** Who lets people go and rise: those who may also know what holds a person (立案), so that a refusal tells nobody of a case. */
const releasers = ['chief', 'cadre'] as const satisfies readonly Role[];

/** One line of the list; the identity number is masked. */
export const PersonRow = z.strictObject({
  id: z.uuid(),
  station: SiteCode.nullable(),
  stationName: z.string().nullable(),
  name: z.string(),
  sex: sexes.schema,
  birthDate: LedgerDate.nullable(),
  maskedResidentId: z.string().nullable(),
  identityKind: identityKinds.schema,
  unit: z.string().nullable(),
  post: z.string().nullable(),
  grade: grades.schema.nullable(),
  rank: policeRanks.schema.nullable(),
  badgeNo: z.string().nullable(),
  qualificationLevel: qualificationLevels.schema.nullable(),
  postStart: LedgerDate.nullable(),
  phone: z.string().nullable(),
  status: personStatuses.schema,
});
export type PersonRow = z.infer<typeof PersonRow>;

/** A person as the file shows him: as recorded, but for the identity number, which is masked. */
export const PersonView = z.strictObject({
  ...Person.omit({ residentId: true }).shape,
  maskedResidentId: z.string().nullable(),
  station: SiteCode.nullable(),
  stationName: z.string().nullable(),
});
export type PersonView = z.infer<typeof PersonView>;

export const PersonVersion = z.strictObject({
  version: z.int(),
  change: z.enum(personChanges),
  reason: z.string().nullable(),
  effectiveOn: LedgerDate.nullable(),
  movedTo: z.string().nullable(),
  at: z.iso.datetime(),
  byName: z.string().nullable(),
  fromBureau: z.boolean(),
  /** Fields that differ from the version before, with both values; the identity number only by name. */
  changes: z.array(z.strictObject({ field: FactField, before: z.string().nullable(), after: z.string().nullable() })),
});
export type PersonVersion = z.infer<typeof PersonVersion>;

export const personSorts = ['name', 'rank', 'birthDate', 'postStart'] as const;

const ListInput = z.strictObject({
  /** Characters, pinyin, initials, badge number, or a whole identity number. */
  search: z.string().max(60),
  statuses: z.array(personStatuses.schema),
  identityKinds: z.array(identityKinds.schema),
  ranks: z.array(policeRanks.schema),
  posts: z.array(z.string()),
  /** `NONE`: those without any. */
  qualifications: z.array(z.union([qualificationLevels.schema, z.literal('NONE')])),
  station: SiteCode.nullable(),
  sort: z.enum(personSorts),
  descending: z.boolean(),
  offset: z.int().nonnegative(),
  limit: z.int().min(1).max(500),
});
export type ListInput = z.infer<typeof ListInput>;

const Reason = z.string().trim().max(500);

/** Who may take another station's place in a call of the bureau: `null` is somebody of the bureau itself. */
const stationOption = { station: SiteCode.nullable().optional() };

export const rosterCalls = {
  /** An officer finds only himself. */
  'roster.listPersons': query({
    may: 'everyone',
    input: ListInput,
    output: z.strictObject({ total: z.int(), rows: z.array(PersonRow) }),
  }),
  /** The posts in use, for the filter. */
  'roster.listPosts': query({ may: 'everyone', input: z.strictObject({}), output: z.array(z.string()) }),
  'roster.getPerson': query({ may: 'everyone', input: z.strictObject({ id: z.uuid() }), output: PersonView }),
  'roster.historyOf': query({
    may: 'everyone',
    input: z.strictObject({ id: z.uuid() }),
    output: z.array(PersonVersion),
  }),
  /** The whole number, for one who needs it; leaves a trace in the journal. */
  'roster.revealResidentId': command({
    may: [...keepers, 'inspector', 'officer'],
    input: z.strictObject({ id: z.uuid() }),
    output: z.strictObject({ residentId: z.string() }),
  }),
  /** The proposed reading of a name. */
  'roster.pinyinOf': query({
    may: keepers,
    input: z.strictObject({ name: ShortText }),
    output: z.strictObject({ namePinyin: z.string() }),
  }),
  /** A new person, or a new version of a known one, which needs a reason and the version it was made from. */
  'roster.recordPerson': command({
    may: keepers,
    input: z.strictObject({
      id: z.uuid().nullable(),
      version: z.int().positive().nullable(),
      facts: PersonDraft,
      reason: Reason,
      /** Confirms that a namesake is somebody else. */
      namesakeConfirmed: z.boolean(),
      ...stationOption,
    }),
    output: PersonView,
  }),
  /** Retirement, resignation, or off post; stays in the roster under that status. */
  'roster.personLeft': command({
    may: releasers,
    input: z.strictObject({
      id: z.uuid(),
      version: z.int().positive(),
      status: z.enum(['OFF_POST', 'RETIRED', 'RESIGNED']),
      effectiveOn: LedgerDate,
      reason: Reason,
    }),
    output: PersonView,
  }),
  'roster.personTransferred': command({
    may: releasers,
    input: z.strictObject({
      id: z.uuid(),
      version: z.int().positive(),
      /** Where to, in words. */
      to: ShortText,
      effectiveOn: LedgerDate,
      reason: Reason,
    }),
    output: PersonView,
  }),
  /** Figures of the people on the strength. */
  'roster.counts': query({
    may: 'everyone',
    input: z.strictObject({}),
    output: z.strictObject({
      active: z.int(),
      onDuty: z.int(),
      left: z.int(),
      qualifiedOnDuty: z.int(),
      byIdentity: z.array(z.strictObject({ identityKind: identityKinds.schema, count: z.int() })),
    }),
  }),
  ...importCalls('roster', { may: keepers, options: stationOption }),
};
