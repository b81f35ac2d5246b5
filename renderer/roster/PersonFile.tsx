import { PrinterOutlined } from '@ant-design/icons';
import { Button, Empty, Tabs } from 'antd';
import { useState } from 'react';
import { isActive } from '../../shared/person.ts';
import type { PersonView } from '../../shared/roster.ts';
import { useMay } from '../app/may.ts';
import { useGo, useParams } from '../app/navigation.ts';
import { useMe } from '../app/session.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { Screen } from '../ui/Screen.tsx';
import { FactsPart } from './FactsPart.tsx';
import { HistoryPart } from './HistoryPart.tsx';
import { LeaveDialog, TransferDialog } from './LeaveDialogs.tsx';
import { useParts } from './parts.ts';
import { valueText } from './words.ts';

/** A person's file (一人一档): the one the place names. */
export function PersonFile() {
  const { id = '' } = useParams();
  return <FileOf id={id} back />;
}

/** The signed-in person's own file. */
export function OwnFile() {
  const { personId } = useMe();
  if (personId !== null) return <FileOf id={personId} />;
  return (
    <Screen title={text('roster.file.own')}>
      <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={text('roster.file.notLinked')} />
    </Screen>
  );
}

function FileOf({ id, back = false }: { readonly id: string; readonly back?: boolean }) {
  const answer = useCall('roster.getPerson', { id });
  return <Loaded answer={answer}>{(person) => <File person={person} back={back} />}</Loaded>;
}

function File({ person, back }: { readonly person: PersonView; readonly back: boolean }) {
  const go = useGo();
  const parts = useParts(person.id);
  const { part: openPart = 'facts' } = useParams();
  const mayChange = useMay('roster.recordPerson');
  const [leaving, setLeaving] = useState<'leave' | 'transfer' | null>(null);
  const close = (): void => setLeaving(null);
  const { id, name, identityKind, unit, post } = person;
  return (
    <Screen
      title={name}
      hint={[valueText('identityKind', identityKind), unit, post].filter((part) => part !== null).join('　')}
      back={back}
      actions={
        <>
          <Button icon={<PrinterOutlined />} onClick={() => go('file-sheet', { id })}>
            {text('roster.sheet.title')}
          </Button>
          {mayChange && <Button onClick={() => go('person-form', { id })}>{text('app.action.edit')}</Button>}
          {mayChange && isActive(person.status) && (
            <>
              <Button onClick={() => setLeaving('leave')}>{text('roster.leave.title')}</Button>
              <Button onClick={() => setLeaving('transfer')}>{text('roster.transfer.title')}</Button>
            </>
          )}
        </>
      }
    >
      <Tabs
        className="tabs"
        defaultActiveKey={openPart}
        items={[
          { key: 'facts', label: text('roster.file.facts'), children: <FactsPart person={person} /> },
          ...parts.map(({ id: part, title, view: View }) => ({
            key: part,
            label: text(title),
            children: (
              <div className="tab-room">
                <View personId={id} />
              </div>
            ),
          })),
          { key: 'history', label: text('roster.file.history'), children: <HistoryPart personId={id} /> },
        ]}
      />
      {leaving === 'leave' && <LeaveDialog person={person} onClose={close} />}
      {leaving === 'transfer' && <TransferDialog person={person} onClose={close} />}
    </Screen>
  );
}
