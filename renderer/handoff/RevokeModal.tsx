import { Form, Input, Select } from 'antd';
import { revocationReasons, type RevocationReason } from '../../shared/refounding.ts';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { FormModal } from '../ui/FormModal.tsx';
import { type SecondPerson, SecondPersonFields } from '../ui/SecondPersonFields.tsx';

type Fields = SecondPerson & { readonly reason: RevocationReason; readonly words?: string };

const options = revocationReasons.map((reason) => ({
  value: reason,
  label: text(`handoff.revoke.reasonOf.${reason}`),
}));

/** Puts a station's computer out of use, for good; the second person signs with it. */
export function RevokeModal({
  station: { site, name },
  onRevoked,
  onClose,
}: {
  readonly station: { readonly site: string; readonly name: string };
  readonly onRevoked: () => void;
  readonly onClose: () => void;
}) {
  const revoke = useAction('handoff.revokeStation');
  const submit = async ({ words = '', ...fields }: Fields): Promise<void> => {
    if (await revoke.run({ site, words, ...fields })) onRevoked();
  };
  return (
    <FormModal<Fields>
      title={text('handoff.revoke.title', { station: name, site })}
      confirm={text('handoff.revoke.submit')}
      danger
      action={revoke}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{text('handoff.revoke.text')}</p>
      <Form.Item
        name="reason"
        label={text('handoff.revoke.reason')}
        rules={[{ required: true, message: text('app.second.required') }]}
      >
        <Select options={options} />
      </Form.Item>
      <Form.Item name="words" label={text('handoff.revoke.words')}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
      <SecondPersonFields />
    </FormModal>
  );
}
