import { App, Button, Form, Input, Modal, Space } from 'antd';
import { useMemo } from 'react';
import type { Problem } from '../../shared/problem.ts';
import type { SessionView } from '../../shared/training.ts';
import { attends } from '../../shared/training-tables.ts';
import { MAX_SCANS } from '../../shared/work.ts';
import { useNavigation, useParams } from '../app/navigation.ts';
import { usePeople } from '../app/people.ts';
import { text } from '../app/text.ts';
import { useJob } from '../app/use-action.ts';
import { useCall } from '../app/use-call.ts';
import { useDraft } from '../app/use-draft.ts';
import { FileField } from '../ui/FileField.tsx';
import { JobBar } from '../ui/JobBar.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { Screen } from '../ui/Screen.tsx';
import { AttendanceMatrix } from './AttendanceMatrix.tsx';
import { blank, type Draft } from './draft.ts';
import { SessionFacts } from './SessionFacts.tsx';

const draftOf = ({ course, title, kind, areas, method, heldOn, hours, place, ...rest }: SessionView): Draft => ({
  ...{ course, title, kind, areas, method, heldOn, hours, place },
  instructorId: rest.instructorId,
  instructorName: rest.instructorName,
  isOutside: rest.instructorId === null,
  costYuan: rest.costYuan,
  remarks: rest.remarks,
  attendance: rest.attendance,
  scans: rest.scans,
  files: [],
  reason: '',
});

/** Records a session, or corrects the one the place names. */
export function SessionForm() {
  const { id } = useParams();
  const known = useCall('training.getSession', id === undefined ? null : { id });
  if (id === undefined) return <Editor session={null} />;
  return <Loaded answer={known}>{(session) => <Editor session={session} />}</Loaded>;
}

function Editor({ session }: { readonly session: SessionView | null }) {
  const initial = useMemo(() => (session ? draftOf(session) : blank()), [session]);
  const [draft, change, drop] = useDraft(`session-${session?.id ?? 'new'}`, initial);
  const { back } = useNavigation.getState();
  const record = useJob('training.recordSession');
  const { message } = App.useApp();
  const missing = useMissing(draft, session !== null);

  const save = async (sameConfirmed: boolean): Promise<void> => {
    const { files, reason, isOutside, kind, hours, heldOn, ...facts } = draft;
    if (kind === null || hours === null || heldOn === null) return;
    const saved = await record.run({
      id: session?.id ?? null,
      version: session?.version ?? null,
      session: {
        ...facts,
        ...{ kind, hours, heldOn },
        instructorId: isOutside ? null : facts.instructorId,
        instructorName: isOutside ? facts.instructorName : null,
        newScans: files.map((file) => file.id),
      },
      reason,
      sameConfirmed,
    });
    if (!saved) return;
    drop();
    void message.success(text('training.form.saved'));
    back();
  };
  const discard = (): void => {
    drop();
    back();
  };
  const isSame = record.problem?.code === 'training.same-session';

  return (
    <Screen
      title={text(session ? 'training.form.edit' : 'training.form.add')}
      hint={text('training.form.draft')}
      back
      actions={
        <>
          <Button onClick={discard}>{text('training.form.discard')}</Button>
          <Button type="primary" loading={record.busy} disabled={missing !== null} onClick={() => void save(false)}>
            {text('app.action.save')}
          </Button>
        </>
      }
    >
      {record.progress && <JobBar job={record} steps={() => text('app.file.keeping')} />}
      {!isSame && <ProblemNote problem={record.problem} onClose={record.clear} />}
      <Form layout="vertical">
        <SessionFacts draft={draft} onChange={change} />
        <AttendanceMatrix value={draft.attendance} onChange={(attendance) => change({ attendance: [...attendance] })} />
        <Scans draft={draft} onChange={change} problem={record.problem} />
        {session && (
          <Form.Item label={text('training.form.reason')} required htmlFor="reason">
            <Input
              id="reason"
              maxLength={500}
              value={draft.reason}
              onChange={({ target }) => change({ reason: target.value })}
            />
          </Form.Item>
        )}
      </Form>
      {missing !== null && draft.attendance.length > 0 && <p role="status">{missing}</p>}
      {isSame && (
        <Modal
          open
          title={text('training.form.same')}
          okText={text('training.form.sameConfirm')}
          onOk={() => void save(true)}
          onCancel={record.clear}
        >
          {text('training.form.sameText', { title: draft.title })}
        </Modal>
      )}
    </Screen>
  );
}

/** Why the form cannot be saved yet; null when it can. */
function useMissing(draft: Draft, isCorrection: boolean): string | null {
  const people = usePeople(draft.attendance.map(({ personId }) => personId));
  const { title, kind, hours, heldOn, attendance, isOutside, instructorId, instructorName, reason } = draft;
  if (attendance.length === 0) return text('training.form.noPeople');
  const unexplained = attendance.filter((one) => one.state !== 'PRESENT' && !attends(one.state) && !one.reason?.trim());
  if (unexplained.length > 0) {
    const names = unexplained.map(({ personId }) => people.find(({ id }) => id === personId)?.name ?? '').join('、');
    return text('training.form.reasonMissing', { names });
  }
  const hasInstructor = isOutside ? (instructorName ?? '').trim() !== '' : instructorId !== null;
  const isWhole = title.trim() !== '' && kind !== null && hours !== null && heldOn !== null && hasInstructor;
  return isWhole && (!isCorrection || reason.trim() !== '') ? null : text('training.form.required');
}

function Scans({
  draft,
  onChange,
  problem,
}: {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
  readonly problem: Problem | null;
}) {
  return (
    <Form.Item label={text('training.sessions.scans')}>
      <Space wrap>
        {draft.scans.map(({ sha256, name }) => (
          <Button
            key={sha256}
            size="small"
            onClick={() => onChange({ scans: draft.scans.filter((scan) => scan.sha256 !== sha256) })}
          >
            {text('training.form.removeScan', { name })}
          </Button>
        ))}
        <FileField
          kind="scan"
          many
          max={MAX_SCANS - draft.scans.length}
          problem={problem}
          label={text('training.form.scans')}
          value={draft.files}
          onChange={(files) => onChange({ files })}
        />
      </Space>
    </Form.Item>
  );
}
