import { Alert } from 'antd';
import { useState } from 'react';
import { type DuplicatePair, MOST_PAIRS, type Verdict } from '../../shared/duplicates.ts';
import { useMay } from '../app/may.ts';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { useCall } from '../app/use-call.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { ReasonModal } from '../ui/ReasonModal.tsx';
import { Screen } from '../ui/Screen.tsx';
import { actsColumn, pairColumns } from './pair-columns.tsx';

/** The county's people who may stand in two strengths (人员查重). */
export const Duplicates = () => (
  <Screen title={text('duplicates.list.title')} hint={text('duplicates.list.hint')} back>
    <Pairs person={null} empty={text('duplicates.list.empty')} />
  </Screen>
);

/** The other files that may be of the same person. */
export const PersonDuplicates = ({ personId }: { readonly personId: string }) => (
  <Pairs person={personId} empty={text('duplicates.part.empty')} />
);

function Pairs({ person, empty }: { readonly person: string | null; readonly empty: string }) {
  const answer = useCall('duplicates.pairs', { person });
  const mayJudge = useMay('duplicates.judge');
  const [judging, setJudging] = useState<Judging | null>(null);
  const pairs = answer.value ?? [];
  const acts = actsColumn((pair, verdict) => setJudging({ pair, verdict }));
  return (
    <>
      <ProblemNote problem={answer.problem} onRetry={answer.reload} />
      {pairs.length === MOST_PAIRS && (
        <Alert type="info" showIcon title={text('duplicates.list.most', { count: MOST_PAIRS })} />
      )}
      <DataTable
        name="duplicates"
        title={text('duplicates.list.title')}
        rows={pairs}
        rowKey={({ first, second }) => `${first.id} ${second.id}`}
        loading={answer.loading}
        empty={empty}
        columns={mayJudge ? [...pairColumns.slice(0, 3), acts, ...pairColumns.slice(3)] : pairColumns}
      />
      {judging && <Judge {...judging} onClose={() => setJudging(null)} />}
    </>
  );
}

type Judging = { readonly pair: DuplicatePair; readonly verdict: Verdict };

function Judge({ pair: { first, second }, verdict, onClose }: Judging & { readonly onClose: () => void }) {
  const judge = useAction('duplicates.judge');
  const confirm = async (reason: string): Promise<void> => {
    if (await judge.run({ persons: [first.id, second.id], verdict, reason })) onClose();
  };
  return (
    <ReasonModal
      title={text(`duplicates.judge.${verdict}.title`, { name: first.name })}
      consequence={text(`duplicates.judge.${verdict}.text`)}
      confirm={text(`duplicates.judge.${verdict}.act`)}
      action={judge}
      onConfirm={(reason) => void confirm(reason)}
      onClose={onClose}
    />
  );
}
