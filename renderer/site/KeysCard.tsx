import { App, Button, Card, Descriptions } from 'antd';
import { useState } from 'react';
import { useSite } from '../app/session.ts';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { useCall } from '../app/use-call.ts';
import { instantText, shortCheck } from '../ui/format.ts';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { ReasonModal } from '../ui/ReasonModal.tsx';

/** The keys this site signs and is sealed to with: by what they are known, and how they are changed. */
export function KeysCard() {
  const { kind } = useSite();
  const keys = useCall('site.keys', {});
  const change = useAction('site.changeKeys');
  const [asking, setAsking] = useState(false);
  const { message } = App.useApp();
  const submit = async (reason: string): Promise<void> => {
    if (!(await change.run({ reason }))) return;
    setAsking(false);
    keys.reload();
    void message.success(text('site.keys.changed'));
  };
  const changes = keys.value?.changes ?? [];
  return (
    <Card title={text('site.keys.title')} size="small">
      <p>{text(`site.keys.text.${kind}`)}</p>
      <ProblemNote problem={keys.problem} onRetry={keys.reload} />
      {keys.value && (
        <Descriptions
          column={1}
          size="small"
          items={[
            {
              key: 'check',
              label: text('site.keys.check'),
              children: `${shortCheck(keys.value.check)}（${text('site.keys.checkHint')}）`,
            },
          ]}
        />
      )}
      {changes.length > 0 && (
        <>
          <strong>{text('site.keys.history')}</strong>
          <ul>
            {changes.map(({ at, check, reason }) => (
              <li key={check}>{text('site.keys.row', { at: instantText(at), check: shortCheck(check), reason })}</li>
            ))}
          </ul>
        </>
      )}
      <Button className="note" onClick={() => setAsking(true)}>
        {text('site.keys.change')}
      </Button>
      {asking && (
        <ReasonModal
          title={text('site.keys.change')}
          consequence={text('site.keys.consequence')}
          confirm={text('site.keys.change')}
          danger
          action={change}
          onConfirm={(reason) => void submit(reason)}
          onClose={() => setAsking(false)}
        />
      )}
    </Card>
  );
}
