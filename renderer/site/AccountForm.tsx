import { Form, Input } from 'antd';
import { useEffect } from 'react';
import { type Role, rolesAt } from '../../shared/call.ts';
import type { Account } from '../../shared/site.ts';
import { roleText } from '../app/roles.ts';
import { useSite } from '../app/session.ts';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { useCall } from '../app/use-call.ts';
import { ChecksField } from '../ui/ChecksField.tsx';
import { FormModal } from '../ui/FormModal.tsx';
import { PersonPicker } from '../ui/PersonPicker.tsx';
import { NewPasswordFields } from './FirstAccountFields.tsx';

type Fields = {
  readonly name: string;
  readonly loginName: string;
  readonly roles: Role[];
  readonly personId?: string | null;
  readonly password: string;
};

const required = [{ required: true, message: text('site.found.required') }];

/** A new account, or another name, roles or person for a known one. */
export function AccountForm({ account, onClose }: { readonly account: Account | null; readonly onClose: () => void }) {
  const { kind } = useSite();
  const create = useAction('site.createAccount');
  const change = useAction('site.changeAccount');
  const submit = async ({ name, loginName, roles, personId = null, password }: Fields): Promise<void> => {
    const done = account
      ? await change.run({ id: account.id, name, roles, personId })
      : await create.run({ name, loginName, roles, personId, password });
    if (done) onClose();
  };
  return (
    <FormModal<Fields>
      title={text(account ? 'site.accounts.edit' : 'site.accounts.add')}
      initial={account ? { ...account, roles: [...account.roles] } : { personId: null }}
      action={account ? change : create}
      onSubmit={submit}
      onClose={onClose}
    >
      <PersonField isNew={account === null} />
      <div className="columns">
        <Form.Item name="name" label={text('site.accounts.name')} rules={required}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item
          name="loginName"
          label={text('site.accounts.loginName')}
          rules={[...required, { pattern: /^\S{2,32}$/, message: text('site.found.loginNameHint') }]}
        >
          <Input maxLength={32} disabled={account !== null} autoComplete="off" />
        </Form.Item>
      </div>
      <Form.Item name="roles" label={text('site.accounts.roles')} rules={required}>
        <ChecksField options={rolesAt[kind].map((role) => ({ value: role, label: roleText(role, kind) }))} />
      </Form.Item>
      {!account && <NewPasswordFields label={text('site.accounts.firstPassword')} />}
    </FormModal>
  );
}

/** Roles that act in a person's own name. */
const PERSONAL: readonly Role[] = ['mentor', 'officer'];

/** The person of the roster; a new account takes his name and badge number from there. */
function PersonField({ isNew }: { readonly isNew: boolean }) {
  const form = Form.useFormInstance<Fields>();
  // The form's own value, which is none until the field is drawn.
  const chosen = Form.useWatch<string | null | undefined>('personId', form);
  const person = useCall('roster.getPerson', isNew && chosen ? { id: chosen } : null).value;
  useEffect(() => {
    if (person?.id !== chosen || !person) return;
    const { name, badgeNo, namePinyin } = person;
    form.setFieldsValue({ name, loginName: badgeNo ?? namePinyin.replaceAll(' ', '') });
  }, [form, person, chosen]);
  return (
    <Form.Item
      name="personId"
      label={text('site.accounts.person')}
      extra={text('site.accounts.personHint')}
      dependencies={['roles']}
      rules={[
        ({ getFieldValue }) => ({
          validator: async (_rule, id) => {
            const roles = (getFieldValue('roles') as readonly Role[] | undefined) ?? [];
            if (!id && roles.some((role) => PERSONAL.includes(role)))
              throw new Error(text('site.accounts.personNeeded'));
          },
        }),
      ]}
    >
      <PersonPicker />
    </Form.Item>
  );
}
