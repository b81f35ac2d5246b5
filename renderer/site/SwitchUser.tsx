import { Form, Input, Select } from 'antd';
import type { Typed } from '../app/registry.ts';
import { roleText } from '../app/roles.ts';
import { useSeats } from '../app/seats.ts';
import { useMe, useSession, useSite } from '../app/session.ts';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { useCall } from '../app/use-call.ts';
import { FormModal } from '../ui/FormModal.tsx';

const required = [{ required: true, message: text('site.found.required') }];

/**
 * Another person signs in over the work of the one who is there, does his act, and makes room again: each finds his own
 * place and his own drafts, and never the other's. A wrong password leaves everything as it is.
 */
export function SwitchUser({ onClose }: { readonly onClose: () => void }) {
  const me = useMe();
  const signIn = useAction('site.signIn');
  const refresh = useSession((session) => session.refresh);
  const waiting = useSeats(({ seats }) => seats).find(({ accountId }) => accountId !== me.accountId);
  const submit = async (typed: Typed): Promise<void> => {
    if (await signIn.run(typed)) await refresh();
  };
  return (
    <FormModal<Typed>
      title={text('site.switch.title')}
      confirm={text('site.signIn.submit')}
      width={440}
      keeps={false}
      {...(waiting ? { initial: { loginName: waiting.loginName } } : {})}
      action={signIn}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{text('site.switch.text', { name: me.name })}</p>
      <Form.Item name="loginName" label={text('site.switch.who')} rules={required}>
        <Select showSearch={{ optionFilterProp: 'label' }} autoFocus={!waiting} options={useOthers(me.accountId)} />
      </Form.Item>
      <Form.Item name="password" label={text('site.signIn.password')} rules={required}>
        <Input.Password autoFocus={waiting !== undefined} maxLength={200} autoComplete="off" />
      </Form.Item>
      <button type="submit" hidden />
    </FormModal>
  );
}

/** Those who may sign in here beside the one who has. */
function useOthers(me: string): { value: string; label: string }[] {
  const { kind } = useSite();
  const accounts = useCall('site.listAccounts', {}).value ?? [];
  return accounts
    .filter(({ id, active }) => active && id !== me)
    .map(({ name, loginName, roles }) => ({
      value: loginName,
      label: text('app.frame.signedIn', { name, roles: roles.map((role) => roleText(role, kind)).join('、') }),
    }));
}
