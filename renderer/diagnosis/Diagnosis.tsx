import { Alert, Button, Card, Space } from 'antd';
import { useState } from 'react';
import type { DiagnosisReport } from '../../shared/diagnosis.ts';
import type { ChosenFile, RemovableDrive } from '../../shared/work.ts';
import { useMay } from '../app/may.ts';
import { text } from '../app/text.ts';
import { useJob } from '../app/use-action.ts';
import { DriveChoice } from '../ui/DriveChoice.tsx';
import { FileField } from '../ui/FileField.tsx';
import { JobBar } from '../ui/JobBar.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { Screen } from '../ui/Screen.tsx';
import { Report } from './Report.tsx';

const stepText = (step: string): string => {
  const name = step.replace('diagnosis.', '');
  return text(`diagnosis.step.${name === 'chain' || name === 'attachments' ? name : 'reading'}`);
};

/** How the installation stands, and the way to have the bureau look at it. */
export function Diagnosis() {
  const examine = useJob('diagnosis.examine');
  const [report, setReport] = useState<DiagnosisReport | null>(null);
  const maySave = useMay('diagnosis.save');
  const mayOpen = useMay('diagnosis.open');
  const run = async (): Promise<void> => setReport(await examine.run({}));
  return (
    <Screen
      title={text('diagnosis.title')}
      hint={text('diagnosis.lead')}
      actions={
        <Button type="primary" loading={examine.busy} onClick={() => void run()}>
          {text('diagnosis.examine')}
        </Button>
      }
    >
      <div className="wizard">
        <ProblemNote problem={examine.problem} />
        <JobBar job={examine} steps={stepText} />
        {maySave && <ToBureau />}
        {mayOpen && <FromStation onOpened={setReport} />}
        {report && <Report report={report} />}
      </div>
    </Screen>
  );
}

function ToBureau() {
  const save = useJob('diagnosis.save');
  const [drive, setDrive] = useState<RemovableDrive | null>(null);
  const [told, setTold] = useState<string | null>(null);
  const run = async (): Promise<void> => {
    setTold(null);
    const saved = drive && (await save.run({ drive: drive.id }));
    if (saved) setTold(text('diagnosis.saved', saved));
  };
  return (
    <Card size="small" title={text('diagnosis.toBureau')}>
      <Space wrap>
        <DriveChoice value={drive} onChange={setDrive} disabled={save.busy} />
        <Button disabled={!drive || save.busy} onClick={() => void run()}>
          {text('diagnosis.save')}
        </Button>
      </Space>
      <JobBar job={save} steps={stepText} />
      <ProblemNote problem={save.problem} />
      {told !== null && <Alert type="success" showIcon className="note" title={told} />}
    </Card>
  );
}

function FromStation({ onOpened }: { readonly onOpened: (report: DiagnosisReport) => void }) {
  const open = useJob('diagnosis.open');
  const [files, setFiles] = useState<readonly ChosenFile[]>([]);
  const choose = async (chosen: readonly ChosenFile[]): Promise<void> => {
    setFiles(chosen);
    const [file] = chosen;
    const report = file ? await open.run({ file: file.id }) : null;
    if (report) onOpened(report);
  };
  return (
    <Card size="small" title={text('diagnosis.open')}>
      <FileField
        kind="diagnosis"
        label={text('diagnosis.choose')}
        value={files}
        onChange={(chosen) => void choose(chosen)}
      />
      <ProblemNote problem={open.problem} />
    </Card>
  );
}
