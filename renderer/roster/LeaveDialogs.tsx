import { Form, Input, Radio } from 'antd';
import type { Input as InputOf } from '../../shared/contract.ts';
import { localDay } from '../../shared/dates.ts';
import type { PersonView } from '../../shared/roster.ts';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { DateField } from '../ui/DateField.tsx';
import { FormModal } from '../ui/FormModal.tsx';
import { valueText } from './words.ts';

type Props = { readonly person: PersonView; readonly onClose: () => void };
type Going = { readonly effectiveOn: string; readonly reason: string };
type Leaving = Going & { readonly status: InputOf<'roster.personLeft'>['status'] };
type Moving = Going & { readonly to: string };

const required = [{ required: true, message: text('roster.form.required') }];
const ways = ['OFF_POST', 'RETIRED', 'RESIGNED'] as const satisfies readonly Leaving['status'][];

/** 离岗, 退休 or 离职: the person stays in the roster under that status. */
export function LeaveDialog({ person: { id, version, name }, onClose }: Props) {
  const leave = useAction('roster.personLeft');
  const submit = async (fields: Leaving): Promise<void> => {
    if (await leave.run({ id, version, ...fields })) onClose();
  };
  return (
    <FormModal<Leaving>
      title={text('roster.leave.heading', { name })}
      confirm={text('app.action.confirm')}
      initial={{ effectiveOn: localDay(new Date()) }}
      action={leave}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{text('roster.leave.consequence')}</p>
      <Form.Item name="status" label={text('roster.leave.status')} rules={required}>
        <Radio.Group options={ways.map((way) => ({ value: way, label: valueText('status', way) }))} />
      </Form.Item>
      <GoingFields />
    </FormModal>
  );
}

/** 调出: to another unit, out of this strength. */
export function TransferDialog({ person: { id, version, name }, onClose }: Props) {
  const transfer = useAction('roster.personTransferred');
  const submit = async (fields: Moving): Promise<void> => {
    if (await transfer.run({ id, version, ...fields })) onClose();
  };
  return (
    <FormModal<Moving>
      title={text('roster.transfer.heading', { name })}
      confirm={text('app.action.confirm')}
      initial={{ effectiveOn: localDay(new Date()) }}
      action={transfer}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{text('roster.transfer.consequence')}</p>
      <Form.Item name="to" label={text('roster.transfer.to')} rules={required}>
        <Input maxLength={60} />
      </Form.Item>
      <GoingFields />
    </FormModal>
  );
}

const GoingFields = () => (
  <>
    <Form.Item name="effectiveOn" label={text('roster.leave.effectiveOn')} rules={required}>
      <DateField notAfterToday />
    </Form.Item>
    <Form.Item name="reason" label={text('app.reason.label')} rules={[...required, { whitespace: true }]}>
      <Input.TextArea rows={3} maxLength={500} />
    </Form.Item>
  </>
);
