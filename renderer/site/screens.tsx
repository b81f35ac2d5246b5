import { HistoryOutlined, KeyOutlined, SettingOutlined } from '@ant-design/icons';
import { useMay } from '../app/may.ts';
import type { ScreenSpec, Waiting } from '../app/registry.ts';
import { useMe, useSite } from '../app/session.ts';
import { text } from '../app/text.ts';
import { Accounts } from './Accounts.tsx';
import { Audit } from './Audit.tsx';
import { MyAccount } from './MyAccount.tsx';
import { Settings } from './Settings.tsx';

export const siteScreens: readonly ScreenSpec[] = [
  {
    id: 'accounts',
    title: 'site.accounts.title',
    view: Accounts,
    needs: 'site.createAccount',
    menu: { icon: <KeyOutlined />, group: 'system' },
  },
  {
    id: 'audit',
    title: 'site.audit.title',
    view: Audit,
    needs: 'site.listEntries',
    menu: { icon: <HistoryOutlined />, group: 'system' },
  },
  {
    id: 'settings',
    title: 'site.settings.title',
    view: Settings,
    needs: 'site.rename',
    menu: { icon: <SettingOutlined />, group: 'system' },
  },
  { id: 'account', title: 'site.account.title', view: MyAccount },
];

/** The recovery key that nobody has typed back yet, and failed sign-ins. */
export function useSiteWaiting(): readonly Waiting[] {
  const { recoveryConfirmed } = useSite();
  const { failuresSince } = useMe();
  const keepsRecoveryKey = useMay('site.confirmRecoveryKey');
  const place = { screen: 'account', params: {} };
  return [
    ...(keepsRecoveryKey && !recoveryConfirmed
      ? [{ key: 'recovery', urgency: 'overdue' as const, text: text('app.home.recovery'), place }]
      : []),
    ...(failuresSince > 0
      ? [
          {
            key: 'failures',
            urgency: 'notice' as const,
            text: text('app.home.failures', { count: failuresSince }),
            place,
          },
        ]
      : []),
  ];
}
