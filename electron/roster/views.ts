import type { PersonFacts } from '../../shared/person.ts';
import type { PersonVersion, PersonView } from '../../shared/roster.ts';
import { maskResidentId } from '../../shared/resident-id.ts';
import type { PersonRecord, VersionRecord } from './store.ts';

/** The person without the full identity number. */
export function viewOf({ id, version, station, stationName, facts }: PersonRecord): PersonView {
  const { residentId, ...rest } = facts;
  return {
    ...rest,
    id,
    version,
    station,
    stationName,
    maskedResidentId: residentId === null ? null : maskResidentId(residentId),
  };
}

const shown = (value: PersonFacts[keyof PersonFacts]): string | null => (value === null ? null : String(value));

/** What differs between two states; of an identity number only that it does. */
export function differences(before: PersonFacts, after: PersonFacts): PersonVersion['changes'] {
  // Both have the keys of the one schema.
  const fields = Object.keys(after) as (keyof PersonFacts)[];
  return fields
    .filter((field) => before[field] !== after[field])
    .map((field) =>
      field === 'residentId'
        ? { field, before: null, after: null }
        : { field, before: shown(before[field]), after: shown(after[field]) },
    );
}

/** The versions, newest first, each with what it changed. */
export const historyOf = (versions: readonly VersionRecord[]): PersonVersion[] =>
  versions
    .map(({ facts, fromBureau, ...version }, index) => {
      const before = versions[index - 1];
      return { ...version, fromBureau: fromBureau === 1, changes: before ? differences(before.facts, facts) : [] };
    })
    .reverse();
