import { Form, Modal } from 'antd';
import type { ReactNode } from 'react';
import { text } from '../app/text.ts';
import type { Doing } from '../app/use-action.ts';
import { useKept } from '../app/use-draft.ts';
import { ProblemNote } from './ProblemNote.tsx';

/** Fields whose words are never kept, not even in memory. */
const SECRET = /password|again|key|code/i;
const withoutSecrets = <F extends object>(fields: F): Partial<F> =>
  // What is left of the fields is a part of them.
  Object.fromEntries(Object.entries(fields).filter(([name]) => !SECRET.test(name))) as Partial<F>;

/**
 * A form in a window of its own; stays open, with everything typed, while it is refused. What a lock closes waits for
 * its author, but for passwords and keys.
 */
export function FormModal<F extends object>({
  title,
  initial,
  confirm = text('app.action.save'),
  danger = false,
  keeps = true,
  width = 620,
  action: { busy, problem },
  onSubmit,
  onClose,
  children,
}: {
  readonly title: string;
  readonly initial?: Partial<F>;
  readonly confirm?: string;
  readonly danger?: boolean;
  /** What is typed waits through a lock. */
  readonly keeps?: boolean;
  readonly width?: number;
  readonly action: Doing;
  readonly onSubmit: (fields: F) => Promise<void>;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const [form] = Form.useForm<F>();
  const [kept, keep] = useKept<Partial<F>>(title);
  return (
    <Modal
      open
      title={title}
      width={width}
      okText={confirm}
      okButtonProps={{ danger }}
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <Form<F>
        form={form}
        layout="vertical"
        initialValues={{ ...initial, ...kept }}
        onValuesChange={(_changed, fields: F) => {
          if (keeps) keep(withoutSecrets(fields));
        }}
        onFinish={(fields) => void onSubmit(fields)}
      >
        {children}
      </Form>
      <ProblemNote problem={problem} />
    </Modal>
  );
}
