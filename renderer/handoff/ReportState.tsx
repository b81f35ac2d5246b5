import { Alert, Button, Card } from 'antd';
import type { Output } from '../../shared/contract.ts';
import { entryText } from '../app/entry-text.ts';
import { useGo } from '../app/navigation.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import { instantText } from '../ui/format.ts';
import { rangesText } from './words.ts';

/** How far a station has reported, what still waits by kind, and what the bureau misses or could not take. */
export function ReportState({ state }: { readonly state: Output<'handoff.state'> }) {
  const { waiting, waitingByKind, provenThrough, receiptAt, lastSeq, missing, lost, wanted, bundles } = state;
  const [last] = bundles;
  const routine = lastSeq - provenThrough - waiting;
  const figures = [
    [text('handoff.report.waiting'), text('handoff.report.waitingCount', { count: waiting })],
    [
      text('handoff.report.proven'),
      receiptAt === null ? text('handoff.report.provenNone') : text('handoff.report.provenAt', { seq: provenThrough }),
    ],
    [text('handoff.report.receiptAt'), instantText(receiptAt)],
    [text('handoff.report.lastSeq'), text('handoff.report.lastSeqAt', { seq: lastSeq })],
  ] as const;
  const kinds = Object.entries(waitingByKind).map(([kind, count]) =>
    text('handoff.report.kindCount', { kind: entryText(kind), count }),
  );
  const notes = [
    ...(missing.length > 0 ? [text('handoff.report.missing', { ranges: rangesText(missing) })] : []),
    ...(lost ? [text('handoff.report.lost', { ranges: rangesText([lost]) })] : []),
    ...(wanted ? [text('handoff.report.wanted')] : []),
  ];
  return (
    <Card size="small" title={text('handoff.report.state')}>
      <dl className="figures">
        {figures.map(([label, figure]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{figure}</dd>
          </div>
        ))}
      </dl>
      {kinds.length > 0 && (
        <p>
          {text('handoff.report.byKind')}：{kinds.join('、')}
        </p>
      )}
      {routine > 0 && <p>{text('handoff.report.routine', { count: routine })}</p>}
      {last && !last.proven && <p>{text('handoff.report.unproven', { number: last.number })}</p>}
      {notes.map((note) => (
        <Alert key={note} type="warning" showIcon className="note" title={note} />
      ))}
      <OwnQuarantine />
    </Card>
  );
}

/** Entries the bureau could not take in and this station has not answered for. */
function OwnQuarantine() {
  const go = useGo();
  const own = useCall('quarantine.own', {}).value ?? [];
  const count = own.filter(({ isClosed }) => !isClosed).length;
  if (count === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      className="note"
      title={text('handoff.report.quarantinedCount', { count })}
      action={<Button onClick={() => go('own-quarantine')}>{text('handoff.report.toQuarantine')}</Button>}
    />
  );
}
