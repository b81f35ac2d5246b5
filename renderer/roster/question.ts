import type { Input } from '../../shared/contract.ts';
import { activeStatuses } from '../../shared/person.ts';

export type Question = Input<'roster.listPersons'>;

/** People drawn at once; a station has fewer, the bureau turns pages. */
export const PAGE_SIZE = 200;

/** The most that one answer carries. */
const LONGEST_PAGE = 500;

/** Everybody on the strength, by name. */
export const everybody: Question = {
  search: '',
  statuses: [...activeStatuses],
  identityKinds: [],
  ranks: [],
  posts: [],
  qualifications: [],
  station: null,
  sort: 'name',
  descending: false,
  offset: 0,
  limit: PAGE_SIZE,
};

type Page<R> = { readonly total: number; readonly rows: readonly R[] };

/** All that the question finds, page after page; null when one was refused. */
export async function everyRow<R>(
  question: Question,
  ask: (question: Question) => Promise<Page<R> | null>,
): Promise<readonly R[] | null> {
  const rows: R[] = [];
  for (;;) {
    const page = await ask({ ...question, offset: rows.length, limit: LONGEST_PAGE });
    if (!page) return null;
    rows.push(...page.rows);
    if (page.rows.length < LONGEST_PAGE) return rows;
  }
}
