import { parseLedgerDate } from '../../shared/dates.ts';
import { normalResidentId, readResidentId } from '../../shared/resident-id.ts';
import { sexes } from '../../shared/code-tables.ts';
import { type PersonFacts, residentIdFault } from '../../shared/person.ts';
import { type FactField, PersonDraft, type PersonView } from '../../shared/roster.ts';
import { problemText, text } from '../app/text.ts';

export const dateFields = ['birthDate', 'workStart', 'policeStart', 'postStart', 'qualificationExpiry'] as const;
export const textFields = [
  'name',
  'namePinyin',
  'residentId',
  'secondedTo',
  'post',
  'badgeNo',
  'qualificationNo',
  'phone',
  'unit',
  'remarks',
] as const;
export type DateField = (typeof dateFields)[number];
export type TextField = (typeof textFields)[number];
type TypedField = DateField | TextField;

/** A person as the form holds him until he is whole: what is typed as typed, nothing chosen as null. */
export type Draft = Readonly<Record<TypedField, string>> & {
  readonly [F in Exclude<FactField, TypedField>]: PersonFacts[F] | null;
} & {
  /** The version the draft was made from. */
  readonly version: number | null;
  /** The identity number stays as it is recorded; the page never saw it whole. */
  readonly keepsResidentId: boolean;
  /** Whose strength a new person joins; asked at the bureau only. */
  readonly station: string | null;
  readonly reason: string;
};

export const blank: Draft = {
  ...{ name: '', namePinyin: '', residentId: '', secondedTo: '', post: '', badgeNo: '', qualificationNo: '' },
  ...{ phone: '', unit: '', remarks: '' },
  ...{ birthDate: '', workStart: '', policeStart: '', postStart: '', qualificationExpiry: '' },
  ...{ sex: null, nation: null, education: null, politicalStatus: null, identityKind: null, leadershipLevel: null },
  ...{ grade: null, rank: null, qualificationLevel: null, status: 'ON_DUTY' },
  ...{ enrolled: false, ranked: false, veteran: false },
  ...{ version: null, keepsResidentId: false, station: null, reason: '' },
};

export function draftOf(person: PersonView): Draft {
  const { id: _id, station: _station, stationName: _name, maskedResidentId, version, ...facts } = person;
  const typed = Object.fromEntries(
    [...dateFields, ...textFields].map((field) => [field, field === 'residentId' ? '' : (person[field] ?? '')]),
  ) as Record<TypedField, string>;
  return { ...blank, ...facts, ...typed, version, keepsResidentId: maskedResidentId !== null };
}

export type Faults = Readonly<Partial<Record<FactField | 'station' | 'reason', string>>>;

/** The person as he would be recorded, or what is wrong with each field. */
export function factsIn(draft: Draft): { readonly facts: PersonDraft | null; readonly faults: Faults } {
  const { version: _version, keepsResidentId, station: _station, reason: _reason, ...fields } = draft;
  const typed = Object.fromEntries(textFields.map((field) => [field, draft[field].trim() || null]));
  const dates = Object.fromEntries(dateFields.map((field) => [field, dateIn(draft[field])]));
  const residentId = keepsResidentId ? 'keep' : typed.residentId;
  const secondedTo = draft.status === 'SECONDED' ? typed.secondedTo : null;
  const read = PersonDraft.safeParse({ ...fields, ...typed, ...dates, residentId, secondedTo });
  if (read.success) {
    const fault = keepsResidentId ? null : residentIdFault({ ...read.data });
    return fault
      ? { facts: null, faults: { residentId: problemText({ code: fault }) } }
      : { facts: read.data, faults: {} };
  }
  // Issues of the schema name the field they are about.
  const wrong = read.error.issues.map(({ path }) => path[0] as FactField);
  return { facts: null, faults: Object.fromEntries(wrong.map((field) => [field, faultText(field, draft)])) };
}

/** The date as the ledger's notations write it; what is none stays as typed, which no schema accepts. */
export const dateIn = (typed: string): string | null =>
  typed.trim() === '' ? null : (parseLedgerDate(typed)?.date ?? typed);

const shaped = ['namePinyin', 'badgeNo', 'phone', ...dateFields] as const;

function faultText(field: FactField, draft: Draft): string {
  if (draft[field] === null || draft[field] === '') return text('roster.form.required');
  if (dateFields.some((date) => date === field)) return text('roster.form.dateFault');
  const shape = shaped.find((one) => one === field);
  return text(
    shape === undefined ? 'roster.form.fault' : `roster.fault.${shape as 'namePinyin' | 'badgeNo' | 'phone'}`,
  );
}

/** What a whole identity number says of a person of whom it is not yet recorded. */
export function saidBy(residentId: string, { sex, birthDate }: Draft): Partial<Draft> {
  const read = readResidentId(normalResidentId(residentId));
  if (typeof read === 'string') return {};
  return {
    ...(sex === null ? { sex: sexes.find(read.sex) } : {}),
    ...(birthDate === '' ? { birthDate: read.birthDate } : {}),
  };
}
