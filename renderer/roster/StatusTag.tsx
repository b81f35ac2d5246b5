import { personStatuses } from '../../shared/code-tables.ts';
import type { PersonFacts } from '../../shared/person.ts';
import { StateTag } from '../ui/StateTag.tsx';
import { lookOf } from './words.ts';

/** Whether somebody is on the strength, and how. */
export const StatusTag = ({ status }: Pick<PersonFacts, 'status'>) => (
  <StateTag look={lookOf(status)}>{personStatuses.labelOf(status)}</StateTag>
);
