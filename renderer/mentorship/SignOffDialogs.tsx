import { Form, Input, Radio } from 'antd';
import type { SignOff } from '../../shared/mentorship.ts';
import { useMe } from '../app/session.ts';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { FormModal } from '../ui/FormModal.tsx';
import { ReasonModal } from '../ui/ReasonModal.tsx';
import { grades, mentoringText } from './words.tsx';

type Props = { readonly signOff: SignOff; readonly onClose: () => void };

/** 撤回签认, by the mentor. */
export function Withdraw({ signOff, onClose }: Props) {
  const withdraw = useAction('mentorship.withdrawSignOff');
  const confirm = async (reason: string): Promise<void> => {
    if (await withdraw.run({ signOff: signOff.id, reason })) onClose();
  };
  return (
    <ReasonModal
      title={text('mentorship.withdraw.title')}
      consequence={text('mentorship.withdraw.text')}
      confirm={text('mentorship.withdraw.submit')}
      danger
      action={withdraw}
      onConfirm={(reason) => void confirm(reason)}
      onClose={onClose}
    />
  );
}

type Acknowledgement = { readonly mentoring: number; readonly comment: string };
const required = [{ required: true, message: text('mentorship.form.required') }];

/** 确认签认, by the apprentice. */
export function Acknowledge({ signOff, onClose }: Props) {
  const acknowledge = useAction('mentorship.acknowledge');
  const submit = async (fields: Acknowledgement): Promise<void> => {
    if (await acknowledge.run({ signOff: signOff.id, ...fields })) onClose();
  };
  return (
    <FormModal<Acknowledgement>
      title={text('mentorship.acknowledge.title')}
      confirm={text('mentorship.acknowledge.submit')}
      action={acknowledge}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{text('mentorship.acknowledge.text', { name: useMe().name })}</p>
      <Form.Item name="mentoring" label={text('mentorship.acknowledge.mentoring')} rules={required}>
        <Radio.Group options={grades.map((grade) => ({ value: grade, label: mentoringText(grade) }))} />
      </Form.Item>
      <Form.Item name="comment" label={text('mentorship.acknowledge.comment')} rules={required}>
        <Input.TextArea rows={4} maxLength={1000} />
      </Form.Item>
    </FormModal>
  );
}
