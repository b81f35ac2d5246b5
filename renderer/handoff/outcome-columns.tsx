import type { HandoffCounts, PackageOutcome } from '../../shared/handoff.ts';
import { problemText, text } from '../app/text.ts';
import type { Column } from '../ui/DataTable.tsx';
import { instantText } from '../ui/format.ts';
import { type StateLook, StateTag } from '../ui/StateTag.tsx';
import { computerCell, computerText } from './computer.tsx';

const looks = {
  refused: 'bad',
  held: 'warning',
  quarantined: 'warning',
  known: 'off',
  taken: 'good',
} as const satisfies Record<string, StateLook>;

function stateOf({ counts }: PackageOutcome): keyof typeof looks {
  if (!counts) return 'refused';
  if (counts.held > 0) return 'held';
  if (counts.quarantined > 0) return 'quarantined';
  return counts.accepted === 0 ? 'known' : 'taken';
}

function noteOf(outcome: PackageOutcome): string | null {
  const { since } = outcome.problem?.detail ?? {};
  if (typeof since === 'string')
    return text('handoff.intake.noteOf.forkKept', { ...outcome.problem?.detail, since: instantText(since) });
  if (outcome.problem) return problemText(outcome.problem);
  if (outcome.letGo > 0) return text('handoff.intake.noteOf.letGo', { count: outcome.letGo });
  if (outcome.lacking > 0) return text('handoff.intake.noteOf.lacking', { count: outcome.lacking });
  if (outcome.broughtBack > 0) return text('handoff.intake.noteOf.broughtBack', { count: outcome.broughtBack });
  const state = stateOf(outcome);
  return state === 'held' || state === 'quarantined' || state === 'known'
    ? text(`handoff.intake.noteOf.${state}`)
    : null;
}

const counted = (count: keyof HandoffCounts): Column<PackageOutcome> => ({
  id: count,
  title: text(`handoff.intake.${count}`),
  width: 62,
  align: 'right',
  value: ({ counts }) => counts?.[count] ?? null,
});

/** How each package fared: its counts, or why nothing of it was taken. */
export const outcomeColumns: readonly Column<PackageOutcome>[] = [
  { id: 'file', title: text('handoff.intake.file'), width: 215, value: ({ name }) => name },
  {
    id: 'state',
    title: text('handoff.intake.state'),
    width: 95,
    filter: true,
    value: (outcome) => text(`handoff.intake.stateOf.${stateOf(outcome)}`),
    show: (outcome) => (
      <StateTag look={looks[stateOf(outcome)]}>{text(`handoff.intake.stateOf.${stateOf(outcome)}`)}</StateTag>
    ),
  },
  {
    id: 'note',
    title: text('handoff.intake.note'),
    width: 300,
    value: noteOf,
    show: (outcome) => <span className="whole">{noteOf(outcome)}</span>,
  },
  {
    id: 'station',
    title: text('handoff.intake.station'),
    width: 155,
    value: ({ site, station }) => site && station && computerText({ site, name: station }),
    show: ({ site, station }) => site && station && computerCell({ site, name: station }),
  },
  { id: 'number', title: text('handoff.intake.number'), width: 62, align: 'right', value: ({ number }) => number },
  counted('exported'),
  counted('accepted'),
  counted('alreadyKnown'),
  counted('quarantined'),
  counted('held'),
];
