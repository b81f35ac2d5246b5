import { Alert, Button, Modal } from 'antd';
import { useState } from 'react';
import type { RemovableDrive } from '../../shared/work.ts';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { DriveChoice } from '../ui/DriveChoice.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';

/** Puts the stick's mark on it, so that the application knows its number when it is plugged in. */
export function MarkStick({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const mark = useAction('media.markStick');
  const [drive, setDrive] = useState<RemovableDrive | null>(null);
  const [isDone, setDone] = useState(false);
  const run = async (): Promise<void> => {
    if (drive) setDone((await mark.run({ id, drive: drive.id })) !== null);
  };
  const buttons = isDone ? (
    <Button type="primary" onClick={onClose}>
      {text('app.action.close')}
    </Button>
  ) : (
    <>
      <Button onClick={onClose}>{text('app.action.cancel')}</Button>
      <Button type="primary" disabled={!drive} loading={mark.busy} onClick={() => void run()}>
        {text('media.mark.submit')}
      </Button>
    </>
  );
  return (
    <Modal open title={text('media.mark.title')} width={620} footer={buttons} onCancel={onClose}>
      <p>{text('media.mark.lead')}</p>
      {isDone ? (
        <Alert type="success" showIcon role="status" title={text('media.mark.done')} />
      ) : (
        <DriveChoice value={drive} onChange={setDrive} disabled={mark.busy} />
      )}
      <ProblemNote problem={mark.problem} />
    </Modal>
  );
}
