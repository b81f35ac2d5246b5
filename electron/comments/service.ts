import { commentReaders } from '../../shared/comments.ts';
import { fail, ok } from '../../shared/problem.ts';
import type { Actor, HandlersOf, Services } from '../ipc/handlers.ts';
import { commentsStore } from './store.ts';

const mayRead = ({ personId, roles }: Actor, ofPerson: string): boolean =>
  personId === ofPerson || commentReaders.some((role) => roles.includes(role));

/** What a person says of his own file, and what the station answers. */
export function commentsService({ db, journal, site, newId }: Services): HandlersOf<'comments'> {
  const store = commentsStore(db);
  return {
    'comments.commentsOf': ({ personId }, { actor }) =>
      mayRead(actor, personId) ? ok(store.ofPerson(personId)) : fail('request.not-allowed'),

    'comments.writeComment': ({ words }, { actor }) => {
      if (actor.personId === null) return fail('comments.no-file');
      const body = { id: newId(), person: actor.personId, words };
      journal.append('comments.comment-written', body, { id: actor.id, key: actor.key });
      return ok({});
    },

    'comments.answerComment': (body, { actor }) => {
      journal.append('comments.comment-answered', body, { id: actor.id, key: actor.key });
      return ok({});
    },

    'comments.waiting': (_input, { actor }) => ok(store.unanswered(site.station, actor.personId)),
  };
}
