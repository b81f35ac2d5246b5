import { InboxOutlined, UsbOutlined } from '@ant-design/icons';
import type { ScreenSpec } from '../app/registry.ts';
import { Board } from './Board.tsx';
import { Inbox } from './Inbox.tsx';
import { Report } from './Report.tsx';
import { Slip } from './Slip.tsx';

export const handoffScreens: readonly ScreenSpec[] = [
  {
    id: 'report',
    title: 'handoff.report.title',
    view: Report,
    needs: 'handoff.state',
    at: 'station',
    menu: { icon: <UsbOutlined />, group: 'handoff' },
  },
  {
    id: 'board',
    title: 'handoff.board.title',
    view: Board,
    needs: 'handoff.board',
    at: 'bureau',
    menu: { icon: <InboxOutlined />, group: 'handoff' },
  },
  {
    id: 'import-bundles',
    title: 'handoff.intake.title',
    view: Inbox,
    needs: 'handoff.importBundles',
    at: 'bureau',
    under: 'board',
  },
  { id: 'hand-over-slip', title: 'handoff.slip.title', view: Slip, needs: 'handoff.slip' },
];
