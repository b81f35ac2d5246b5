import { QuestionCircleOutlined } from '@ant-design/icons';
import type { ScreenSpec } from '../app/registry.ts';
import { CountyQuarantine } from './CountyQuarantine.tsx';
import { OwnQuarantine } from './OwnQuarantine.tsx';

export const quarantineScreens: readonly ScreenSpec[] = [
  {
    id: 'quarantine',
    title: 'quarantine.list.county',
    view: CountyQuarantine,
    needs: 'quarantine.county',
    at: 'bureau',
    menu: { icon: <QuestionCircleOutlined />, group: 'handoff' },
  },
  {
    id: 'own-quarantine',
    title: 'quarantine.list.own',
    view: OwnQuarantine,
    needs: 'quarantine.own',
    at: 'station',
    menu: { icon: <QuestionCircleOutlined />, group: 'handoff' },
  },
];
