import type { Output } from '../../shared/contract.ts';
import {
  daysSince,
  isUnsettled,
  receiptMissedDays,
  reportDue,
  SILENT_DAYS,
  stationState,
} from '../../shared/handoff-rules.ts';
import type { StationRow } from '../../shared/handoff.ts';
import { useMay } from '../app/may.ts';
import type { Waiting } from '../app/registry.ts';
import { type TextKey, type TextParams, text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import { rangesText } from './words.ts';

/** What the hand-off wants of the signed-in person; at a station its own, at a bureau of all stations. */
export function useHandoffWaiting(): readonly Waiting[] | null {
  const atStation = useMay('handoff.state');
  const atBureau = useMay('handoff.board');
  const state = useCall('handoff.state', {}).value;
  const board = useCall('handoff.board', {}).value;
  if (atStation) return state && stationWaiting(state, new Date());
  if (atBureau) return board && bureauWaiting(board, new Date());
  return [];
}

const item = (
  screen: string,
  urgency: Waiting['urgency'],
  key: TextKey,
  params: TextParams & { readonly count?: number },
): Waiting => ({ key, urgency, text: text(key, params), place: { screen, params: {} } });

function stationWaiting(state: Output<'handoff.state'>, now: Date): readonly Waiting[] {
  const { waiting: count, bundles, missing, unfinished, wanted } = state;
  const due = reportDue(state, now);
  const [last] = bundles;
  const receiptDays = receiptMissedDays(state, now);
  const days = last ? daysSince(last.at, now) : 0;
  const reported = last ? 'handoff.waiting.reportOld' : 'handoff.waiting.reportNever';
  return [
    ...(due ? [item('report', due, reported, { count, days })] : []),
    ...(unfinished ? [item('report', 'due', 'handoff.waiting.unfinished', { count: unfinished.entries })] : []),
    ...(missing.length > 0
      ? [item('report', 'overdue', 'handoff.waiting.missing', { ranges: rangesText(missing) })]
      : []),
    ...(wanted ? [item('report', 'overdue', 'handoff.waiting.wanted', {})] : []),
    ...(receiptDays === null ? [] : [item('report', 'due', 'handoff.waiting.receiptOld', { days: receiptDays })]),
  ];
}

function bureauWaiting(board: readonly StationRow[], now: Date): readonly Waiting[] {
  const silent = board.filter((row) => stationState(row, now) === 'silent').length;
  const restored = board.filter(isUnsettled).length;
  const owed = board.filter((row) => row.owed).length;
  const down = board.filter((row) => row.pinned && row.waitingDown > 0 && !row.owed).length;
  const forked = board.filter((row) => stationState(row, now) === 'forked').length;
  return [
    ...(restored > 0 ? [item('board', 'overdue', 'handoff.waiting.restored', { count: restored })] : []),
    ...(forked > 0 ? [item('board', 'overdue', 'handoff.waiting.forked', { count: forked })] : []),
    ...(silent > 0 ? [item('board', 'overdue', 'handoff.waiting.silent', { count: silent, days: SILENT_DAYS })] : []),
    ...(owed > 0 ? [item('board', 'due', 'handoff.waiting.owed', { count: owed })] : []),
    ...(down > 0 ? [item('board', 'notice', 'handoff.waiting.down', { count: down })] : []),
  ];
}
