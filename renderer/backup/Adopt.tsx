import { Alert, Button, Space } from 'antd';
import { useState } from 'react';
import type { RemovableDrive } from '../../shared/work.ts';
import { text } from '../app/text.ts';
import { useJob } from '../app/use-action.ts';
import { DriveChoice } from '../ui/DriveChoice.tsx';
import { instantText } from '../ui/format.ts';
import { JobBar } from '../ui/JobBar.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { stepText } from './words.ts';

/** Sets this computer up from the backup on a stick. */
export function Adopt({ onBack, onDone }: { readonly onBack: () => void; readonly onDone: () => void }) {
  const [drive, setDrive] = useState<RemovableDrive | null>(null);
  const [told, setTold] = useState<string | null>(null);
  const adopt = useJob('backup.adopt');
  const run = async (): Promise<void> => {
    const adopted = drive && (await adopt.run({ drive: drive.id }));
    if (adopted) setTold(text('backup.adopt.done', { madeAt: instantText(adopted.madeAt), entries: adopted.entries }));
  };
  if (told !== null) {
    return (
      <>
        <Alert type="success" showIcon className="note" title={told} />
        <p>{text('backup.adopt.noPassword')}</p>
        <Button type="primary" onClick={onDone}>
          {text('site.signIn.submit')}
        </Button>
      </>
    );
  }
  return (
    <>
      <p>{text('backup.adopt.text')}</p>
      <DriveChoice value={drive} onChange={setDrive} disabled={adopt.busy} />
      <ProblemNote problem={adopt.problem} />
      <JobBar job={adopt} steps={stepText} />
      <Space className="note">
        <Button type="primary" disabled={!drive} loading={adopt.busy} onClick={() => void run()}>
          {text('backup.adopt.submit')}
        </Button>
        <Button onClick={onBack} disabled={adopt.busy}>
          {text('app.action.back')}
        </Button>
      </Space>
    </>
  );
}
