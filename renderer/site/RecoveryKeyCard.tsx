import { Button, Card, Space } from 'antd';
import { useState } from 'react';
import { useSession, useSite } from '../app/session.ts';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { useCall } from '../app/use-call.ts';
import { FormModal } from '../ui/FormModal.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { type SecondPerson, SecondPersonFields } from '../ui/SecondPersonFields.tsx';
import { ConfirmRecoveryKey, RecoveryKeySheet } from './RecoveryKeySheet.tsx';

/** The recovery key: typed back from its copy, renewed by two persons, or made again where nobody has seen it yet. */
export function RecoveryKeyCard() {
  const { recoveryConfirmed } = useSite();
  const refresh = useSession((session) => session.refresh);
  const accounts = useCall('site.listAccounts', {});
  const repeat = useAction('site.repeatRecoveryKey');
  const [asking, setAsking] = useState(false);
  const [fresh, setFresh] = useState<string | null>(null);
  const isAlone = !recoveryConfirmed && accounts.value?.filter(({ active }) => active).length === 1;
  const repeatAlone = async (): Promise<void> => setFresh((await repeat.run({}))?.recoveryKey ?? null);
  const done = (): void => {
    setFresh(null);
    void refresh();
  };
  if (fresh !== null) {
    return (
      <Card title={text('site.recovery.title')} size="small">
        <RecoveryKeySheet recoveryKey={fresh} onDone={done} />
      </Card>
    );
  }
  return (
    <Card title={text('site.recovery.title')} size="small">
      <p>{text(recoveryConfirmed ? 'site.recovery.confirmed' : 'site.recovery.notConfirmed')}</p>
      {!recoveryConfirmed && <ConfirmRecoveryKey onDone={done} />}
      <ProblemNote problem={repeat.problem} />
      <Space className="note">
        {isAlone ? (
          <Button onClick={() => void repeatAlone()} loading={repeat.busy}>
            {text('site.recovery.repeat')}
          </Button>
        ) : (
          <Button onClick={() => setAsking(true)}>{text('site.recovery.renew')}</Button>
        )}
      </Space>
      {asking && <RenewRecoveryKey onRenewed={setFresh} onClose={() => setAsking(false)} />}
    </Card>
  );
}

function RenewRecoveryKey({
  onRenewed,
  onClose,
}: {
  readonly onRenewed: (recoveryKey: string) => void;
  readonly onClose: () => void;
}) {
  const renew = useAction('site.renewRecoveryKey');
  const submit = async (second: SecondPerson): Promise<void> => {
    const renewed = await renew.run(second);
    if (!renewed) return;
    onClose();
    onRenewed(renewed.recoveryKey);
  };
  return (
    <FormModal<SecondPerson>
      title={text('site.recovery.renew')}
      confirm={text('site.recovery.renew')}
      danger
      action={renew}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{text('site.recovery.renewText')}</p>
      <SecondPersonFields />
    </FormModal>
  );
}
