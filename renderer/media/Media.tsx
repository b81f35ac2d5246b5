import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import type { StickRow } from '../../shared/media.ts';
import { useMay } from '../app/may.ts';
import { useGo } from '../app/navigation.ts';
import { useSite } from '../app/session.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { Screen } from '../ui/Screen.tsx';
import { StateTag } from '../ui/StateTag.tsx';
import { RecordStick } from './RecordStick.tsx';
import { stickState } from './words.ts';

const columns: readonly Column<StickRow>[] = [
  { id: 'station', title: text('media.list.station'), width: 200, filter: true, value: ({ station }) => station },
  { id: 'number', title: text('media.list.number'), width: 100, value: ({ number }) => number },
  {
    id: 'kind',
    title: text('media.list.kind'),
    width: 100,
    filter: true,
    value: ({ kind }) => text(`media.kindOf.${kind}`),
  },
  {
    id: 'capacity',
    title: text('media.list.capacity'),
    width: 110,
    align: 'right',
    value: ({ capacityGb }) => capacityGb,
  },
  {
    id: 'state',
    title: text('media.list.state'),
    width: 150,
    filter: true,
    value: (row) => stickState(row).words,
    show: (row) => <StateTag look={stickState(row).look}>{stickState(row).words}</StateTag>,
  },
  { id: 'holder', title: text('media.list.holder'), width: 120, value: ({ holder }) => holder },
  { id: 'since', title: text('media.list.since'), width: 110, value: ({ since }) => since },
  { id: 'remarks', title: text('media.list.remarks'), width: 220, value: ({ remarks }) => remarks },
];

/** The ledger of sticks: the site's own, and at the bureau those of its stations. */
export function Media() {
  const list = useCall('media.list', {});
  const go = useGo();
  const site = useSite();
  const mayKeep = useMay('media.recordStick');
  const [adding, setAdding] = useState(false);
  return (
    <Screen
      title={text('media.title')}
      hint={text('media.list.hint')}
      actions={
        mayKeep && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {text('media.list.add')}
          </Button>
        )
      }
    >
      <ProblemNote problem={list.problem} onRetry={list.reload} />
      <DataTable
        name="media"
        title={text('media.title')}
        rows={list.value ?? []}
        rowKey={({ site: of, id }) => `${of} ${id}`}
        loading={list.loading}
        empty={text('media.list.empty')}
        columns={site.kind === 'bureau' ? columns : columns.slice(1)}
        onOpen={({ site: of, id }) => go('stick', { site: of, id })}
      />
      {adding && <RecordStick onClose={() => setAdding(false)} />}
    </Screen>
  );
}
