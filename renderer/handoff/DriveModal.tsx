import { Button, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Problem } from '../../shared/problem.ts';
import type { RemovableDrive } from '../../shared/work.ts';
import { text } from '../app/text.ts';
import type { JobProgress } from '../app/use-action.ts';
import { DriveChoice } from '../ui/DriveChoice.tsx';
import { JobBar } from '../ui/JobBar.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { stepText } from './words.ts';

type Props = {
  readonly title: string;
  readonly lead: string;
  readonly submit: string;
  readonly done: string;
  readonly job: {
    readonly busy: boolean;
    readonly problem: Problem | null;
    readonly progress: JobProgress | null;
    readonly cancel: () => void;
  };
  /** What was written, once it is; takes the place of the choice. */
  readonly result: ReactNode;
  readonly onStart: (drive: string) => void;
  readonly onClose: () => void;
};

/** Writes something for a station to a stick; closes only by its own buttons, never in the middle. */
export function DriveModal({ title, lead, submit, done, job, result, onStart, onClose }: Props) {
  const [drive, setDrive] = useState<RemovableDrive | null>(null);
  const buttons = result ? (
    <Button type="primary" onClick={onClose}>
      {done}
    </Button>
  ) : (
    <>
      <Button onClick={onClose} disabled={job.busy}>
        {text('app.action.cancel')}
      </Button>
      <Button type="primary" disabled={!drive || job.busy} onClick={() => drive && onStart(drive.id)}>
        {submit}
      </Button>
    </>
  );
  return (
    <Modal open title={title} width={620} closable={false} keyboard={false} mask={{ closable: false }} footer={buttons}>
      {result ?? (
        <>
          <p>{lead}</p>
          <div className="note">
            <DriveChoice value={drive} onChange={setDrive} disabled={job.busy} />
          </div>
        </>
      )}
      <ProblemNote problem={job.problem} />
      <JobBar job={job} steps={stepText} />
    </Modal>
  );
}
