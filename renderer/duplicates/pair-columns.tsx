import { Button, Space } from 'antd';
import type { DuplicatePair, OneFile, Verdict } from '../../shared/duplicates.ts';
import { useGo } from '../app/navigation.ts';
import { text } from '../app/text.ts';
import type { Column } from '../ui/DataTable.tsx';
import { instantText } from '../ui/format.ts';
import { StateTag } from '../ui/StateTag.tsx';
import { fileText, groundsText, looks, stateOf, stateText } from './words.ts';

/** What is known of a pair, on the screen and on paper. */
export const pairColumns: readonly Column<DuplicatePair>[] = [
  {
    id: 'state',
    title: text('duplicates.column.state'),
    width: 150,
    filter: true,
    value: stateText,
    show: (pair) => <StateTag look={looks[stateOf(pair)]}>{stateText(pair)}</StateTag>,
  },
  fileColumn('first'),
  fileColumn('second'),
  { id: 'grounds', title: text('duplicates.column.grounds'), width: 190, filter: true, value: groundsText },
  {
    id: 'reason',
    title: text('duplicates.column.reason'),
    width: 160,
    value: ({ judged }) => judged?.reason ?? null,
  },
  {
    id: 'by',
    title: text('duplicates.column.by'),
    width: 190,
    value: ({ judged }) => judged && [judged.byName, instantText(judged.at)].filter(Boolean).join('　'),
  },
];

function fileColumn(which: 'first' | 'second'): Column<DuplicatePair> {
  return {
    id: which,
    title: text(`duplicates.column.${which}`),
    width: 200,
    value: (pair) => fileText(pair[which]),
    show: (pair) => <FileLink file={pair[which]} />,
  };
}

function FileLink({ file }: { readonly file: OneFile }) {
  const go = useGo();
  return (
    <Button type="link" size="small" onClick={() => go('person', { id: file.id })}>
      {fileText(file)}
    </Button>
  );
}

/** What can be judged of a pair as it stands. */
export const actsColumn = (onJudge: (pair: DuplicatePair, verdict: Verdict) => void): Column<DuplicatePair> => ({
  id: 'acts',
  title: text('duplicates.column.acts'),
  width: 180,
  acts: true,
  value: () => null,
  show: (pair) => (
    <Space size={4}>
      {(pair.judged ? (['open'] as const) : (['same', 'different'] as const)).map((verdict) => (
        <Button key={verdict} size="small" onClick={() => onJudge(pair, verdict)}>
          {text(`duplicates.judge.${verdict}.act`)}
        </Button>
      ))}
    </Space>
  ),
});
