import { Button, Form, Space } from 'antd';
import { useState } from 'react';
import { text } from '../app/text.ts';
import { useJob } from '../app/use-action.ts';
import { JobBar } from '../ui/JobBar.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { DoorCard } from './DoorCard.tsx';
import { type FirstAccount, FirstAccountFields } from './FirstAccountFields.tsx';
import { KitChoice, type ReadKit } from './KitChoice.tsx';
import { kitStep } from './words.ts';

/** Founds a station with the kit its bureau issued; `setAside` where the computer holds the former site. */
export function KitForm({
  setAside = false,
  onFounded,
  onBack,
}: {
  readonly setAside?: boolean;
  readonly onFounded: (recoveryKey: string) => void;
  readonly onBack: () => void;
}) {
  const [kit, setKit] = useState<ReadKit | null>(null);
  const found = useJob('site.foundStationFromKit');
  const submit = async ({ accountName, loginName, password }: FirstAccount): Promise<void> => {
    if (!kit) return;
    const founded = await found.run({ file: kit.file, code: kit.code, accountName, loginName, password, setAside });
    if (founded) onFounded(founded.recoveryKey);
  };
  return (
    <DoorCard title={text(setAside ? 'site.kit.anew' : 'site.kit.title')}>
      {setAside && <p>{text('site.kit.anewText')}</p>}
      <Form<FirstAccount> layout="vertical" requiredMark={false} onFinish={(fields) => void submit(fields)}>
        <KitChoice onRead={setKit} />
        {kit && (
          <>
            <strong>{text('site.found.firstChief')}</strong>
            <FirstAccountFields />
          </>
        )}
        <ProblemNote problem={found.problem} />
        <JobBar job={found} steps={kitStep} />
        <Space className="note">
          {kit && (
            <Button type="primary" htmlType="submit" loading={found.busy}>
              {text('site.kit.submit')}
            </Button>
          )}
          <Button onClick={onBack} disabled={found.busy}>
            {text('app.action.back')}
          </Button>
        </Space>
      </Form>
    </DoorCard>
  );
}
