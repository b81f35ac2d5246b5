import { identityKinds } from '../../shared/code-tables.ts';
import type { PairRow } from '../../shared/mentorship.ts';
import { stages } from '../../shared/mentorship-tables.ts';
import { text } from '../app/text.ts';
import type { Column } from '../ui/DataTable.tsx';
import { StateTag } from '../ui/StateTag.tsx';
import { PairStateTag, stateText } from './words.tsx';

/** `2 个月（逾期）`; null while nothing is missing. */
function missingText({ missing }: PairRow): string | null {
  const count = missing.length;
  if (count === 0) return null;
  const isLate = missing.some((month) => month.isLate);
  return text(isLate ? 'mentorship.pairs.missingLate' : 'mentorship.pairs.missingDue', { count });
}

function Missing({ row }: { readonly row: PairRow }) {
  const words = missingText(row);
  if (words === null) return null;
  return <StateTag look={row.missing.some(({ isLate }) => isLate) ? 'bad' : 'waiting'}>{words}</StateTag>;
}

const count = (id: string, title: string, width: number, value: (row: PairRow) => number | null): Column<PairRow> => ({
  id,
  title,
  width,
  align: 'right',
  value,
});

export const pairColumns: readonly Column<PairRow>[] = [
  {
    id: 'mentor',
    title: text('mentorship.pairs.mentor'),
    width: 90,
    filter: true,
    fixed: true,
    value: ({ mentor }) => mentor.name,
  },
  { id: 'apprentice', title: text('mentorship.pairs.apprentice'), width: 90, value: (row) => row.apprentice.name },
  {
    id: 'state',
    title: text('mentorship.pairs.state'),
    width: 115,
    filter: true,
    value: ({ state }) => stateText(state),
    show: ({ state }) => <PairStateTag state={state} />,
  },
  {
    id: 'missing',
    title: text('mentorship.pairs.missing'),
    width: 135,
    value: missingText,
    sortBy: ({ missing }) => missing.length,
    show: (row) => <Missing row={row} />,
  },
  count('toAcknowledge', text('mentorship.pairs.unacknowledged'), 75, (row) => row.signOffs - row.acknowledged || null),
  count('toSee', text('mentorship.pairs.toSee'), 65, (row) => row.acknowledged - row.seen || null),
  {
    id: 'stage',
    title: text('mentorship.pairs.stage'),
    width: 70,
    filter: true,
    value: ({ stage }) => stages.labelOf(stage),
  },
  { id: 'startsOn', title: text('mentorship.pairs.startsOn'), width: 100, value: ({ startsOn }) => startsOn },
  { id: 'endsOn', title: text('mentorship.pairs.endsOn'), width: 100, value: ({ endsOn }) => endsOn },
  count('signOffs', text('mentorship.pairs.signOffs'), 80, ({ signOffs }) => signOffs),
  { id: 'lastTo', title: text('mentorship.pairs.lastTo'), width: 100, value: ({ lastTo }) => lastTo },
  count('average', text('mentorship.pairs.average'), 75, ({ average }) => average),
  {
    id: 'identity',
    title: text('mentorship.pairs.identity'),
    width: 120,
    filter: true,
    value: ({ apprenticeIdentity }) => apprenticeIdentity && identityKinds.labelOf(apprenticeIdentity),
  },
];

export const stationColumn: Column<PairRow> = {
  id: 'station',
  title: text('mentorship.pairs.station'),
  width: 150,
  filter: true,
  value: ({ stationName }) => stationName,
};
