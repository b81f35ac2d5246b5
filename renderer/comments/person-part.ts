import { commentReaders } from '../../shared/comments.ts';
import { useMay } from '../app/may.ts';
import type { PersonPart, Waiting } from '../app/registry.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import { instantText } from '../ui/format.ts';
import { CommentsSheet } from './CommentsSheet.tsx';
import { PersonComments } from './PersonComments.tsx';

export const commentsPersonPart: PersonPart = {
  id: 'comments',
  title: 'comments.part.title',
  needs: 'comments.commentsOf',
  forWhom: (me, personId) => me.personId === personId || commentReaders.some((role) => me.roles.includes(role)),
  view: PersonComments,
  sheet: CommentsSheet,
};

/** What people said of their files and nobody has answered. */
export function useCommentsWaiting(): readonly Waiting[] | null {
  const { value } = useCall('comments.waiting', {});
  const may = useMay('comments.waiting');
  if (!may) return [];
  if (!value) return null;
  return value.map(({ id, personId, name, at }) => ({
    key: `comment-${id}`,
    urgency: 'due',
    text: text('comments.waiting', { name, at: instantText(at) }),
    place: { screen: 'person', params: { id: personId, part: 'comments' } },
  }));
}
