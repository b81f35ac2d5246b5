import { IdcardOutlined, TeamOutlined } from '@ant-design/icons';
import type { ScreenSpec } from '../app/registry.ts';
import { FileSheet } from './FileSheet.tsx';
import { ImportRoster } from './ImportRoster.tsx';
import { OwnFile, PersonFile } from './PersonFile.tsx';
import { PersonForm } from './PersonForm.tsx';
import { Persons } from './Persons.tsx';

export const rosterScreens: readonly ScreenSpec[] = [
  {
    id: 'persons',
    title: 'roster.list.title',
    view: Persons,
    needs: 'roster.listPersons',
    // Who may see only himself has his own file instead.
    forWhom: ({ roles }) => roles.some((role) => role !== 'officer'),
    menu: { icon: <TeamOutlined />, group: 'team' },
  },
  {
    id: 'own-file',
    title: 'roster.file.own',
    view: OwnFile,
    needs: 'roster.getPerson',
    forWhom: ({ roles, personId }) => personId !== null || roles.includes('officer'),
    menu: { icon: <IdcardOutlined />, group: 'team' },
  },
  { id: 'person', title: 'roster.file.title', view: PersonFile, needs: 'roster.getPerson', under: 'persons' },
  { id: 'file-sheet', title: 'roster.sheet.title', view: FileSheet, needs: 'roster.getPerson', under: 'persons' },
  { id: 'person-form', title: 'roster.form.add', view: PersonForm, needs: 'roster.recordPerson', under: 'persons' },
  {
    id: 'import-roster',
    title: 'roster.import.title',
    view: ImportRoster,
    needs: 'roster.commitImport',
    under: 'persons',
  },
];
