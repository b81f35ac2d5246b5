import type { Output } from '../../shared/contract.ts';
import { attendanceStates } from '../../shared/training-tables.ts';
import { useGo } from '../app/navigation.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { SheetTable } from '../ui/SheetTable.tsx';
import { resultText } from './words.ts';

type Row = Output<'training.recordOf'>[number];

const columns: readonly Column<Row>[] = [
  { id: 'heldOn', title: text('training.sessions.heldOn'), width: 110, value: ({ heldOn }) => heldOn },
  { id: 'title', title: text('training.sessions.name'), width: 240, value: ({ title }) => title },
  { id: 'hours', title: text('training.person.hours'), width: 70, align: 'right', value: ({ hours }) => hours },
  {
    id: 'state',
    title: text('training.session.state'),
    width: 100,
    filter: true,
    value: ({ state }) => attendanceStates.labelOf(state),
  },
  { id: 'reason', title: text('training.session.reason'), width: 120, value: ({ reason }) => reason },
  { id: 'result', title: text('training.session.result'), width: 100, value: ({ result }) => resultText(result) },
];

/** A person's sessions, for his file. */
export function PersonTraining({ personId }: { readonly personId: string }) {
  const go = useGo();
  const answer = useCall('training.recordOf', { personId });
  return (
    <Loaded answer={answer}>
      {(rows) => (
        <DataTable
          name="person-training"
          title={text('training.person.title')}
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          onOpen={({ id }) => go('session', { id })}
          empty={text('training.person.empty')}
        />
      )}
    </Loaded>
  );
}

/** The same on paper. */
export const TrainingSheet = ({ personId }: { readonly personId: string }) => (
  <SheetTable
    answer={useCall('training.recordOf', { personId })}
    columns={columns}
    rowKey={({ id }) => id}
    empty={text('training.person.empty')}
  />
);
