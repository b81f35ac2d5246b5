import { ImportOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import type { SessionRow } from '../../shared/training.ts';
import { courseKinds, trainingMethods } from '../../shared/training-tables.ts';
import { useMay } from '../app/may.ts';
import { useGo } from '../app/navigation.ts';
import { useSite } from '../app/session.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { MonthField } from '../ui/DateField.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { Screen } from '../ui/Screen.tsx';

const columns: readonly Column<SessionRow>[] = [
  { id: 'heldOn', title: text('training.sessions.heldOn'), width: 110, value: ({ heldOn }) => heldOn, fixed: true },
  { id: 'title', title: text('training.sessions.name'), width: 220, value: ({ title }) => title },
  {
    id: 'kind',
    title: text('training.sessions.kind'),
    width: 110,
    filter: true,
    value: ({ kind }) => courseKinds.labelOf(kind),
  },
  {
    id: 'method',
    title: text('training.sessions.method'),
    width: 80,
    filter: true,
    value: ({ method }) => trainingMethods.labelOf(method),
  },
  { id: 'hours', title: text('training.sessions.hours'), width: 70, align: 'right', value: ({ hours }) => hours },
  {
    id: 'expected',
    title: text('training.sessions.expected'),
    width: 70,
    align: 'right',
    value: (row) => row.expected,
  },
  {
    id: 'present',
    title: text('training.sessions.present'),
    width: 70,
    align: 'right',
    value: ({ present }) => present,
  },
  {
    id: 'instructor',
    title: text('training.sessions.instructor'),
    width: 130,
    filter: true,
    value: ({ instructor }) => instructor,
  },
  { id: 'place', title: text('training.sessions.place'), width: 110, value: ({ place }) => place },
  { id: 'scans', title: text('training.sessions.scans'), width: 80, align: 'right', value: ({ scans }) => scans },
];

const stationColumn: Column<SessionRow> = {
  id: 'station',
  title: text('training.sessions.station'),
  width: 150,
  filter: true,
  value: ({ stationName }) => stationName,
};

/** The sessions of a month, or of the year. */
export function Sessions() {
  const go = useGo();
  const { kind } = useSite();
  const mayRecord = useMay('training.recordSession');
  const [month, setMonth] = useState<string | null>(dayjs().format('YYYY-MM'));
  const year = dayjs().format('YYYY');
  const range =
    month === null
      ? { from: `${year}-01-01`, to: `${year}-12-31` }
      : { from: `${month}-01`, to: dayjs(`${month}-01`).endOf('month').format('YYYY-MM-DD') };
  const answer = useCall('training.listSessions', { ...range, station: null });
  const toolbar = (
    <>
      <MonthField value={month} onChange={setMonth} aria-label={text('training.sessions.month')} />
      <Button disabled={month === null} onClick={() => setMonth(null)}>
        {text('training.sessions.wholeYear')}
      </Button>
    </>
  );
  return (
    <Screen
      title={text('training.sessions.title')}
      actions={
        mayRecord && (
          <>
            <Button icon={<ImportOutlined />} onClick={() => go('import-training')}>
              {text('training.sessions.import')}
            </Button>
            <Button type="primary" icon={<PlusOutlined />} onClick={() => go('session-form')}>
              {text('training.sessions.add')}
            </Button>
          </>
        )
      }
    >
      <ProblemNote problem={answer.problem} onRetry={answer.reload} />
      <DataTable
        name="sessions"
        title={text('training.sessions.title')}
        columns={kind === 'bureau' ? [stationColumn, ...columns] : columns}
        rows={answer.value ?? []}
        rowKey={({ id }) => id}
        loading={answer.loading}
        onOpen={({ id }) => go('session', { id })}
        toolbar={toolbar}
        empty={text('training.sessions.empty')}
      />
    </Screen>
  );
}
