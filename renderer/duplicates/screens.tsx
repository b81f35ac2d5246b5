import { useMay } from '../app/may.ts';
import type { PersonPart, ScreenSpec, Waiting } from '../app/registry.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import { SheetTable } from '../ui/SheetTable.tsx';
import { pairColumns } from './pair-columns.tsx';
import { Duplicates, PersonDuplicates } from './Pairs.tsx';
import { isTwice, stateOf } from './words.ts';

export const duplicatesScreens: readonly ScreenSpec[] = [
  {
    id: 'duplicates',
    title: 'duplicates.list.title',
    view: Duplicates,
    needs: 'duplicates.pairs',
    at: 'bureau',
    under: 'persons',
  },
];

export const duplicatesPersonPart: PersonPart = {
  id: 'duplicates',
  title: 'duplicates.part.title',
  needs: 'duplicates.pairs',
  view: PersonDuplicates,
  sheet: DuplicatesSheet,
};

function DuplicatesSheet({ personId }: { readonly personId: string }) {
  return (
    <SheetTable
      answer={useCall('duplicates.pairs', { person: personId })}
      columns={pairColumns}
      rowKey={({ first, second }) => `${first.id} ${second.id}`}
      empty={text('duplicates.part.empty')}
    />
  );
}

/** Pairs that nobody has judged, of people who are on two strengths at once. */
export function useDuplicatesWaiting(): readonly Waiting[] | null {
  const may = useMay('duplicates.judge');
  const { value } = useCall('duplicates.pairs', { person: null });
  if (!may) return [];
  if (!value) return null;
  const count = value.filter((pair) => stateOf(pair) === 'open' && isTwice(pair)).length;
  if (count === 0) return [];
  const place = { screen: 'duplicates', params: {} };
  return [{ key: 'duplicates', urgency: 'due', text: text('duplicates.waiting', { count }), place }];
}
