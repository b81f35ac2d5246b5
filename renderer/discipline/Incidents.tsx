import { ImportOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { incidentSources } from '../../shared/discipline-entries.ts';
import type { IncidentRow } from '../../shared/discipline.ts';
import { violationLabel } from '../../shared/violation-kinds.ts';
import { useMay } from '../app/may.ts';
import { useGo } from '../app/navigation.ts';
import { useSite } from '../app/session.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { Screen } from '../ui/Screen.tsx';
import { StateTag } from '../ui/StateTag.tsx';
import { CaseDialog } from './BureauDialogs.tsx';
import { FrozenPeople } from './FrozenPeople.tsx';
import { IncidentStateTag, namesOf, stateText } from './words.tsx';

const columns: readonly Column<IncidentRow>[] = [
  { id: 'number', title: text('discipline.incidents.number'), width: 150, value: ({ number }) => number, fixed: true },
  {
    id: 'state',
    title: text('discipline.incidents.state'),
    width: 90,
    filter: true,
    value: ({ state }) => stateText(state),
    show: ({ state }) => <IncidentStateTag state={state} isOverdue={false} />,
  },
  {
    id: 'overdue',
    title: text('discipline.incidents.overdue'),
    width: 90,
    value: ({ isOverdue }) => (isOverdue ? text('discipline.incidents.overdueYes') : null),
    show: ({ isOverdue }) => isOverdue && <StateTag look="bad">{text('discipline.incidents.overdueYes')}</StateTag>,
  },
  { id: 'dueOn', title: text('discipline.incidents.dueOn'), width: 110, value: ({ dueOn }) => dueOn },
  { id: 'people', title: text('discipline.incidents.people'), width: 140, value: ({ people }) => namesOf(people) },
  {
    id: 'category',
    title: text('discipline.incidents.category'),
    width: 230,
    filter: true,
    value: ({ category }) => violationLabel(category),
  },
  {
    id: 'source',
    title: text('discipline.incidents.source'),
    width: 100,
    filter: true,
    value: ({ source }) => source && incidentSources.labelOf(source),
  },
  { id: 'foundOn', title: text('discipline.incidents.foundOn'), width: 110, value: ({ foundOn }) => foundOn },
  {
    id: 'referred',
    title: text('discipline.incidents.referred'),
    width: 90,
    value: ({ awaitsBureau }) => (awaitsBureau ? text('app.yes') : null),
  },
];
const stationColumn: Column<IncidentRow> = {
  id: 'station',
  title: text('discipline.incidents.station'),
  width: 150,
  filter: true,
  value: ({ stationName }) => stationName,
};

/** The incidents the signed-in person may know of. */
export function Incidents() {
  const go = useGo();
  const { kind } = useSite();
  const mayRecord = useMay('discipline.recordIncident');
  const mayOpenCase = useMay('discipline.openCase');
  const [overdueOnly, setOverdueOnly] = useState(false);
  const [isOpeningCase, setOpeningCase] = useState(false);
  const answer = useCall('discipline.listIncidents', { overdueOnly });
  return (
    <Screen
      title={text('discipline.incidents.title')}
      hint={text('discipline.incidents.hint')}
      actions={
        <>
          {mayRecord && (
            <>
              <Button icon={<ImportOutlined />} onClick={() => go('import-discipline')}>
                {text('discipline.incidents.import')}
              </Button>
              <Button type="primary" icon={<PlusOutlined />} onClick={() => go('incident-form')}>
                {text('discipline.incidents.add')}
              </Button>
            </>
          )}
          {mayOpenCase && (
            <Button type="primary" onClick={() => setOpeningCase(true)}>
              {text('discipline.incidents.openCase')}
            </Button>
          )}
        </>
      }
    >
      <ProblemNote problem={answer.problem} onRetry={answer.reload} />
      <FrozenPeople />
      <DataTable
        name="incidents"
        title={text('discipline.incidents.title')}
        columns={kind === 'bureau' ? [stationColumn, ...columns] : columns}
        rows={answer.value ?? []}
        rowKey={({ id }) => id}
        loading={answer.loading}
        saveBy="discipline.saveList"
        onOpen={({ id }) => go('incident', { id })}
        toolbar={
          <Checkbox checked={overdueOnly} onChange={({ target }) => setOverdueOnly(target.checked)}>
            {text('discipline.incidents.overdueOnly')}
          </Checkbox>
        }
        empty={text('discipline.incidents.empty')}
      />
      {isOpeningCase && <CaseDialog incident={null} onClose={() => setOpeningCase(false)} />}
    </Screen>
  );
}
