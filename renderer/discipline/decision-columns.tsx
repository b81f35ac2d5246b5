import type { TableColumnsType } from 'antd';
import type { DecisionView } from '../../shared/discipline.ts';
import { text } from '../app/text.ts';
import { StateTag } from '../ui/StateTag.tsx';
import { periodText } from './words.tsx';

/** What a decision says, wherever it is shown. */
export const decisionColumns: TableColumnsType<DecisionView> = [
  {
    key: 'measure',
    title: text('discipline.detail.measure'),
    width: 130,
    render: (_, { measureName, revoked }) =>
      revoked ? (
        <>
          {measureName} <StateTag look="off">{text('discipline.detail.revoked')}</StateTag>
        </>
      ) : (
        measureName
      ),
  },
  {
    key: 'level',
    title: text('discipline.detail.level'),
    width: 80,
    render: (_, { level }) => text(`discipline.detail.${level}`),
  },
  { key: 'decidedOn', title: text('discipline.detail.decidedOn'), width: 105, dataIndex: 'decidedOn' },
  {
    key: 'decidedBy',
    title: text('discipline.detail.decidedBy'),
    width: 150,
    render: (_, { decidedBy, documentNo }) => [decidedBy, documentNo].filter(Boolean).join('　') || '—',
  },
  { key: 'period', title: text('discipline.detail.period'), width: 200, render: (_, row) => periodText(row) ?? '—' },
  { key: 'reason', title: text('discipline.detail.reason'), width: 240, render: (_, { reason }) => reason ?? '—' },
];
