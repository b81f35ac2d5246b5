import { Card } from 'antd';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import { instantText, shortCheck } from '../ui/format.ts';
import { ProblemNote } from '../ui/ProblemNote.tsx';

/** Whether the bureau could help to open this site, since when, and by whose keys. */
export function EscrowSlotCard() {
  const slot = useCall('site.escrowSlot', {});
  return (
    <Card title={text('site.slot.title')} size="small">
      <p>{text('site.slot.text')}</p>
      <ProblemNote problem={slot.problem} onRetry={slot.reload} />
      {slot.value ? (
        <>
          <p>{text('site.slot.since', { at: instantText(slot.value.since) })}</p>
          <ul>
            {slot.value.holders.map(({ of, check }) => (
              <li key={check}>{text(`site.slot.${of}`, { check: shortCheck(check) })}</li>
            ))}
          </ul>
        </>
      ) : (
        !slot.loading && !slot.problem && <p>{text('site.slot.none')}</p>
      )}
    </Card>
  );
}
