import type { PairRow } from '../../shared/mentorship.ts';
import { useGo } from '../app/navigation.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { SheetTable } from '../ui/SheetTable.tsx';
import { PairStateTag, stateText } from './words.tsx';

const columnsFor = (personId: string): readonly Column<PairRow>[] => [
  {
    id: 'role',
    title: text('mentorship.person.role'),
    width: 80,
    filter: true,
    value: ({ mentor }) => text(mentor.id === personId ? 'mentorship.pairs.mentor' : 'mentorship.pairs.apprentice'),
  },
  {
    id: 'other',
    title: text('mentorship.person.other'),
    width: 100,
    value: ({ mentor, apprentice }) => (mentor.id === personId ? apprentice.name : mentor.name),
  },
  {
    id: 'state',
    title: text('mentorship.pairs.state'),
    width: 120,
    filter: true,
    value: ({ state }) => stateText(state),
    show: ({ state }) => <PairStateTag state={state} />,
  },
  { id: 'startsOn', title: text('mentorship.pairs.startsOn'), width: 110, value: ({ startsOn }) => startsOn },
  { id: 'endsOn', title: text('mentorship.pairs.endsOn'), width: 110, value: ({ endsOn }) => endsOn },
  {
    id: 'signOffs',
    title: text('mentorship.pairs.signOffs'),
    width: 90,
    align: 'right',
    value: ({ signOffs }) => signOffs,
  },
  {
    id: 'average',
    title: text('mentorship.pairs.average'),
    width: 80,
    align: 'right',
    value: ({ average }) => average,
  },
];

/** A person's pairs, as mentor and as apprentice, for his file. */
export function PersonMentorship({ personId }: { readonly personId: string }) {
  const go = useGo();
  const answer = useCall('mentorship.pairsOf', { personId });
  return (
    <Loaded answer={answer}>
      {(rows) => (
        <DataTable
          name="person-mentorship"
          title={text('mentorship.person.title')}
          columns={columnsFor(personId)}
          rows={rows}
          rowKey={({ id }) => id}
          onOpen={({ id }) => go('pair', { id })}
          empty={text('mentorship.person.empty')}
        />
      )}
    </Loaded>
  );
}

/** The same on paper. */
export const MentorshipSheet = ({ personId }: { readonly personId: string }) => (
  <SheetTable
    answer={useCall('mentorship.pairsOf', { personId })}
    columns={columnsFor(personId)}
    rowKey={({ id }) => id}
    empty={text('mentorship.person.empty')}
  />
);
