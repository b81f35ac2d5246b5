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
} from '../../shared/code-tables.ts';
import { nations } from '../../shared/nations.ts';
import { isActive, type PersonFacts } from '../../shared/person.ts';
import type { FactField, PersonVersion } from '../../shared/roster.ts';
import { text } from '../app/text.ts';
import type { StateLook } from '../ui/StateTag.tsx';

type Table = { readonly entries: readonly { readonly key: string; readonly label: string }[] };

const yesNo: Table = {
  entries: [
    { key: 'true', label: text('app.yes') },
    { key: 'false', label: text('app.no') },
  ],
};

const tables: Readonly<Partial<Record<FactField, Table>>> = {
  sex: sexes,
  nation: nations,
  education: educations,
  politicalStatus: politicalStatuses,
  identityKind: identityKinds,
  enrolled: yesNo,
  ranked: yesNo,
  veteran: yesNo,
  leadershipLevel: leadershipLevels,
  grade: grades,
  rank: policeRanks,
  qualificationLevel: qualificationLevels,
  status: personStatuses,
};

export const fieldLabel = (field: FactField): string => text(`roster.field.${field}`);

/** The values of a column that has a table of its own, to choose from. */
export const optionsFor = (field: FactField): { value: string; label: string }[] =>
  (tables[field]?.entries ?? []).map(({ key, label }) => ({ value: key, label }));

/** A recorded value as it is read; a dash where the record says nothing. */
export function valueText(field: FactField, value: string | boolean | null): string {
  if (value === null) return '—';
  return tables[field]?.entries.find(({ key }) => key === String(value))?.label ?? String(value);
}

/** `岗位：社区民警 → 内勤`; of an identity number only that it was corrected. */
export const changeText = ({ field, before, after }: PersonVersion['changes'][number]): string => {
  if (field === 'residentId') return text('roster.history.residentId');
  const values = { before: valueText(field, before), after: valueText(field, after) };
  return text('roster.history.change', { field: fieldLabel(field), ...values });
};

const looks: Readonly<Record<PersonFacts['status'], StateLook>> = {
  ON_DUTY: 'good',
  SECONDED: 'running',
  OFF_POST: 'warning',
  TRANSFERRED: 'off',
  RETIRED: 'off',
  RESIGNED: 'off',
};
export const lookOf = (status: PersonFacts['status']): StateLook => looks[status];

export const leftStatuses = personStatuses.entries.map(({ key }) => key).filter((key) => !isActive(key));
