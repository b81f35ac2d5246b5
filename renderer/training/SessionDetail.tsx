import { Button, Descriptions, Modal, Space } from 'antd';
import { useState } from 'react';
import type { Attendance, SessionView } from '../../shared/training.ts';
import { attendanceStates, courseKinds, trainingMethods } from '../../shared/training-tables.ts';
import { useMay } from '../app/may.ts';
import { useNavigation, useParams } from '../app/navigation.ts';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { useCall } from '../app/use-call.ts';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { instantText } from '../ui/format.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { ReasonModal } from '../ui/ReasonModal.tsx';
import { Screen } from '../ui/Screen.tsx';
import { Scan } from './Scan.tsx';
import { areasText, resultText } from './words.ts';

const columnsOf = (nameOf: (id: string) => string): readonly Column<Attendance>[] => [
  {
    id: 'name',
    title: text('training.session.person'),
    width: 110,
    value: ({ personId }) => nameOf(personId),
    fixed: true,
  },
  {
    id: 'state',
    title: text('training.session.state'),
    width: 100,
    filter: true,
    value: ({ state }) => attendanceStates.labelOf(state),
  },
  { id: 'reason', title: text('training.session.reason'), width: 160, value: ({ reason }) => reason },
  { id: 'result', title: text('training.session.result'), width: 110, value: ({ result }) => resultText(result) },
];

/** One session with everybody who should have been there. */
export function SessionDetail() {
  const { id = '' } = useParams();
  const answer = useCall('training.getSession', { id });
  return <Loaded answer={answer}>{(session) => <Detail session={session} />}</Loaded>;
}

function Detail({ session }: { readonly session: SessionView }) {
  const { go, back } = useNavigation.getState();
  const mayChange = useMay('training.recordSession');
  const withdraw = useAction('training.withdrawSession');
  const [asking, setAsking] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  const { id, version, people, attendance, reason, scans } = session;
  const nameOf = (personId: string): string => people.find((one) => one.personId === personId)?.name ?? '';
  const confirm = async (why: string): Promise<void> => {
    if (await withdraw.run({ id, version, reason: why })) back();
  };
  return (
    <Screen
      title={session.title}
      hint={text('training.session.recorded', { at: instantText(session.recordedAt), by: session.recordedBy ?? '' })}
      back
      actions={
        mayChange && (
          <>
            <Button onClick={() => go('session-form', { id })}>{text('training.session.edit')}</Button>
            <Button danger onClick={() => setAsking(true)}>
              {text('training.session.withdraw')}
            </Button>
          </>
        )
      }
    >
      <div className="wizard">
        <Facts session={session} />
        {version > 1 && <p>{text('training.session.version', { version, reason: reason ?? '' })}</p>}
        {scans.length > 0 && (
          <Space wrap className="scan-list">
            {scans.map(({ sha256, name }) => (
              <Button key={sha256} size="small" onClick={() => setShown(sha256)}>
                {text('training.session.showScan', { name })}
              </Button>
            ))}
          </Space>
        )}
        <DataTable
          name="attendance"
          title={session.title}
          columns={columnsOf(nameOf)}
          rows={attendance}
          rowKey={({ personId }) => personId}
        />
      </div>
      {asking && (
        <ReasonModal
          title={text('training.session.withdrawTitle')}
          consequence={text('training.session.withdrawText')}
          confirm={text('training.session.withdraw')}
          danger
          action={withdraw}
          onConfirm={(why) => void confirm(why)}
          onClose={() => setAsking(false)}
        />
      )}
      {shown !== null && (
        <Modal open width="80%" footer={null} title={text('training.sessions.scans')} onCancel={() => setShown(null)}>
          <Scan session={id} sha256={shown} />
        </Modal>
      )}
    </Screen>
  );
}

const Facts = ({ session }: { readonly session: SessionView }) => (
  <Descriptions
    size="small"
    column={{ xs: 2, md: 3, lg: 4 }}
    items={[
      [text('training.sessions.heldOn'), session.heldOn],
      [text('training.sessions.kind'), courseKinds.labelOf(session.kind)],
      [text('training.sessions.method'), trainingMethods.labelOf(session.method)],
      [text('training.sessions.hours'), String(session.hours)],
      [text('training.sessions.place'), session.place ?? '—'],
      [text('training.sessions.instructor'), session.instructor ?? '—'],
      [text('training.session.areas'), areasText(session.areas) || '—'],
      [text('training.session.remarks'), session.remarks ?? '—'],
    ].map(([label = '', children]) => ({ key: label, label, children }))}
  />
);
