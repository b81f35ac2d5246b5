import { Form, Input } from 'antd';
import type { PersonComment } from '../../shared/comments.ts';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { FormModal } from '../ui/FormModal.tsx';

type Fields = { readonly words: string };

/** One's own comment, signed; it stays as it is written. */
export function WriteDialog({ onClose }: { readonly onClose: () => void }) {
  const write = useAction('comments.writeComment');
  const submit = async ({ words }: Fields): Promise<void> => {
    if (await write.run({ words })) onClose();
  };
  return (
    <FormModal<Fields>
      title={text('comments.write.title')}
      confirm={text('comments.sign')}
      action={write}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{text('comments.write.meaning')}</p>
      <WordsField label={text('comments.part.title')} />
    </FormModal>
  );
}

/** The station's answer to one. */
export function AnswerDialog({ comment, onClose }: { readonly comment: PersonComment; readonly onClose: () => void }) {
  const answer = useAction('comments.answerComment');
  const submit = async ({ words }: Fields): Promise<void> => {
    if (await answer.run({ comment: comment.id, words })) onClose();
  };
  return (
    <FormModal<Fields>
      title={text('comments.answer.title')}
      confirm={text('comments.sign')}
      action={answer}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="words">{comment.words}</p>
      <WordsField label={text('comments.answer.words')} />
    </FormModal>
  );
}

const WordsField = ({ label }: { readonly label: string }) => (
  <Form.Item
    name="words"
    label={label}
    rules={[{ required: true, whitespace: true, message: text('comments.required') }]}
  >
    <Input.TextArea rows={5} maxLength={2000} />
  </Form.Item>
);
