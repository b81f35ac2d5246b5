import { Button, Form, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Problem } from '../../shared/problem.ts';
import type { RemovableDrive } from '../../shared/work.ts';
import { text } from '../app/text.ts';
import type { JobProgress } from '../app/use-action.ts';
import { DriveChoice } from '../ui/DriveChoice.tsx';
import { JobBar } from '../ui/JobBar.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { MediumField } from './MediumField.tsx';
import { SlipButton } from './SlipButton.tsx';
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
  /** The slip of what was written. */
  readonly slip: number | null;
  readonly slipWords?: string;
  readonly onStart: (drive: string, medium: string) => void;
  readonly onClose: () => void;
};

/** Writes something for a station to a stick; closes only by its own buttons, never in the middle. */
export function DriveModal({ title, lead, submit, done, job, result, slip, slipWords, onStart, onClose }: Props) {
  const [drive, setDrive] = useState<RemovableDrive | null>(null);
  const [medium, setMedium] = useState('');
  const buttons = result ? (
    <>
      {slip !== null && <SlipButton seq={slip} {...(slipWords ? { words: slipWords } : {})} />}
      <Button type="primary" onClick={onClose}>
        {done}
      </Button>
    </>
  ) : (
    <>
      <Button onClick={onClose} disabled={job.busy}>
        {text('app.action.cancel')}
      </Button>
      <Button type="primary" disabled={!drive || job.busy} onClick={() => drive && onStart(drive.id, medium)}>
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
          <Form layout="vertical">
            <MediumField drive={drive} value={medium} onChange={setMedium} disabled={job.busy} />
          </Form>
        </>
      )}
      <ProblemNote problem={job.problem} />
      <JobBar job={job} steps={stepText} />
    </Modal>
  );
}
