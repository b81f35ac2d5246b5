import { App, Button, Card, Form, Input } from 'antd';
import { useMay } from '../app/may.ts';
import { useMe, useSite } from '../app/session.ts';
import { roleText } from '../app/roles.ts';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { Screen } from '../ui/Screen.tsx';
import { NewPasswordFields } from './FirstAccountFields.tsx';
import { EscrowSlotCard } from './EscrowSlotCard.tsx';
import { RecoveryKeyCard } from './RecoveryKeyCard.tsx';

/** The signed-in person's own account: password, and the recovery key where it is his to keep. */
export function MyAccount() {
  const me = useMe();
  const { kind } = useSite();
  const keepsRecoveryKey = useMay('site.confirmRecoveryKey');
  const seesEscrowSlot = useMay('site.escrowSlot');
  return (
    <Screen
      title={text('site.account.title')}
      hint={`${me.name}（${me.roles.map((role) => roleText(role, kind)).join('、')}）`}
    >
      <div className="cards">
        <ChangePassword />
        {keepsRecoveryKey && <RecoveryKeyCard />}
        {seesEscrowSlot && <EscrowSlotCard />}
      </div>
    </Screen>
  );
}

type Passwords = { readonly old: string; readonly password: string };

function ChangePassword() {
  const change = useAction('site.changePassword');
  const { message } = App.useApp();
  const [form] = Form.useForm<Passwords>();
  const submit = async ({ old, password }: Passwords): Promise<void> => {
    if (!(await change.run({ password: old, newPassword: password }))) return;
    form.resetFields();
    void message.success(text('site.account.changed'));
  };
  return (
    <Card title={text('site.account.changePassword')} size="small">
      <Form<Passwords> form={form} layout="vertical" requiredMark={false} onFinish={(fields) => void submit(fields)}>
        <Form.Item
          name="old"
          label={text('site.account.password')}
          rules={[{ required: true, message: text('site.found.required') }]}
        >
          <Input.Password maxLength={200} autoComplete="off" />
        </Form.Item>
        <NewPasswordFields label={text('site.account.newPassword')} />
        <ProblemNote problem={change.problem} />
        <Button type="primary" htmlType="submit" loading={change.busy}>
          {text('site.account.changePassword')}
        </Button>
      </Form>
    </Card>
  );
}
