import { disciplineOfficers } from '../../shared/discipline.ts';
import type { Journal } from '../journal/journal.ts';
import type { Actor } from './handlers.ts';

/** An entry as it is listed or counted. */
export type Listed = { readonly kind: string; readonly author: string; readonly line: string };

/** Whoever deals with discipline, unless it is about him; and who wrote it. */
export const mayKnowClosed = ({ id, roles, personId }: Actor, { author, line }: Omit<Listed, 'kind'>): boolean =>
  author === id ||
  (disciplineOfficers.some((role) => roles.includes(role)) && (personId === null || !line.includes(personId)));

/**
 * Whether the actor may learn from a list or a count that there is such an entry. One of a kind unknown here is counted
 * for everybody who may judge it: it waits for an update of this application, which somebody has to see to.
 */
export const mayBeTold = (journal: Pick<Journal, 'isConfidential'>, actor: Actor, entry: Listed): boolean =>
  !journal.isConfidential(entry.kind) || mayKnowClosed(actor, entry);
