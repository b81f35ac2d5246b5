import { Form, Input } from 'antd';
import { text } from '../app/text.ts';

export type SecondPerson = { readonly secondLoginName: string; readonly secondPassword: string };

const required = [{ required: true, message: text('app.second.required') }];

/** The second person of an act that takes two. */
export const SecondPersonFields = () => (
  <fieldset className="second-person">
    <legend>{text('app.second.title')}</legend>
    <p>{text('app.second.text')}</p>
    <div className="columns">
      <Form.Item name="secondLoginName" label={text('app.second.loginName')} rules={required}>
        <Input maxLength={32} autoComplete="off" />
      </Form.Item>
      <Form.Item name="secondPassword" label={text('app.second.password')} rules={required}>
        <Input.Password maxLength={200} autoComplete="off" />
      </Form.Item>
    </div>
  </fieldset>
);
