import { Alert, Button, Card } from 'antd';
import { useState } from 'react';
import type { Output } from '../../shared/contract.ts';
import type { ChosenFile } from '../../shared/work.ts';
import { text } from '../app/text.ts';
import { useJob } from '../app/use-action.ts';
import { FileField } from '../ui/FileField.tsx';
import { JobBar } from '../ui/JobBar.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { rangesText, stepText } from './words.ts';

/** Takes the bureau's return in: what it proves received, what it misses, what it sends down. */
export function ReturnCard() {
  const job = useJob('handoff.importReturn');
  const [files, setFiles] = useState<readonly ChosenFile[]>([]);
  const [taken, setTaken] = useState<Output<'handoff.importReturn'> | null>(null);
  const [file] = files;
  const choose = (chosen: readonly ChosenFile[]): void => {
    setFiles(chosen);
    setTaken(null);
    job.clear();
  };
  const run = async (): Promise<void> => {
    const answer = file ? await job.run({ file: file.id }) : null;
    setTaken(answer);
    if (answer) setFiles([]);
  };
  return (
    <Card size="small" title={text('handoff.import.title')}>
      <p>{text('handoff.import.lead')}</p>
      <FileField
        kind="bundle"
        label={text('handoff.import.choose')}
        value={files}
        onChange={choose}
        disabled={job.busy}
      />
      <Button type="primary" className="note" disabled={!file || job.busy} onClick={() => void run()}>
        {text('handoff.import.submit')}
      </Button>
      <ProblemNote problem={job.problem} onClose={job.clear} />
      <JobBar job={job} steps={stepText} />
      {taken && <Taken taken={taken} />}
    </Card>
  );
}

function Taken({ taken }: { readonly taken: Output<'handoff.importReturn'> }) {
  const { bureau, provenNow, through, downEntries, missing, quarantined, late, lost } = taken;
  if (late) return <Alert type="info" showIcon role="status" className="note" title={text('handoff.import.late')} />;
  const notes = [
    ...(missing.length > 0 ? [text('handoff.report.missing', { ranges: rangesText(missing) })] : []),
    ...(lost ? [text('handoff.report.lost', { ranges: rangesText([lost]) })] : []),
    ...(quarantined.length > 0 ? [text('handoff.import.quarantined', { count: quarantined.length })] : []),
  ];
  return (
    <>
      <Alert
        type="success"
        showIcon
        role="status"
        className="note"
        title={text('handoff.import.done', { bureau, provenNow, through, downEntries })}
      />
      {notes.map((note) => (
        <Alert key={note} type="warning" showIcon className="note" title={note} />
      ))}
    </>
  );
}
