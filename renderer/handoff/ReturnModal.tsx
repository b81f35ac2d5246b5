import { Alert } from 'antd';
import { useState } from 'react';
import type { Output } from '../../shared/contract.ts';
import { text } from '../app/text.ts';
import { useJob } from '../app/use-action.ts';
import { DriveModal } from './DriveModal.tsx';

type Props = {
  readonly station: { readonly site: string; readonly name: string };
  readonly onClose: () => void;
};

/** Writes a station's return: the receipt and what goes down to it. */
export function ReturnModal({ station: { site, name }, onClose }: Props) {
  const job = useJob('handoff.writeReturn');
  const [written, setWritten] = useState<Output<'handoff.writeReturn'> | null>(null);
  return (
    <DriveModal
      title={text('handoff.return.title', { station: name })}
      lead={text('handoff.return.lead')}
      submit={text('handoff.return.submit')}
      done={text('app.action.close')}
      job={job}
      result={written && <WrittenReturn written={written} />}
      slip={written && written.slip}
      onStart={(drive, medium) => void job.run({ site, drive, medium }).then(setWritten)}
      onClose={onClose}
    />
  );
}

const WrittenReturn = ({
  written: { fileName, through, entries },
}: {
  readonly written: Output<'handoff.writeReturn'>;
}) => (
  <Alert
    type="success"
    showIcon
    role="status"
    title={text('handoff.return.done', { file: fileName, through, entries })}
  />
);
