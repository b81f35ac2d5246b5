import { Button, Card, Table } from 'antd';
import { useState } from 'react';
import type { IncidentView } from '../../shared/discipline.ts';
import { text } from '../app/text.ts';
import { ClearRectification, FinishRectification } from './EndingDialogs.tsx';

type Item = IncidentView['rectifications'][number];
type Open = { readonly rectification: string; readonly step: 'finish-rectification' | 'clear-rectification' };

const nextOf = ({ doneOn, clearedOn }: Item): Open['step'] | null => {
  if (clearedOn !== null) return null;
  return doneOn === null ? 'finish-rectification' : 'clear-rectification';
};

/** What has to be put right, by whom and until when. */
export function RectificationsPart({ incident }: { readonly incident: IncidentView }) {
  const [open, setOpen] = useState<Open | null>(null);
  if (incident.rectifications.length === 0) return null;
  const act = (item: Item) => {
    const step = nextOf(item);
    if (step === null || !incident.steps.includes(step)) return null;
    return (
      <Button size="small" onClick={() => setOpen({ rectification: item.id, step })}>
        {text(`discipline.step.${step}`)}
      </Button>
    );
  };
  const close = (): void => setOpen(null);
  return (
    <Card size="small" title={text('discipline.detail.rectifications')}>
      <Table<Item>
        size="small"
        pagination={false}
        scroll={{ x: 800 }}
        rowKey={({ id }) => id}
        dataSource={incident.rectifications}
        columns={[
          { key: 'task', title: text('discipline.detail.task'), dataIndex: 'task' },
          { key: 'owner', title: text('discipline.detail.owner'), width: 90, render: (_, { owner }) => owner.name },
          { key: 'dueOn', title: text('discipline.detail.dueOn'), width: 105, dataIndex: 'dueOn' },
          {
            key: 'doneOn',
            title: text('discipline.detail.doneOn'),
            width: 240,
            render: (_, { doneOn, result }) => [doneOn, result].filter(Boolean).join('　') || '—',
          },
          {
            key: 'clearedOn',
            title: text('discipline.detail.clearedOn'),
            width: 110,
            render: (_, item) => item.clearedOn ?? act(item) ?? '—',
          },
        ]}
      />
      {open?.step === 'finish-rectification' && (
        <FinishRectification incident={incident} rectification={open.rectification} onClose={close} />
      )}
      {open?.step === 'clear-rectification' && (
        <ClearRectification incident={incident} rectification={open.rectification} onClose={close} />
      )}
    </Card>
  );
}
