import { AuditOutlined, FileProtectOutlined } from '@ant-design/icons';
import type { Waiting as Told } from '../../shared/discipline.ts';
import { useMay } from '../app/may.ts';
import type { PersonPart, ScreenSpec, Waiting } from '../app/registry.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import { DecisionsSheet } from './DecisionsSheet.tsx';
import { ImportDiscipline } from './ImportDiscipline.tsx';
import { IncidentDetail } from './IncidentDetail.tsx';
import { IncidentForm } from './IncidentForm.tsx';
import { Incidents } from './Incidents.tsx';
import { OwnDecisions } from './OwnDecisions.tsx';
import { PersonDecisions } from './PersonDecisions.tsx';

export const disciplineScreens: readonly ScreenSpec[] = [
  {
    id: 'incidents',
    title: 'discipline.incidents.title',
    view: Incidents,
    needs: 'discipline.listIncidents',
    menu: { icon: <AuditOutlined />, group: 'today' },
  },
  {
    id: 'own-decisions',
    title: 'discipline.own.title',
    view: OwnDecisions,
    at: 'station',
    needs: 'discipline.ownDecisions',
    menu: { icon: <FileProtectOutlined />, group: 'today' },
  },
  {
    id: 'incident',
    title: 'discipline.detail.title',
    view: IncidentDetail,
    needs: 'discipline.openIncident',
    under: 'incidents',
  },
  {
    id: 'incident-form',
    title: 'discipline.form.title',
    view: IncidentForm,
    needs: 'discipline.recordIncident',
    under: 'incidents',
  },
  {
    id: 'import-discipline',
    title: 'discipline.import.title',
    view: ImportDiscipline,
    needs: 'discipline.commitImport',
    under: 'incidents',
  },
];

export const disciplinePersonPart: PersonPart = {
  id: 'discipline',
  title: 'discipline.person.title',
  needs: 'discipline.decisionsOf',
  view: PersonDecisions,
  sheet: DecisionsSheet,
};

const urgencies: Readonly<Record<Told['kind'], Waiting['urgency']>> = {
  'verification-overdue': 'overdue',
  'rectification-overdue': 'overdue',
  'decision-due': 'due',
  close: 'due',
  acknowledge: 'due',
  'awaits-bureau': 'due',
};

/** Incidents with a step due, and decisions to acknowledge. */
export function useDisciplineWaiting(): readonly Waiting[] | null {
  const { value } = useCall('discipline.waiting', {});
  const may = useMay('discipline.waiting');
  if (!may) return [];
  if (!value) return null;
  return value.map(({ kind, incident, subject, dueOn }) => ({
    key: `discipline-${kind}-${incident ?? subject}`,
    urgency: urgencies[kind],
    text: text(`discipline.waiting.${kind}`, { subject, dueOn }),
    place:
      incident === null ? { screen: 'own-decisions', params: {} } : { screen: 'incident', params: { id: incident } },
  }));
}
