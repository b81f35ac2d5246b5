import { Alert, Descriptions, Modal, Skeleton } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import type { JudgedEntry } from '../../shared/quarantine.ts';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { instantText } from '../ui/format.ts';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { EntryBody } from './EntryBody.tsx';
import { kindText, todoText } from './words.ts';

export type Place = { readonly stream: string; readonly seq: number };

/** One entry in quarantine: why it is there, what it says, what was asked and answered, and what can be done. */
export function EntryWindow({
  place: { stream, seq },
  at,
  acts,
  onClose,
}: {
  readonly place: Place;
  readonly at: 'bureau' | 'station';
  /** Offered once the entry was shown. */
  readonly acts: ReactNode;
  readonly onClose: () => void;
}) {
  const { run, problem } = useAction('quarantine.openEntry');
  const [entry, setEntry] = useState<JudgedEntry | null>(null);
  useEffect(() => void run({ stream, seq }).then(setEntry), [run, stream, seq]);
  return (
    <Modal
      open
      title={entry ? kindText(entry) : text('quarantine.list.county')}
      width={760}
      footer={entry && acts}
      onCancel={onClose}
    >
      <ProblemNote problem={problem} />
      {!entry && !problem && <Skeleton active={false} />}
      {entry && <Contents entry={entry} at={at} />}
    </Modal>
  );
}

function Contents({ entry, at }: { readonly entry: JudgedEntry; readonly at: 'bureau' | 'station' }) {
  return (
    <>
      <Descriptions
        size="small"
        column={2}
        items={[
          { key: 'station', label: text('quarantine.list.station'), children: entry.station },
          { key: 'seq', label: text('quarantine.list.seq'), children: entry.seq },
          {
            key: 'by',
            label: text('quarantine.entry.by'),
            children: entry.by === 'system' ? text('quarantine.entry.system') : entry.by,
          },
          { key: 'at', label: text('quarantine.list.at'), children: instantText(entry.at) },
        ]}
      />
      <Alert type="warning" showIcon className="note" title={todoText(entry.code, at)} />
      <h3>{text('quarantine.entry.content')}</h3>
      <EntryBody body={entry.body} names={entry.names} />
      <h3>{text('quarantine.entry.talk')}</h3>
      <Talk talk={entry.talk} />
    </>
  );
}

const whoSaid = (said: JudgedEntry['talk'][number]): string => {
  const who = said.by || text(`quarantine.entry.${said.from}`);
  if (said.from === 'station') return who;
  return text(said.verdict === 'returned' ? 'quarantine.entry.asked' : 'quarantine.entry.declined', { who });
};

const Talk = ({ talk }: Pick<JudgedEntry, 'talk'>) =>
  talk.length === 0 ? (
    <p>{text('quarantine.entry.noTalk')}</p>
  ) : (
    <ul className="talk">
      {talk.map((said) => (
        <li key={said.from + said.at}>
          <span>{text('quarantine.entry.said', { at: instantText(said.at), who: whoSaid(said) })}</span>
          <p>{said.words}</p>
        </li>
      ))}
    </ul>
  );
