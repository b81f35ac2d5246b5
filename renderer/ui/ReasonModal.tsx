import { Form, Input, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { text } from '../app/text.ts';
import type { Doing } from '../app/use-action.ts';
import { useKept } from '../app/use-draft.ts';
import { ProblemNote } from './ProblemNote.tsx';

/** Asks for the reason of an act that stays in the journal, and says what will happen. */
export function ReasonModal({
  title,
  consequence,
  confirm,
  danger = false,
  action: { busy, problem },
  onConfirm,
  onClose,
  children,
}: {
  readonly title: string;
  readonly consequence: string;
  readonly confirm: string;
  readonly danger?: boolean;
  readonly action: Doing;
  readonly onConfirm: (reason: string) => void;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}) {
  const [kept, keep] = useKept<string>(title);
  const [reason, setReason] = useState(kept ?? '');
  const type = (typed: string): void => {
    setReason(typed);
    keep(typed);
  };
  return (
    <Modal
      open
      title={title}
      okText={confirm}
      okButtonProps={{ danger, disabled: reason.trim() === '' }}
      confirmLoading={busy}
      onOk={() => onConfirm(reason.trim())}
      onCancel={onClose}
    >
      <p>{consequence}</p>
      <Form layout="vertical">
        {children}
        <Form.Item label={text('app.reason.label')} required htmlFor="reason">
          <Input.TextArea
            id="reason"
            rows={3}
            maxLength={500}
            value={reason}
            onChange={({ target }) => type(target.value)}
          />
        </Form.Item>
      </Form>
      <ProblemNote problem={problem} />
    </Modal>
  );
}
