import { z } from 'zod';
import {
  educations,
  grades,
  identityKinds,
  leadershipLevels,
  personStatuses,
  policeRanks,
  politicalStatuses,
  qualificationLevels,
  sexes,
} from './code-tables.ts';
import { LedgerDate } from './dates.ts';
import { nations } from './nations.ts';
import { normalResidentId, readResidentId } from './resident-id.ts';

export const ShortText = z.string().trim().min(1).max(60);
export const Pinyin = z.string().regex(/^[a-z]+( [a-z]+)*$/);

/** What is known of one person (民警、辅警 and all others of the strength); null where the ledger says nothing. */
export const PersonFacts = z.strictObject({
  name: z.string().trim().min(2).max(40),
  /** Syllables with spaces; proposed by the application, corrected by hand where a character has two readings. */
  namePinyin: Pinyin,
  sex: sexes.schema,
  nation: nations.schema.nullable(),
  birthDate: LedgerDate.nullable(),
  residentId: z
    .string()
    .regex(/^\d{17}[\dX]$/)
    .nullable(),
  education: educations.schema.nullable(),
  politicalStatus: politicalStatuses.schema.nullable(),
  /** 参加工作时间. */
  workStart: LedgerDate.nullable(),
  /** 入警时间. */
  policeStart: LedgerDate.nullable(),
  identityKind: identityKinds.schema,
  /** 录警. */
  enrolled: z.boolean(),
  /** 受衔. */
  ranked: z.boolean(),
  /** 退伍复转军人. */
  veteran: z.boolean(),
  /** Whom a person is lent to; only with the status 借出. */
  secondedTo: ShortText.nullable(),
  /** 职务 or 岗位 as the station writes it. */
  post: ShortText.nullable(),
  leadershipLevel: leadershipLevels.schema.nullable(),
  grade: grades.schema.nullable(),
  rank: policeRanks.schema.nullable(),
  badgeNo: z
    .string()
    .regex(/^[0-9A-Z]{4,12}$/)
    .nullable(),
  qualificationLevel: qualificationLevels.schema.nullable(),
  qualificationNo: ShortText.nullable(),
  qualificationExpiry: LedgerDate.nullable(),
  /** 现岗位起始时间. */
  postStart: LedgerDate.nullable(),
  phone: z
    .string()
    .regex(/^[0-9+-]{3,20}$/)
    .nullable(),
  /** Team or department as the station calls it. */
  unit: ShortText.nullable(),
  remarks: z.string().trim().max(500).nullable(),
  status: personStatuses.schema,
});
export type PersonFacts = z.infer<typeof PersonFacts>;

/** People on the strength (在册): on duty, lent out or off post. */
export const activeStatuses = ['ON_DUTY', 'SECONDED', 'OFF_POST'] as const satisfies readonly PersonFacts['status'][];
export const isActive = (status: PersonFacts['status']): boolean => activeStatuses.some((active) => active === status);

/** Whether a rank, grade or leadership level goes up; the tables are written from the highest down. */
export function isPromotion(before: PersonFacts, after: PersonFacts): boolean {
  const ladders = [
    [policeRanks.entries, before.rank, after.rank],
    [grades.entries, before.grade, after.grade],
    [leadershipLevels.entries, before.leadershipLevel, after.leadershipLevel],
  ] as const;
  return ladders.some(([entries, from, to]) => {
    const place = (wanted: string | null): number =>
      wanted === null ? entries.length : entries.findIndex(({ key }) => key === wanted);
    return place(to) < place(from);
  });
}

/** What is wrong with an identity number beside name, sex and birth; null when nothing is, or there is none. */
export function residentIdFault({
  residentId,
  sex,
  birthDate,
}: Pick<PersonFacts, 'residentId' | 'sex' | 'birthDate'>):
  'roster.resident-id-invalid' | 'roster.resident-id-disagrees' | null {
  if (residentId === null) return null;
  const read = readResidentId(normalResidentId(residentId));
  if (typeof read === 'string') return 'roster.resident-id-invalid';
  const sexAgrees = sex === 'UNKNOWN' || sex === 'UNSTATED' || sexes.codeOf(sex) === read.sex;
  return sexAgrees && (birthDate === null || read.birthDate.startsWith(birthDate))
    ? null
    : 'roster.resident-id-disagrees';
}
