import type { ReactNode } from 'react';
import { daysSince, type StationState, stationState } from '../../shared/handoff-rules.ts';
import type { StationRow } from '../../shared/handoff.ts';
import { text } from '../app/text.ts';
import type { Column } from '../ui/DataTable.tsx';
import { instantText } from '../ui/format.ts';
import { type StateLook, StateTag } from '../ui/StateTag.tsx';
import { computerCell, computerText } from './computer.tsx';
import { rangesText } from './words.ts';

const looks = {
  revoked: 'off',
  forked: 'bad',
  kitMissing: 'off',
  kitIssued: 'waiting',
  silent: 'bad',
  gaps: 'warning',
  current: 'good',
} as const satisfies Record<StationState, StateLook>;

const silentDays = ({ lastReceivedAt, kitIssuedAt }: StationRow, now: Date): number =>
  daysSince(lastReceivedAt ?? kitIssuedAt ?? now.toISOString(), now);

function stateText(state: StationState, row: StationRow, now: Date): string {
  if (state === 'silent') return text('handoff.board.silentDays', { days: silentDays(row, now) });
  if (row.revoked)
    return text('handoff.board.revokedFor', { reason: text(`handoff.revoke.reasonOf.${row.revoked.reason}`) });
  return text(`handoff.board.stateOf.${state}`);
}

const count = (number: number, look: StateLook): ReactNode =>
  number === 0 ? 0 : <StateTag look={look}>{String(number)}</StateTag>;

const returnText = ({ owed, lastReturnAt }: StationRow): string | null =>
  owed ? text('handoff.board.owed') : lastReturnAt;

/** The board's columns, judged as of `now`. */
export const boardColumns = (now: Date, actions: (row: StationRow) => ReactNode): readonly Column<StationRow>[] => [
  {
    id: 'station',
    title: text('handoff.board.station'),
    width: 165,
    fixed: true,
    value: computerText,
    show: computerCell,
  },
  {
    id: 'state',
    title: text('handoff.board.state'),
    width: 118,
    filter: true,
    value: (row) => text(`handoff.board.stateOf.${stationState(row, now)}`),
    show: (row) => {
      const state = stationState(row, now);
      return <StateTag look={looks[state]}>{stateText(state, row, now)}</StateTag>;
    },
  },
  { id: 'act', title: text('app.table.acts'), width: 162, acts: true, value: () => null, show: actions },
  {
    id: 'lastReceived',
    title: text('handoff.board.lastReceived'),
    width: 136,
    value: ({ lastReceivedAt }) => lastReceivedAt && instantText(lastReceivedAt),
  },
  { id: 'bundle', title: text('handoff.board.lastBundle'), width: 58, align: 'right', value: (row) => row.lastBundle },
  { id: 'lastSeq', title: text('handoff.board.lastSeq'), width: 94, align: 'right', value: ({ lastSeq }) => lastSeq },
  { id: 'gaps', title: text('handoff.board.gaps'), width: 88, value: ({ gaps }) => rangesText(gaps) || null },
  {
    id: 'quarantined',
    title: text('handoff.board.quarantined'),
    width: 60,
    align: 'right',
    value: ({ quarantined }) => quarantined,
    show: ({ quarantined }) => count(quarantined, 'warning'),
  },
  {
    id: 'lacking',
    title: text('handoff.board.lacking'),
    width: 72,
    align: 'right',
    value: ({ lacking }) => lacking,
    show: ({ lacking }) => count(lacking, 'warning'),
  },
  {
    id: 'waitingDown',
    title: text('handoff.board.waitingDown'),
    width: 72,
    align: 'right',
    value: ({ waitingDown }) => waitingDown,
  },
  {
    id: 'return',
    title: text('handoff.board.lastReturn'),
    width: 130,
    value: returnText,
    show: (row) =>
      row.owed ? (
        <StateTag look="warning">{text('handoff.board.owed')}</StateTag>
      ) : (
        row.lastReturnAt && instantText(row.lastReturnAt)
      ),
  },
];
