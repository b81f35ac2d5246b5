import { Alert, Button, Card, Form, Space } from 'antd';
import { useState } from 'react';
import type { Output } from '../../shared/contract.ts';
import type { RemovableDrive } from '../../shared/work.ts';
import { text } from '../app/text.ts';
import { useJob } from '../app/use-action.ts';
import { DriveChoice } from '../ui/DriveChoice.tsx';
import { JobBar } from '../ui/JobBar.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { MediumField } from './MediumField.tsx';
import { stepText } from './words.ts';
import { WrittenBundle } from './WrittenBundle.tsx';

type State = Pick<Output<'handoff.state'>, 'waiting' | 'attachmentsAsked' | 'unfinished'>;

/**
 * Writes the bundle, from medium to medium where one is too small; says that the stick may be pulled only once the
 * bundle was read back from it.
 */
export function ExportCard({ state: { waiting, attachmentsAsked, unfinished } }: { readonly state: State }) {
  const job = useJob('handoff.export');
  const [drive, setDrive] = useState<RemovableDrive | null>(null);
  const [medium, setMedium] = useState('');
  const [written, setWritten] = useState<Output<'handoff.export'> | null>(null);
  const run = async (continues: number | null): Promise<void> => {
    if (!drive) return;
    setWritten(null);
    const bundle = await job.run({ drive: drive.id, medium, continues });
    setWritten(bundle);
    if (!bundle?.rest) return;
    // The next part goes on another medium.
    setDrive(null);
    setMedium('');
  };
  const nothing = waiting === 0 && attachmentsAsked === 0;
  return (
    <Card size="small" title={text('handoff.export.title')}>
      {written && <WrittenBundle bundle={written} />}
      {unfinished && !job.busy && (
        <Alert type="warning" showIcon className="note" title={text('handoff.export.unfinished', unfinished)} />
      )}
      <Form layout="vertical" className="note" onFinish={() => void run(unfinished?.number ?? null)}>
        <DriveChoice value={drive} onChange={setDrive} disabled={job.busy} />
        <MediumField drive={drive} value={medium} onChange={setMedium} disabled={job.busy} />
        <Space wrap>
          <Button type="primary" htmlType="submit" disabled={!drive || job.busy || (nothing && !unfinished)}>
            {text(unfinished ? 'handoff.export.continue' : 'handoff.export.submit')}
          </Button>
          {unfinished && (
            <Button disabled={!drive || job.busy} onClick={() => void run(null)}>
              {text('handoff.export.again')}
            </Button>
          )}
        </Space>
      </Form>
      <ProblemNote problem={job.problem} onClose={job.clear} />
      <JobBar job={job} steps={stepText} />
    </Card>
  );
}
