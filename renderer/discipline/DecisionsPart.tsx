import { Button, Card, Table } from 'antd';
import { useState } from 'react';
import type { DecisionView, IncidentView } from '../../shared/discipline.ts';
import { useMay } from '../app/may.ts';
import { text } from '../app/text.ts';
import { decisionColumns } from './decision-columns.tsx';
import { GiveNotice } from './EndingDialogs.tsx';

/** What was decided, by whom, for how long, and whether the person was told. */
export function DecisionsPart({ incident }: { readonly incident: IncidentView }) {
  const mayTell = useMay('discipline.giveNotice');
  const [telling, setTelling] = useState<string | null>(null);
  if (incident.decisions.length === 0) return null;
  const tell = ({ id, person, toldOn, acknowledgedAt }: DecisionView) => {
    if (acknowledgedAt !== null) return `${toldOn ?? ''} ${text('discipline.detail.acknowledged')}`;
    if (toldOn !== null || person === null) return toldOn;
    if (!mayTell) return text('discipline.detail.notTold');
    return (
      <Button size="small" onClick={() => setTelling(id)}>
        {text('discipline.detail.tell')}
      </Button>
    );
  };
  return (
    <Card size="small" title={text('discipline.detail.decisions')}>
      <Table<DecisionView>
        size="small"
        pagination={false}
        scroll={{ x: 1150 }}
        rowKey={({ id }) => id}
        dataSource={incident.decisions}
        columns={[
          {
            key: 'person',
            title: text('discipline.detail.person'),
            width: 90,
            render: (_, { person }) => person?.name ?? text('discipline.detail.whole'),
          },
          ...decisionColumns,
          { key: 'told', title: text('discipline.detail.toldOn'), width: 150, render: (_, row) => tell(row) },
        ]}
      />
      {telling !== null && <GiveNotice incident={incident} decision={telling} onClose={() => setTelling(null)} />}
    </Card>
  );
}
