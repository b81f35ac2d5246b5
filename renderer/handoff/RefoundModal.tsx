import { Alert, Button, Modal } from 'antd';
import { useState } from 'react';
import type { Output } from '../../shared/contract.ts';
import { text } from '../app/text.ts';
import { useJob } from '../app/use-action.ts';
import { JobBar } from '../ui/JobBar.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { stepText } from './words.ts';

type Station = { readonly site: string; readonly name: string };

/** Gives a station whose computer is out of use another one; its kit is the next thing it needs. */
export function RefoundModal({
  station: { site, name },
  onRefounded,
  onClose,
}: {
  readonly station: Station;
  readonly onRefounded: (station: Station) => void;
  readonly onClose: () => void;
}) {
  const job = useJob('handoff.refound');
  const [refounded, setRefounded] = useState<Output<'handoff.refound'> | null>(null);
  const buttons = refounded ? (
    <Button type="primary" onClick={() => onRefounded({ site: refounded.site, name })}>
      {text('handoff.refound.toKit')}
    </Button>
  ) : (
    <>
      <Button onClick={onClose} disabled={job.busy}>
        {text('app.action.cancel')}
      </Button>
      <Button type="primary" loading={job.busy} onClick={() => void job.run({ site }).then(setRefounded)}>
        {text('handoff.refound.submit')}
      </Button>
    </>
  );
  return (
    <Modal
      open
      title={text('handoff.refound.title', { station: name })}
      width={620}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={buttons}
    >
      {refounded ? (
        <Alert
          type={refounded.left > 0 ? 'warning' : 'success'}
          showIcon
          role="status"
          title={text(refounded.left > 0 ? 'handoff.refound.someLeft' : 'handoff.refound.done', refounded)}
        />
      ) : (
        <>
          <p>{text('handoff.refound.text')}</p>
          <p>{text('handoff.refound.how')}</p>
        </>
      )}
      <ProblemNote problem={job.problem} />
      <JobBar job={job} steps={stepText} />
    </Modal>
  );
}
