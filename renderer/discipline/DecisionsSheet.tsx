import type { DecisionView } from '../../shared/discipline.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import type { Column } from '../ui/DataTable.tsx';
import { SheetTable } from '../ui/SheetTable.tsx';
import { periodText } from './words.tsx';

type SheetColumn = Pick<Column<DecisionView>, 'id' | 'title' | 'value'>;

const columns: readonly SheetColumn[] = [
  {
    id: 'measure',
    title: text('discipline.detail.measure'),
    value: ({ measureName, revoked }) =>
      [measureName, revoked ? text('discipline.detail.revoked') : null].filter(Boolean).join('　'),
  },
  { id: 'level', title: text('discipline.detail.level'), value: ({ level }) => text(`discipline.detail.${level}`) },
  { id: 'decidedOn', title: text('discipline.detail.decidedOn'), value: ({ decidedOn }) => decidedOn },
  { id: 'decidedBy', title: text('discipline.detail.decidedBy'), value: ({ decidedBy }) => decidedBy },
  { id: 'documentNo', title: text('discipline.detail.documentNo'), value: ({ documentNo }) => documentNo },
  { id: 'period', title: text('discipline.detail.period'), value: periodText },
  { id: 'toldOn', title: text('discipline.own.toldOn'), value: ({ toldOn }) => toldOn },
  { id: 'reason', title: text('discipline.detail.reason'), value: ({ reason }) => reason },
  { id: 'comment', title: text('discipline.own.comment'), value: ({ comment }) => comment },
];

/** The decisions on a person, as far as the signed-in one may know them, on paper. */
export const DecisionsSheet = ({ personId }: { readonly personId: string }) => (
  <SheetTable
    answer={useCall('discipline.decisionsOf', { personId })}
    columns={columns}
    rowKey={({ id }) => id}
    empty={text('discipline.person.empty')}
  />
);
