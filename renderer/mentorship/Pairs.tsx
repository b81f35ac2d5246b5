import { ImportOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useMay } from '../app/may.ts';
import { useGo } from '../app/navigation.ts';
import { useSite } from '../app/session.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { Screen } from '../ui/Screen.tsx';
import { Board } from './Board.tsx';
import { pairColumns, stationColumn } from './pair-columns.tsx';
import { FormPair } from './PairDialogs.tsx';

/** The pairs the signed-in person may know of, below how the mentoring stands as a whole. */
export function Pairs() {
  const go = useGo();
  const { kind } = useSite();
  const [openOnly, setOpenOnly] = useState(true);
  const answer = useCall('mentorship.listPairs', { openOnly });
  return (
    <Screen title={text('mentorship.pairs.title')} actions={<Actions />}>
      <div className="wizard">
        <ProblemNote problem={answer.problem} onRetry={answer.reload} />
        <Board />
        <DataTable
          name="pairs"
          title={text('mentorship.pairs.title')}
          columns={kind === 'bureau' ? [stationColumn, ...pairColumns] : pairColumns}
          rows={answer.value ?? []}
          rowKey={({ id }) => id}
          loading={answer.loading}
          onOpen={({ id }) => go('pair', { id })}
          toolbar={
            <Checkbox checked={openOnly} onChange={({ target }) => setOpenOnly(target.checked)}>
              {text('mentorship.pairs.goingOnly')}
            </Checkbox>
          }
          empty={text(openOnly ? 'mentorship.pairs.emptyGoing' : 'mentorship.pairs.empty')}
        />
      </div>
    </Screen>
  );
}

/** What the chief may do with the list. */
function Actions() {
  const go = useGo();
  const mayForm = useMay('mentorship.formPair');
  const unseen = useCall('mentorship.listUnseen', {}).value?.length ?? 0;
  const [isForming, setForming] = useState(false);
  if (!mayForm) return null;
  return (
    <>
      {unseen > 0 && (
        <Button onClick={() => go('unseen-sign-offs')}>{text('mentorship.pairs.unseen', { count: unseen })}</Button>
      )}
      <Button icon={<ImportOutlined />} onClick={() => go('import-mentorship')}>
        {text('mentorship.pairs.import')}
      </Button>
      <Button type="primary" icon={<PlusOutlined />} onClick={() => setForming(true)}>
        {text('mentorship.pairs.form')}
      </Button>
      {isForming && <FormPair onClose={() => setForming(false)} />}
    </>
  );
}
