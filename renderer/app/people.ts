import type { Input, Output } from '../../shared/contract.ts';
import { useCall } from './use-call.ts';

export type PersonChoice = Output<'roster.listPersons'>['rows'][number];

/** The question for all on the strength (在册), by name. */
export const everyoneOnDuty: Input<'roster.listPersons'> = {
  search: '',
  statuses: ['ON_DUTY', 'SECONDED', 'OFF_POST'],
  identityKinds: [],
  ranks: [],
  posts: [],
  qualifications: [],
  station: null,
  sort: 'name',
  descending: false,
  offset: 0,
  limit: 500,
};

const everyone: Input<'roster.listPersons'> = { ...everyoneOnDuty, statuses: [] };

/** The site's people, those who left among them, so that stored ids can be shown by name; asks only when there are any. */
export function usePeople(ids: readonly string[]): readonly PersonChoice[] {
  return useCall('roster.listPersons', ids.length === 0 ? null : everyone).value?.rows ?? [];
}
