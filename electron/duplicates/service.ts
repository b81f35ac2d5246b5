import { fail, ok } from '../../shared/problem.ts';
import type { HandlersOf, Services } from '../ipc/handlers.ts';
import { duplicatesStore } from './store.ts';

/** Files of two stations that may be one person's, and what the bureau judges of them. */
export function duplicatesService({ db, journal }: Services): HandlersOf<'duplicates'> {
  const store = duplicatesStore(db);
  return {
    'duplicates.pairs': ({ person }) => ok(store.pairs(person)),

    'duplicates.judge': ({ persons, verdict, reason }, { actor }) => {
      const [first, second] = persons.toSorted();
      if (first === second) return fail('duplicates.one-file');
      if (!persons.every(store.isKnown)) return fail('roster.person-unknown');
      journal.append('duplicates.pair-judged', { first, second, verdict, reason }, { id: actor.id, key: null });
      return ok({});
    },
  };
}
