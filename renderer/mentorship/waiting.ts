import type { Output } from '../../shared/contract.ts';
import { useMay } from '../app/may.ts';
import type { Place } from '../app/navigation.ts';
import type { Waiting } from '../app/registry.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';

type Told = Output<'mentorship.waiting'>[number];

/** Sign-offs to write, acknowledge, see or remind of, and new officers without a mentor. */
export function useMentorshipWaiting(): readonly Waiting[] | null {
  const { value } = useCall('mentorship.waiting', {});
  const may = useMay('mentorship.waiting');
  if (!may) return [];
  return value && [...value.flatMap(one), ...chiefs.flatMap((kind) => counted(kind, value))];
}

/** What is told pair by pair: it leads straight to the place where it is done. */
function one({ kind, pair, name }: Told): readonly Waiting[] {
  if (pair === null) return [];
  const entry = (urgency: Waiting['urgency'], words: string, screen: string): readonly Waiting[] => [
    { key: `mentorship-${kind}-${pair}`, urgency, text: words, place: { screen, params: { id: pair } } },
  ];
  if (kind === 'sign-off-late')
    return entry('overdue', text('mentorship.waiting.signOffLate', { name }), 'sign-off-form');
  if (kind === 'sign-off-due') return entry('due', text('mentorship.waiting.signOffDue', { name }), 'sign-off-form');
  if (kind === 'acknowledge') return entry('due', text('mentorship.waiting.acknowledge', { name }), 'pair');
  return kind === 'term-ending' ? entry('notice', text('mentorship.waiting.termEnding', { name }), 'pair') : [];
}

const pairs: Place = { screen: 'pairs', params: {} };
const summed = {
  see: { urgency: 'due', key: 'mentorship.waiting.see', place: { screen: 'unseen-sign-offs', params: {} } },
  unsigned: { urgency: 'overdue', key: 'mentorship.waiting.unsigned', place: pairs },
  unacknowledged: { urgency: 'notice', key: 'mentorship.waiting.unacknowledged', place: pairs },
  'pair-missing': { urgency: 'due', key: 'mentorship.waiting.pairMissing', place: pairs },
} as const;
type Summed = keyof typeof summed;
const chiefs: readonly Summed[] = ['see', 'unsigned', 'unacknowledged', 'pair-missing'];

/** What the chief is told as a number: one line however many pairs there are. */
function counted(kind: Summed, told: readonly Told[]): readonly Waiting[] {
  const count = told.filter((each) => each.kind === kind).length;
  const { urgency, key, place } = summed[kind];
  return count === 0 ? [] : [{ key: `mentorship-${kind}`, urgency, text: text(key, { count }), place }];
}
