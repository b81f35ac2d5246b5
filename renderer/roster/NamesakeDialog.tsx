import { Button, Modal } from 'antd';
import type { Problem } from '../../shared/problem.ts';
import { useGo } from '../app/navigation.ts';
import { text } from '../app/text.ts';

/** Somebody of that name is on the strength already: is this somebody else? */
export function NamesakeDialog({
  problem,
  name,
  onConfirm,
  onClose,
}: {
  readonly problem: Problem;
  readonly name: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}) {
  const go = useGo();
  const known = problem.detail?.personId;
  return (
    <Modal
      open
      title={text('roster.namesake.title')}
      okText={text('roster.namesake.confirm')}
      onOk={onConfirm}
      onCancel={onClose}
    >
      <p>{text('roster.namesake.text', { name })}</p>
      {typeof known === 'string' && (
        <Button onClick={() => go('person', { id: known })}>{text('roster.namesake.show')}</Button>
      )}
    </Modal>
  );
}
