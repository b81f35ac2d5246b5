import { Card } from 'antd';
import type { Output } from '../../shared/contract.ts';
import { stationState } from '../../shared/handoff-rules.ts';
import type { StationRow } from '../../shared/handoff.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import { instantText } from '../ui/format.ts';

type Figure = readonly [label: string, figure: string | number];

/** How the hand-off stands, on the home screen; nothing for those who have no part in it. */
export function HandoffCard() {
  const { value: state } = useCall('handoff.state', {});
  const { value: board } = useCall('handoff.board', {});
  if (!state && !board) return null;
  const figures = [...(state ? stationFigures(state) : []), ...(board ? bureauFigures(board, new Date()) : [])];
  return (
    <Card title={text('app.home.handoff')} size="small">
      {state && !state.paired && <p>{text('handoff.home.notPaired')}</p>}
      <dl className="figures">
        {figures.map(([label, figure]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{figure}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

const stationFigures = (state: Output<'handoff.state'>): readonly Figure[] => [
  [text('handoff.home.waiting'), text('handoff.report.waitingCount', { count: state.waiting })],
  [
    text('handoff.home.proven'),
    state.receiptAt === null
      ? text('handoff.report.provenNone')
      : text('handoff.report.provenAt', { seq: state.provenThrough }),
  ],
  [text('handoff.home.last'), instantText(state.bundles[0]?.at ?? null)],
];

const bureauFigures = (board: readonly StationRow[], now: Date): readonly Figure[] => [
  [text('handoff.home.stations'), board.length],
  [text('handoff.home.silent'), board.filter((row) => stationState(row, now) === 'silent').length],
  [text('handoff.home.owed'), board.filter(({ owed }) => owed).length],
  [text('handoff.home.quarantined'), board.reduce((sum, { quarantined }) => sum + quarantined, 0)],
];
