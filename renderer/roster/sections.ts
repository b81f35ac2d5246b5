import type { FactField } from '../../shared/roster.ts';

/** A person's facts as they stand together, in the file as in the form. */
export const sections = [
  {
    id: 'person',
    fields: ['name', 'namePinyin', 'sex', 'nation', 'residentId', 'birthDate', 'education', 'politicalStatus', 'phone'],
  },
  {
    id: 'post',
    fields: ['identityKind', 'unit', 'post', 'postStart', 'leadershipLevel', 'grade', 'rank', 'badgeNo'],
  },
  { id: 'service', fields: ['workStart', 'policeStart', 'enrolled', 'ranked', 'veteran', 'status', 'secondedTo'] },
  { id: 'qualification', fields: ['qualificationLevel', 'qualificationNo', 'qualificationExpiry'] },
  { id: 'remarks', fields: ['remarks'] },
] as const satisfies readonly { readonly id: string; readonly fields: readonly FactField[] }[];
