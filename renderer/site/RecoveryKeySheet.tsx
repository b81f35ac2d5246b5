import { Alert, Button, Form, Input, Space } from 'antd';
import { useState } from 'react';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { ProblemNote } from '../ui/ProblemNote.tsx';

/** Shows a new recovery key once, then has it typed back from the copy; only then it opens anything. */
export function RecoveryKeySheet({
  recoveryKey,
  onDone,
}: {
  readonly recoveryKey: string;
  readonly onDone: () => void;
}) {
  const [written, setWritten] = useState(false);
  if (written) return <ConfirmRecoveryKey onDone={onDone} onLater={onDone} />;
  return (
    <>
      <p>{text('site.recovery.text')}</p>
      <p className="spoken" data-testid="recovery-key">
        {recoveryKey}
      </p>
      <Alert type="warning" showIcon className="note" title={text('site.recovery.shown')} />
      <Button type="primary" onClick={() => setWritten(true)}>
        {text('site.recovery.written')}
      </Button>
    </>
  );
}

/** The recovery key typed back from its copy. */
export function ConfirmRecoveryKey({
  onDone,
  onLater,
}: {
  readonly onDone: () => void;
  readonly onLater?: () => void;
}) {
  const confirm = useAction('site.confirmRecoveryKey');
  const submit = async ({ recoveryKey }: { readonly recoveryKey: string }): Promise<void> => {
    if (await confirm.run({ recoveryKey })) onDone();
  };
  return (
    <Form layout="vertical" requiredMark={false} onFinish={(fields: { recoveryKey: string }) => void submit(fields)}>
      <Form.Item
        name="recoveryKey"
        label={text('site.recovery.typeBack')}
        extra={text('site.recovery.laterHint')}
        rules={[{ required: true, message: text('site.found.required') }]}
      >
        <Input.TextArea rows={2} maxLength={200} autoComplete="off" />
      </Form.Item>
      <ProblemNote problem={confirm.problem} />
      <Space>
        <Button type="primary" htmlType="submit" loading={confirm.busy}>
          {text('site.recovery.confirm')}
        </Button>
        {onLater && <Button onClick={onLater}>{text('site.recovery.later')}</Button>}
      </Space>
    </Form>
  );
}
