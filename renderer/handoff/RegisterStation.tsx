import { Form, Input, InputNumber } from 'antd';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { FormModal } from '../ui/FormModal.tsx';

type Fields = { readonly name: string; readonly organCode: string; readonly device: number };

const required = [{ required: true, message: text('handoff.register.required') }];

/** A new station at the bureau; its kit is the next thing it needs. */
export function RegisterStation({
  onRegistered,
  onClose,
}: {
  readonly onRegistered: (station: { readonly site: string; readonly name: string }) => void;
  readonly onClose: () => void;
}) {
  const register = useAction('handoff.registerStation');
  const submit = async (fields: Fields): Promise<void> => {
    const registered = await register.run(fields);
    if (registered) onRegistered({ site: registered.site, name: fields.name });
  };
  return (
    <FormModal<Fields>
      title={text('handoff.register.title')}
      initial={{ device: 1 }}
      confirm={text('handoff.register.submit')}
      action={register}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item name="name" label={text('handoff.register.name')} rules={required}>
        <Input maxLength={60} placeholder={text('handoff.register.namePlaceholder')} />
      </Form.Item>
      <div className="columns">
        <Form.Item
          name="organCode"
          label={text('handoff.register.organCode')}
          rules={[...required, { pattern: /^\d{12}$/, message: text('handoff.register.organCodeRule') }]}
        >
          <Input maxLength={12} inputMode="numeric" />
        </Form.Item>
        <Form.Item
          name="device"
          label={text('handoff.register.device')}
          extra={text('handoff.register.deviceHint')}
          rules={required}
        >
          <InputNumber min={1} max={999} precision={0} />
        </Form.Item>
      </div>
    </FormModal>
  );
}
