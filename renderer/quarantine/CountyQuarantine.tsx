import { Alert, Button } from 'antd';
import { useState } from 'react';
import type { Output } from '../../shared/contract.ts';
import { CLOSED_ENTRY } from '../../shared/entry.ts';
import type { CountyRow, QuarantineState } from '../../shared/quarantine.ts';
import { useMay } from '../app/may.ts';
import { problemText, text } from '../app/text.ts';
import { useAction, useJob } from '../app/use-action.ts';
import { useCall } from '../app/use-call.ts';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { instantText } from '../ui/format.ts';
import { JobBar } from '../ui/JobBar.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { Screen } from '../ui/Screen.tsx';
import { type StateLook, StateTag } from '../ui/StateTag.tsx';
import { EntryWindow, type Place } from './EntryWindow.tsx';
import { WordsModal } from './WordsModal.tsx';
import { kindText } from './words.ts';

const looks = {
  open: 'warning',
  answered: 'warning',
  returned: 'waiting',
  refused: 'off',
} as const satisfies Record<QuarantineState, StateLook>;

const columns: readonly Column<CountyRow>[] = [
  { id: 'station', title: text('quarantine.list.station'), width: 190, filter: true, value: ({ station }) => station },
  { id: 'seq', title: text('quarantine.list.seq'), width: 80, align: 'right', value: ({ seq }) => seq },
  { id: 'kind', title: text('quarantine.list.kind'), width: 160, filter: true, value: kindText },
  {
    id: 'state',
    title: text('quarantine.list.state'),
    width: 100,
    filter: true,
    value: ({ state }) => text(`quarantine.stateOf.${state}`),
    show: ({ state }) => <StateTag look={looks[state]}>{text(`quarantine.stateOf.${state}`)}</StateTag>,
  },
  {
    id: 'reason',
    title: text('quarantine.list.reason'),
    width: 340,
    filter: true,
    value: ({ code }) => problemText({ code }),
    show: ({ code }) => <span className="whole">{problemText({ code })}</span>,
  },
  { id: 'at', title: text('quarantine.list.at'), width: 140, value: ({ at }) => instantText(at) },
];

const keyOf = ({ stream, seq }: Place): string => `${stream} ${String(seq)}`;

/** Entries the bureau holds without having taken them in: each is judged again, sent back or kept outside. */
export function CountyQuarantine() {
  const list = useCall('quarantine.county', {});
  const mayDecide = useMay('quarantine.decide');
  const job = useJob('quarantine.reconsider');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [told, setTold] = useState<Output<'quarantine.reconsider'> | null>(null);
  const [open, setOpen] = useState<CountyRow | null>(null);
  const rows = list.value ?? [];
  const reconsider = async (places: readonly Place[]): Promise<void> => {
    setOpen(null);
    setTold(await job.run({ entries: places.map(({ stream, seq }) => ({ stream, seq })) }));
    setChosen([]);
  };
  const picked = rows.filter((row) => chosen.includes(keyOf(row)));
  const toJudge = picked.length > 0 ? picked : rows;
  return (
    <Screen
      title={text('quarantine.list.county')}
      hint={text('quarantine.list.countyHint')}
      actions={
        mayDecide && (
          <Button disabled={rows.length === 0 || job.busy} onClick={() => void reconsider(toJudge)}>
            {text('quarantine.list.reconsider', { count: toJudge.length })}
          </Button>
        )
      }
    >
      <div className="wizard">
        <ProblemNote problem={list.problem} onRetry={list.reload} />
        <ProblemNote problem={job.problem} onClose={job.clear} />
        <JobBar job={job} steps={() => text('quarantine.list.reconsidering')} />
        {told && <Reconsidered told={told} />}
        <DataTable
          name="quarantine"
          title={text('quarantine.list.county')}
          rows={rows}
          rowKey={keyOf}
          loading={list.loading}
          empty={text('quarantine.list.empty')}
          columns={columns}
          onOpen={setOpen}
          {...(mayDecide ? { selection: { keys: chosen, onChange: setChosen } } : {})}
        />
      </div>
      {open && (
        <EntryWindow
          place={open}
          at="bureau"
          acts={
            mayDecide && <Acts row={open} onReconsider={() => void reconsider([open])} onDone={() => setOpen(null)} />
          }
          onClose={() => setOpen(null)}
        />
      )}
    </Screen>
  );
}

const Reconsidered = ({ told: { accepted, kept } }: { readonly told: Output<'quarantine.reconsider'> }) => (
  <Alert
    type={accepted > 0 ? 'success' : 'info'}
    showIcon
    role="status"
    title={text('quarantine.list.reconsidered', { count: accepted + kept, accepted, kept })}
  />
);

/** The bureau's three ways to go on with an entry. */
function Acts({
  row: { stream, seq, kind },
  onReconsider,
  onDone,
}: {
  readonly row: CountyRow;
  readonly onReconsider: () => void;
  readonly onDone: () => void;
}) {
  const decide = useAction('quarantine.decide');
  const [asking, setAsking] = useState<'return' | 'refuse' | null>(null);
  const submit = async (words: string): Promise<void> => {
    const verdict = asking === 'return' ? 'returned' : 'refused';
    if (await decide.run({ stream, seq, verdict, words })) onDone();
  };
  return (
    <>
      <Button onClick={onReconsider}>{text('quarantine.entry.reconsider')}</Button>
      <Button onClick={() => setAsking('refuse')}>{text('quarantine.entry.refuse')}</Button>
      <Button type="primary" onClick={() => setAsking('return')}>
        {text('quarantine.entry.return')}
      </Button>
      {asking && (
        <WordsModal
          what={asking}
          isConfidential={kind === CLOSED_ENTRY}
          action={decide}
          onSubmit={submit}
          onClose={() => setAsking(null)}
        />
      )}
    </>
  );
}
