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

/** Writes a station's kit and shows its code, once, to be told by telephone. */
export function KitModal({ station: { site, name }, onClose }: Props) {
  const job = useJob('handoff.issueKit');
  const [kit, setKit] = useState<Output<'handoff.issueKit'> | null>(null);
  return (
    <DriveModal
      title={text('handoff.kit.title', { station: name })}
      lead={text('handoff.kit.lead')}
      submit={text('handoff.kit.submit')}
      done={text('handoff.kit.told')}
      job={job}
      result={kit && <IssuedKit kit={kit} />}
      slip={kit && kit.slip}
      slipWords={text('handoff.kit.toldPrint')}
      onStart={(drive, medium) => void job.run({ site, drive, medium }).then(setKit)}
      onClose={onClose}
    />
  );
}

const IssuedKit = ({ kit: { fileName, spokenCode } }: { readonly kit: Output<'handoff.issueKit'> }) => (
  <>
    <Alert type="success" showIcon role="status" title={text('handoff.kit.done', { file: fileName })} />
    <p className="note">{text('handoff.kit.code')}</p>
    <p className="spoken spoken-code" data-testid="spoken-code">
      {spokenCode}
    </p>
    <Alert type="warning" showIcon title={text('handoff.kit.warning')} />
  </>
);
