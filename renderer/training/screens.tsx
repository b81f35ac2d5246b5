import { BookOutlined, FieldTimeOutlined, ReadOutlined } from '@ant-design/icons';
import { SILENT_DAYS } from '../../shared/training-rules.ts';
import { useMay } from '../app/may.ts';
import type { PersonPart, ScreenSpec, Waiting } from '../app/registry.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import { Courses } from './Courses.tsx';
import { Hours } from './Hours.tsx';
import { ImportTraining } from './ImportTraining.tsx';
import { PersonTraining, TrainingSheet } from './PersonTraining.tsx';
import { SessionDetail } from './SessionDetail.tsx';
import { SessionForm } from './SessionForm.tsx';
import { Sessions } from './Sessions.tsx';

export const trainingScreens: readonly ScreenSpec[] = [
  {
    id: 'sessions',
    title: 'training.sessions.title',
    view: Sessions,
    needs: 'training.listSessions',
    menu: { icon: <ReadOutlined />, group: 'today' },
  },
  {
    id: 'training-hours',
    title: 'training.hours.title',
    view: Hours,
    needs: 'training.hoursOf',
    menu: { icon: <FieldTimeOutlined />, group: 'today' },
  },
  {
    id: 'courses',
    title: 'training.courses.title',
    view: Courses,
    needs: 'training.listCourses',
    menu: { icon: <BookOutlined />, group: 'today' },
  },
  {
    id: 'session',
    title: 'training.session.title',
    view: SessionDetail,
    needs: 'training.getSession',
    under: 'sessions',
  },
  {
    id: 'session-form',
    title: 'training.form.add',
    view: SessionForm,
    needs: 'training.recordSession',
    under: 'sessions',
  },
  {
    id: 'import-training',
    title: 'training.import.title',
    view: ImportTraining,
    needs: 'training.commitImport',
    under: 'sessions',
  },
];

export const trainingPersonPart: PersonPart = {
  id: 'training',
  title: 'training.person.title',
  needs: 'training.recordOf',
  view: PersonTraining,
  sheet: TrainingSheet,
};

/** People behind their share of the norm, and a station without sessions. */
export function useTrainingWaiting(): readonly Waiting[] | null {
  const { value } = useCall('training.waiting', {});
  const may = useMay('training.waiting');
  const mayRecord = useMay('training.recordSession');
  if (!may) return [];
  if (!value) return null;
  const { behind, silentDays } = value;
  const silent =
    silentDays === null ? text('training.waiting.never') : text('training.waiting.silent', { days: silentDays });
  return [
    ...(mayRecord && (silentDays === null || silentDays > SILENT_DAYS)
      ? [
          {
            key: 'training-silent',
            urgency: 'overdue' as const,
            text: silent,
            place: { screen: 'sessions', params: {} },
          },
        ]
      : []),
    ...(behind > 0
      ? [
          {
            key: 'training-behind',
            urgency: 'due' as const,
            text: text('training.waiting.behind', { count: behind }),
            place: { screen: 'training-hours', params: {} },
          },
        ]
      : []),
  ];
}
