import dayjs from 'dayjs';
import { useState } from 'react';
import { identityKinds } from '../../shared/code-tables.ts';
import type { PersonHours } from '../../shared/training.ts';
import { HOURS_PER_DAY } from '../../shared/training-rules.ts';
import { useSite } from '../app/session.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { YearField } from '../ui/DateField.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { Screen } from '../ui/Screen.tsx';
import { type StateLook, StateTag } from '../ui/StateTag.tsx';

function progressOf({ days, due, norm }: PersonHours): { readonly look: StateLook; readonly words: string } {
  if (days >= norm) return { look: 'good', words: text('training.hours.done') };
  return days >= due
    ? { look: 'running', words: text('training.hours.onTrack') }
    : { look: 'bad', words: text('training.hours.behind') };
}

const number = (
  id: 'hours' | 'practiceHours' | 'days' | 'norm' | 'due' | 'sessions' | 'absences' | 'failed',
  title: string,
  width = 90,
): Column<PersonHours> => ({
  id,
  title,
  width,
  align: 'right',
  value: (row) => row[id],
});

const columns: readonly Column<PersonHours>[] = [
  { id: 'name', title: text('training.hours.person'), width: 100, value: ({ name }) => name, fixed: true },
  {
    id: 'identity',
    title: text('training.hours.identity'),
    width: 130,
    filter: true,
    value: ({ identityKind }) => identityKinds.labelOf(identityKind),
  },
  {
    id: 'state',
    title: text('training.hours.state'),
    width: 110,
    filter: true,
    value: (row) => progressOf(row).words,
    show: (row) => <StateTag look={progressOf(row).look}>{progressOf(row).words}</StateTag>,
  },
  number('hours', text('training.hours.hours')),
  number('practiceHours', text('training.hours.practice'), 120),
  number('days', text('training.hours.days')),
  number('due', text('training.hours.due')),
  number('norm', text('training.hours.norm'), 120),
  number('sessions', text('training.hours.sessions')),
  number('absences', text('training.hours.absences')),
  number('failed', text('training.hours.failed'), 100),
];

const stationColumn: Column<PersonHours> = {
  id: 'station',
  title: text('training.sessions.station'),
  width: 150,
  filter: true,
  value: ({ stationName }) => stationName,
};

/** Everybody's hours and days of a year beside what is asked. */
export function Hours() {
  const { kind } = useSite();
  const [year, setYear] = useState(dayjs().format('YYYY'));
  const answer = useCall('training.hoursOf', { year: Number(year), station: null });
  return (
    <Screen title={text('training.hours.title')} hint={text('training.hours.hint', { hours: HOURS_PER_DAY })}>
      <ProblemNote problem={answer.problem} onRetry={answer.reload} />
      <DataTable
        name="training-hours"
        title={`${text('training.hours.title')} ${year}`}
        columns={kind === 'bureau' ? [stationColumn, ...columns] : columns}
        rows={answer.value ?? []}
        rowKey={({ personId }) => personId}
        loading={answer.loading}
        toolbar={
          <YearField
            value={year}
            onChange={(chosen) => setYear(chosen ?? dayjs().format('YYYY'))}
            aria-label={text('training.hours.year')}
          />
        }
      />
    </Screen>
  );
}
