import type { PersonComment } from '../../shared/comments.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import type { Column } from '../ui/DataTable.tsx';
import { instantText } from '../ui/format.ts';
import { SheetTable } from '../ui/SheetTable.tsx';

const columns: readonly Pick<Column<PersonComment>, 'id' | 'title' | 'value'>[] = [
  { id: 'at', title: text('comments.part.at'), value: ({ at }) => instantText(at) },
  { id: 'words', title: text('comments.part.title'), value: ({ words }) => words },
  {
    id: 'answer',
    title: text('comments.answer.words'),
    value: ({ answer }) => answer && [answer.words, answer.byName, instantText(answer.at)].filter(Boolean).join('　'),
  },
];

/** What a person said of his file, on paper. */
export const CommentsSheet = ({ personId }: { readonly personId: string }) => (
  <SheetTable
    answer={useCall('comments.commentsOf', { personId })}
    columns={columns}
    rowKey={({ id }) => id}
    empty={text('comments.part.empty')}
  />
);
