import { Form, Input } from 'antd';
import type { PackageOutcome } from '../../shared/handoff.ts';
import { text } from '../app/text.ts';
import { useJob } from '../app/use-action.ts';
import { FormModal } from '../ui/FormModal.tsx';
import { JobBar } from '../ui/JobBar.tsx';
import { type SecondPerson, SecondPersonFields } from '../ui/SecondPersonFields.tsx';
import { stepText } from './words.ts';

type Fields = SecondPerson & { readonly escrowKey: string };

/** Imports what no key on this computer opens, with the escrow key from the safe and a second person. */
export function EscrowModal({
  files,
  onDone,
  onClose,
}: {
  readonly files: readonly string[];
  readonly onDone: (outcomes: readonly PackageOutcome[]) => void;
  readonly onClose: () => void;
}) {
  const take = useJob('handoff.importWithEscrow');
  const submit = async (fields: Fields): Promise<void> => {
    const outcomes = await take.run({ files: [...files], ...fields });
    if (outcomes) onDone(outcomes);
  };
  return (
    <FormModal<Fields>
      title={text('handoff.escrow.title')}
      confirm={text('handoff.escrow.submit')}
      action={take}
      onSubmit={submit}
      onClose={() => {
        if (!take.busy) onClose();
      }}
    >
      <p>{text('handoff.escrow.text')}</p>
      <Form.Item
        name="escrowKey"
        label={text('handoff.escrow.key')}
        extra={text('handoff.escrow.keyHint')}
        rules={[{ required: true, message: text('app.second.required') }]}
      >
        <Input.TextArea rows={3} maxLength={200} autoComplete="off" />
      </Form.Item>
      <SecondPersonFields />
      <JobBar job={take} steps={stepText} />
    </FormModal>
  );
}
