import { Form, Input, InputNumber, Select } from 'antd';
import { stickKinds } from '../../shared/media.ts';
import type { Input as CallInput } from '../../shared/contract.ts';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { FormModal } from '../ui/FormModal.tsx';

type Fields = Pick<CallInput<'media.recordStick'>, 'number' | 'kind'> & {
  readonly capacityGb?: number | null;
  readonly remarks?: string;
};

const required = [{ required: true, whitespace: true, message: text('media.required') }];
const kinds = stickKinds.map((kind) => ({ value: kind, label: text(`media.kindOf.${kind}`) }));

/** A stick enters the ledger. */
export function RecordStick({ onClose }: { readonly onClose: () => void }) {
  const record = useAction('media.recordStick');
  const submit = async ({ number, kind, capacityGb = null, remarks = '' }: Fields): Promise<void> => {
    if (await record.run({ number, kind, capacityGb, remarks: remarks.trim() || null })) onClose();
  };
  return (
    <FormModal<Fields>
      title={text('media.record.title')}
      initial={{ kind: 'usb' }}
      confirm={text('media.record.submit')}
      action={record}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className="columns">
        <Form.Item
          name="number"
          label={text('media.record.number')}
          extra={text('media.record.numberHint')}
          rules={required}
        >
          <Input maxLength={20} />
        </Form.Item>
        <Form.Item name="kind" label={text('media.list.kind')}>
          <Select options={kinds} />
        </Form.Item>
        <Form.Item name="capacityGb" label={text('media.list.capacity')}>
          <InputNumber min={0.1} max={100_000} />
        </Form.Item>
        <Form.Item name="remarks" label={text('media.list.remarks')}>
          <Input maxLength={300} />
        </Form.Item>
      </div>
    </FormModal>
  );
}
