import { Alert, Button } from 'antd';
import { useState } from 'react';
import { isUnsettled } from '../../shared/handoff-rules.ts';
import type { StationRow } from '../../shared/handoff.ts';
import { useMay } from '../app/may.ts';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { ReasonModal } from '../ui/ReasonModal.tsx';
import { computerText } from './computer.tsx';

/** What a bureau restored from a backup lacks, station by station, and how it comes back. */
export function Restored({
  rows,
  onResumed,
}: {
  readonly rows: readonly StationRow[];
  readonly onResumed: () => void;
}) {
  const mayResume = useMay('handoff.resumeDown');
  const [resuming, setResuming] = useState<StationRow | null>(null);
  const unsettled = rows.filter(isUnsettled);
  if (unsettled.length === 0) return null;
  return (
    <>
      <Alert
        type="warning"
        showIcon
        title={text('handoff.board.restored.title')}
        description={unsettled.map((row) => (
          <div key={row.site}>
            {text('handoff.board.restored.of', { station: computerText(row), state: stateText(row) })}
            {mayResume && isResting(row) && (
              <Button type="link" size="small" onClick={() => setResuming(row)}>
                {text('handoff.board.restored.resume')}
              </Button>
            )}
          </div>
        ))}
      />
      {resuming && <Resume station={resuming} onClose={() => setResuming(null)} onResumed={onResumed} />}
    </>
  );
}

function Resume({
  station,
  onClose,
  onResumed,
}: {
  readonly station: StationRow;
  readonly onClose: () => void;
  readonly onResumed: () => void;
}) {
  const resume = useAction('handoff.resumeDown');
  const confirm = async (reason: string): Promise<void> => {
    if (!(await resume.run({ site: station.site, reason }))) return;
    onClose();
    onResumed();
  };
  return (
    <ReasonModal
      title={text('handoff.board.restored.resumeFor', { station: computerText(station) })}
      consequence={text('handoff.board.restored.resumeText')}
      confirm={text('handoff.board.restored.resume')}
      danger
      action={resume}
      onConfirm={(reason) => void confirm(reason)}
      onClose={onClose}
    />
  );
}

const isResting = ({ site, behind, unheard }: StationRow): boolean =>
  unheard || behind.some(({ stream }) => stream !== site);

function stateText({ site, behind, unheard, downForked }: StationRow): string {
  const kindOf = (stream: string) => {
    if (stream === site) return 'own';
    if (stream.endsWith('/common')) return 'common';
    return stream.endsWith(`/${site}`) ? 'station' : 'former';
  };
  return [
    ...behind.map(({ stream, from }) => text(`handoff.board.restored.${kindOf(stream)}`, { from })),
    ...(unheard ? [text('handoff.board.restored.unheard')] : []),
    ...(downForked ? [text('handoff.board.restored.forked')] : []),
  ].join('；');
}
