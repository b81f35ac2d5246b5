import { Button } from 'antd';
import { useState } from 'react';
import { CLOSED_ENTRY } from '../../shared/entry.ts';
import type { OwnRow } from '../../shared/quarantine.ts';
import { useSite } from '../app/session.ts';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { useCall } from '../app/use-call.ts';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { instantText } from '../ui/format.ts';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { Screen } from '../ui/Screen.tsx';
import { StateTag } from '../ui/StateTag.tsx';
import { EntryWindow } from './EntryWindow.tsx';
import { WordsModal } from './WordsModal.tsx';
import { kindText, todoText } from './words.ts';

const stateText = ({ state, isClosed }: OwnRow): string =>
  text(isClosed ? 'quarantine.ownStateOf.closed' : `quarantine.ownStateOf.${state}`);

const columns: readonly Column<OwnRow>[] = [
  { id: 'seq', title: text('quarantine.list.seq'), width: 80, align: 'right', value: ({ seq }) => seq },
  { id: 'kind', title: text('quarantine.list.kind'), width: 170, filter: true, value: kindText },
  {
    id: 'state',
    title: text('quarantine.list.state'),
    width: 110,
    filter: true,
    value: stateText,
    show: (row) => <StateTag look={row.isClosed ? 'off' : 'warning'}>{stateText(row)}</StateTag>,
  },
  {
    id: 'reason',
    title: text('quarantine.list.reason'),
    width: 380,
    value: ({ code }) => todoText(code, 'station'),
    show: ({ code }) => <span className="whole">{todoText(code, 'station')}</span>,
  },
  { id: 'at', title: text('quarantine.list.at'), width: 140, value: ({ at }) => instantText(at) },
];

/** A station's entries that the bureau could not take in: why, what the bureau asks, and the station's answer. */
export function OwnQuarantine() {
  const { code: stream } = useSite();
  const list = useCall('quarantine.own', {});
  const [open, setOpen] = useState<OwnRow | null>(null);
  const close = (): void => setOpen(null);
  return (
    <Screen title={text('quarantine.list.own')} hint={text('quarantine.list.ownHint')}>
      <ProblemNote problem={list.problem} onRetry={list.reload} />
      <DataTable
        name="own-quarantine"
        title={text('quarantine.list.own')}
        rows={list.value ?? []}
        rowKey={({ seq }) => String(seq)}
        loading={list.loading}
        empty={text('quarantine.list.empty')}
        columns={columns}
        onOpen={setOpen}
      />
      {open && (
        <EntryWindow
          place={{ stream, seq: open.seq }}
          at="station"
          acts={!open.isClosed && <Answer row={open} onDone={close} />}
          onClose={close}
        />
      )}
    </Screen>
  );
}

function Answer({ row: { seq, kind }, onDone }: { readonly row: OwnRow; readonly onDone: () => void }) {
  const answer = useAction('quarantine.answer');
  const [asking, setAsking] = useState(false);
  const submit = async (words: string): Promise<void> => {
    if (await answer.run({ seq, words })) onDone();
  };
  return (
    <>
      <Button type="primary" onClick={() => setAsking(true)}>
        {text('quarantine.entry.answer')}
      </Button>
      {asking && (
        <WordsModal
          what="answer"
          isConfidential={kind === CLOSED_ENTRY}
          action={answer}
          onSubmit={submit}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
