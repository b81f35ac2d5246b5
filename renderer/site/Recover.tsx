import { Button, Form, Input, Space } from 'antd';
import { useSession } from '../app/session.ts';
import { text } from '../app/text.ts';
import { useJob } from '../app/use-action.ts';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { DoorCard } from './DoorCard.tsx';
import { NewPasswordFields } from './FirstAccountFields.tsx';
import { OpeningBar } from './OpeningBar.tsx';

type Fields = { readonly recoveryKey: string; readonly loginName: string; readonly password: string };

const required = [{ required: true, message: text('site.found.required') }];

/** Gives an account a new password by the recovery key. */
export function Recover({ onBack }: { readonly onBack: () => void }) {
  const recover = useJob('site.recover');
  const refresh = useSession((session) => session.refresh);
  const submit = async ({ recoveryKey, loginName, password }: Fields): Promise<void> => {
    if (await recover.run({ recoveryKey, loginName, newPassword: password })) await refresh();
  };
  return (
    <DoorCard title={text('site.recover.title')}>
      <Form<Fields> layout="vertical" requiredMark={false} onFinish={(fields) => void submit(fields)}>
        <Form.Item name="recoveryKey" label={text('site.recover.key')} rules={required}>
          <Input.TextArea rows={2} maxLength={200} autoComplete="off" />
        </Form.Item>
        <Form.Item name="loginName" label={text('site.signIn.loginName')} rules={required}>
          <Input maxLength={32} autoComplete="off" />
        </Form.Item>
        <NewPasswordFields label={text('site.recover.newPassword')} />
        <ProblemNote problem={recover.problem} />
        <OpeningBar job={recover} />
        <Space>
          <Button type="primary" htmlType="submit" loading={recover.busy}>
            {text('site.recover.submit')}
          </Button>
          <Button onClick={onBack}>{text('app.action.back')}</Button>
        </Space>
      </Form>
    </DoorCard>
  );
}
