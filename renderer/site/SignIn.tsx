import { Alert, Button, Form, Input, type InputRef, Space } from 'antd';
import { useContext, useRef, useState } from 'react';
import { RegistryContext, type Typed } from '../app/registry.ts';
import { type Seat, useSeats } from '../app/seats.ts';
import { useSession } from '../app/session.ts';
import { text } from '../app/text.ts';
import { useJob } from '../app/use-action.ts';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { DoorCard } from './DoorCard.tsx';
import { OpeningBar } from './OpeningBar.tsx';

const required = [{ required: true, message: text('site.found.required') }];

/** Signs in by login name and password. */
export function SignIn({
  onForgotten,
  onHelp,
  onAnew,
}: Readonly<Record<'onForgotten' | 'onHelp' | 'onAnew', () => void>>) {
  const signIn = useJob('site.signIn');
  const refresh = useSession((session) => session.refresh);
  const seats = useSeats((state) => state.seats);
  const Rescue = useContext(RegistryContext)?.ways.rescue;
  const [told, setTold] = useState<string | null>(null);
  const [rescuing, setRescuing] = useState(false);
  const [typed, setTyped] = useState<Typed | null>(null);
  const [form] = Form.useForm<Typed>();
  const password = useRef<InputRef>(null);
  const sitDown = ({ loginName }: Seat): void => {
    form.setFieldsValue({ loginName });
    password.current?.focus();
  };
  const submit = async (fields: Typed): Promise<void> => {
    setTyped(fields);
    if (await signIn.run(fields)) await refresh();
    else form.resetFields(['password']);
  };
  const rescued = (words: string): void => {
    setTold(words);
    signIn.clear();
  };
  return (
    <DoorCard title={text('site.signIn.title')}>
      {told !== null && <Alert type="success" showIcon className="note" title={told} />}
      {seats.length > 0 && (
        <Alert type="info" showIcon role="status" className="note" title={text('site.signIn.locked')} />
      )}
      {seats.length > 1 && (
        <Space wrap className="note" role="group" aria-label={text('site.signIn.seats')}>
          {seats.map((seat) => (
            <Button key={seat.accountId} onClick={() => sitDown(seat)}>
              {seat.name}
            </Button>
          ))}
        </Space>
      )}
      <Form<Typed>
        form={form}
        layout="vertical"
        requiredMark={false}
        {...(seats[0] ? { initialValues: { loginName: seats[0].loginName } } : {})}
        onFinish={(fields) => void submit(fields)}
      >
        <Form.Item name="loginName" label={text('site.signIn.loginName')} rules={required}>
          <Input autoFocus={seats.length === 0} maxLength={32} autoComplete="off" />
        </Form.Item>
        <Form.Item name="password" label={text('site.signIn.password')} rules={required}>
          <Input.Password ref={password} autoFocus={seats.length > 0} maxLength={200} autoComplete="off" />
        </Form.Item>
        <ProblemNote problem={signIn.problem} />
        <OpeningBar job={signIn} />
        <Button type="primary" htmlType="submit" loading={signIn.busy} disabled={rescuing} block>
          {text('site.signIn.submit')}
        </Button>
      </Form>
      {Rescue && signIn.problem && typed && (
        <Rescue problem={signIn.problem} typed={typed} onDone={rescued} onBusy={setRescuing} />
      )}
      <p>
        {text('site.signIn.forgotten')}
        {text('site.signIn.forgottenText')}
      </p>
      <Button type="link" onClick={onForgotten}>
        {text('site.signIn.useRecovery')}
      </Button>
      <Button type="link" onClick={onHelp}>
        {text('site.signIn.askHelp')}
      </Button>
      <Button type="link" onClick={onAnew}>
        {text('site.signIn.anew')}
      </Button>
    </DoorCard>
  );
}
