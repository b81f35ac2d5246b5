import { Form, Input } from 'antd';
import { text } from '../app/text.ts';

export type FirstAccount = { readonly accountName: string; readonly loginName: string; readonly password: string };

const required = { required: true, message: text('site.found.required') };

/** Name, login name and twice the password of a site's first account. */
export const FirstAccountFields = () => (
  <>
    <div className="columns">
      <Form.Item name="accountName" label={text('site.found.accountName')} rules={[required]}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item
        name="loginName"
        label={text('site.found.loginName')}
        rules={[required, { pattern: /^\S{2,32}$/, message: text('site.found.loginNameHint') }]}
        tooltip={text('site.found.loginNameHint')}
      >
        <Input maxLength={32} autoComplete="off" />
      </Form.Item>
    </div>
    <NewPasswordFields label={text('site.found.password')} />
  </>
);

/** A new password and the same once more; the form's value is `password`. */
export const NewPasswordFields = ({ label }: { readonly label: string }) => (
  <div className="columns">
    <Form.Item name="password" label={label} rules={[required]} extra={text('site.found.passwordHint')}>
      <Input.Password maxLength={200} autoComplete="new-password" />
    </Form.Item>
    <Form.Item
      name="again"
      label={text('site.found.again')}
      dependencies={['password']}
      rules={[
        required,
        ({ getFieldValue }) => ({
          validator: async (_rule, value) => {
            if (value && value !== getFieldValue('password')) throw new Error(text('site.found.againDiffers'));
          },
        }),
      ]}
    >
      <Input.Password maxLength={200} autoComplete="new-password" />
    </Form.Item>
  </div>
);
