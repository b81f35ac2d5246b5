import { Alert, Form, Input } from 'antd';
import { text } from '../app/text.ts';
import type { Doing } from '../app/use-action.ts';
import { FormModal } from '../ui/FormModal.tsx';

type Fields = { readonly words: string };

/** Asks for the words of a question, a refusal or an answer, and says where they will go. */
export const WordsModal = ({
  what,
  isConfidential,
  action,
  onSubmit,
  onClose,
}: {
  readonly what: 'return' | 'refuse' | 'answer';
  readonly isConfidential: boolean;
  readonly action: Doing;
  readonly onSubmit: (words: string) => Promise<void>;
  readonly onClose: () => void;
}) => (
  <FormModal<Fields>
    title={text(`quarantine.${what}.title`)}
    confirm={text(`quarantine.${what}.submit`)}
    action={action}
    onSubmit={({ words }) => onSubmit(words.trim())}
    onClose={onClose}
  >
    <p>{text(`quarantine.${what}.lead`)}</p>
    {isConfidential && <Alert type="warning" showIcon className="note" title={text('quarantine.closedWords')} />}
    <Form.Item
      name="words"
      label={text(`quarantine.${what}.words`)}
      rules={[{ required: true, whitespace: true, message: text('quarantine.required') }]}
    >
      <Input.TextArea rows={4} maxLength={500} showCount />
    </Form.Item>
  </FormModal>
);
