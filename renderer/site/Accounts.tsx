import { PlusOutlined } from '@ant-design/icons';
import { Button, Space } from 'antd';
import { useState } from 'react';
import type { SiteKind } from '../../shared/call.ts';
import type { Account } from '../../shared/site.ts';
import { useMay } from '../app/may.ts';
import { usePeople } from '../app/people.ts';
import { roleText } from '../app/roles.ts';
import { useSite } from '../app/session.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { Screen } from '../ui/Screen.tsx';
import { StateTag } from '../ui/StateTag.tsx';
import { AccountForm } from './AccountForm.tsx';
import { CloseAccount, ResetPassword } from './TwoPersonActs.tsx';

type Act = { readonly what: 'edit' | 'reset' | 'close'; readonly account: Account } | { readonly what: 'add' };

const columnsOf = (
  at: SiteKind,
  nameOf: (id: string) => string | null,
  actions: (account: Account) => React.ReactNode,
): readonly Column<Account>[] => [
  { id: 'name', title: text('site.accounts.name'), width: 120, value: ({ name }) => name, fixed: true },
  { id: 'loginName', title: text('site.accounts.loginName'), width: 120, value: ({ loginName }) => loginName },
  {
    id: 'roles',
    title: text('site.accounts.roles'),
    width: 200,
    value: ({ roles }) => roles.map((role) => roleText(role, at)).join('、'),
  },
  {
    id: 'person',
    title: text('site.accounts.person'),
    width: 120,
    value: ({ personId }) => (personId === null ? null : nameOf(personId)),
  },
  {
    id: 'state',
    title: text('site.accounts.state'),
    width: 100,
    filter: true,
    value: ({ active }) => text(active ? 'site.accounts.active' : 'site.accounts.closed'),
    show: ({ active }) => (
      <StateTag look={active ? 'good' : 'off'}>
        {text(active ? 'site.accounts.active' : 'site.accounts.closed')}
      </StateTag>
    ),
  },
  { id: 'act', title: text('app.table.acts'), width: 260, acts: true, value: () => null, show: actions },
];

/** Who may sign in, and as what. */
export function Accounts() {
  const { kind } = useSite();
  const answer = useCall('site.listAccounts', {});
  const mayChange = useMay('site.createAccount');
  const [act, setAct] = useState<Act | null>(null);
  const accounts = answer.value ?? [];
  const people = usePeople(accounts.flatMap(({ personId }) => personId ?? []));
  const close = (): void => setAct(null);
  const buttons = (account: Account): React.ReactNode =>
    mayChange && account.active ? (
      <Space>
        {(['edit', 'reset', 'close'] as const).map((what) => (
          <Button key={what} size="small" onClick={() => setAct({ what, account })}>
            {text(`site.accounts.${what}`)}
          </Button>
        ))}
      </Space>
    ) : null;

  return (
    <Screen
      title={text('site.accounts.title')}
      actions={
        mayChange && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setAct({ what: 'add' })}>
            {text('site.accounts.add')}
          </Button>
        )
      }
    >
      <ProblemNote problem={answer.problem} onRetry={answer.reload} />
      <DataTable
        name="accounts"
        title={text('site.accounts.title')}
        rows={accounts}
        rowKey={({ id }) => id}
        loading={answer.loading}
        columns={columnsOf(kind, (id) => people.find((person) => person.id === id)?.name ?? null, buttons)}
      />
      {act?.what === 'add' && <AccountForm account={null} onClose={close} />}
      {act?.what === 'edit' && <AccountForm account={act.account} onClose={close} />}
      {act?.what === 'reset' && <ResetPassword account={act.account} onClose={close} />}
      {act?.what === 'close' && <CloseAccount account={act.account} onClose={close} />}
    </Screen>
  );
}
