import { FileAddOutlined } from '@ant-design/icons';
import { Alert, Button, Space } from 'antd';
import { useState } from 'react';
import type { HandoffCounts, PackageOutcome } from '../../shared/handoff.ts';
import type { ChosenFile, RemovableDrive } from '../../shared/work.ts';
import { useMay } from '../app/may.ts';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { DriveChoice } from '../ui/DriveChoice.tsx';
import { DropZone } from '../ui/DropZone.tsx';
import { JobBar } from '../ui/JobBar.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { Screen } from '../ui/Screen.tsx';
import { EscrowModal } from './EscrowModal.tsx';
import { KitAnew } from './KitAnew.tsx';
import { lookColumns } from './look-columns.tsx';
import { outcomeColumns } from './outcome-columns.tsx';
import { type Inbox as InboxState, isImportable, useInbox } from './use-inbox.ts';
import { stepText } from './words.ts';

/** The bureau's inbox: every package's state before anything is imported, then how each has fared, in counts. */
export function Inbox() {
  const inbox = useInbox();
  const { outcomes, job } = inbox;
  return (
    <Screen title={text('handoff.intake.title')} hint={text('handoff.intake.lead')} back>
      <DropZone kind="bundle" disabled={job.busy} onDropped={inbox.add}>
        <div className="wizard">
          <Sources disabled={job.busy} onFound={inbox.add} />
          <ProblemNote problem={inbox.problem} onClose={inbox.dismiss} />
          <JobBar job={job} steps={stepText} />
          {outcomes ? <Outcomes outcomes={outcomes} onAgain={inbox.again} /> : <Listed inbox={inbox} />}
        </div>
      </DropZone>
    </Screen>
  );
}

/** Where packages come from, beside being dropped: a stick, a folder, single files. */
function Sources({
  disabled,
  onFound,
}: {
  readonly disabled: boolean;
  readonly onFound: (files: readonly ChosenFile[]) => void;
}) {
  const choose = useAction('work.chooseFiles');
  const search = useAction('work.filesOn');
  const chooseFiles = async (): Promise<void> => onFound((await choose.run({ kind: 'bundle', many: true })) ?? []);
  const searchOn = async (drive: RemovableDrive): Promise<void> =>
    onFound((await search.run({ drive: drive.id, kind: 'bundle' })) ?? []);
  return (
    <div>
      <Space wrap align="start">
        <DriveChoice value={null} onChange={(drive) => drive && void searchOn(drive)} disabled={disabled} />
        <Button icon={<FileAddOutlined />} disabled={disabled} onClick={() => void chooseFiles()}>
          {text('handoff.intake.choose')}
        </Button>
      </Space>
      <ProblemNote problem={choose.problem ?? search.problem} />
    </div>
  );
}

function Listed({ inbox }: { readonly inbox: InboxState }) {
  const { looks, chosen, choose, clear, importChosen, unopened, sealedToLost, show, job } = inbox;
  const mayEscrow = useMay('handoff.importWithEscrow');
  const mayIssue = useMay('handoff.issueKit');
  const [helping, setHelping] = useState<'escrow' | 'kit' | null>(null);
  const close = (): void => setHelping(null);
  const toolbar = (
    <>
      <Button type="primary" disabled={chosen.length === 0 || job.busy} onClick={importChosen}>
        {text('handoff.intake.submit', { count: chosen.length })}
      </Button>
      <Button disabled={looks.length === 0 || job.busy} onClick={clear}>
        {text('handoff.intake.clear')}
      </Button>
      {mayEscrow && unopened.length > 0 && (
        <Button disabled={job.busy} onClick={() => setHelping('escrow')}>
          {text('handoff.intake.escrow')}
        </Button>
      )}
      {mayIssue && sealedToLost.length > 0 && (
        <Button disabled={job.busy} onClick={() => setHelping('kit')}>
          {text('handoff.intake.kit')}
        </Button>
      )}
      {looks.length > 0 && (
        <span>
          {text('handoff.intake.summary', {
            count: looks.length,
            importable: looks.filter(isImportable).length,
          })}
        </span>
      )}
    </>
  );
  return (
    <>
      {mayEscrow && unopened.length > 0 && (
        <Alert
          type="info"
          showIcon
          className="note"
          title={text('handoff.intake.unopened', { count: unopened.length })}
        />
      )}
      <DataTable
        name="inbox"
        title={text('handoff.intake.list')}
        rows={looks}
        rowKey={({ file }) => file}
        columns={lookColumns}
        toolbar={toolbar}
        empty={text('handoff.intake.drop')}
        selection={{ keys: chosen, onChange: choose, isOffered: isImportable }}
      />
      {helping === 'escrow' && <EscrowModal files={unopened} onDone={show} onClose={close} />}
      {helping === 'kit' && <KitAnew files={sealedToLost} onClose={close} />}
    </>
  );
}

const Outcomes = ({
  outcomes,
  onAgain,
}: {
  readonly outcomes: readonly PackageOutcome[];
  readonly onAgain: () => void;
}) => (
  <>
    <Summary outcomes={outcomes} />
    <DataTable
      name="outcomes"
      title={text('handoff.intake.results')}
      rows={outcomes}
      rowKey={({ file }) => file}
      columns={outcomeColumns}
      toolbar={<Button onClick={onAgain}>{text('handoff.intake.again')}</Button>}
    />
  </>
);

function Summary({ outcomes }: { readonly outcomes: readonly PackageOutcome[] }) {
  const refused = outcomes.filter(({ counts }) => counts === null).length;
  const isSmooth = outcomes.every(({ problem }) => problem === null);
  const sum = (count: keyof HandoffCounts): number =>
    outcomes.reduce((total, { counts }) => total + (counts?.[count] ?? 0), 0);
  const words = text(refused === 0 ? 'handoff.intake.allDone' : 'handoff.intake.someRefused', {
    count: outcomes.length,
    refused,
    exported: sum('exported'),
    accepted: sum('accepted'),
    alreadyKnown: sum('alreadyKnown'),
    quarantined: sum('quarantined'),
    held: sum('held'),
  });
  return <Alert type={isSmooth ? 'success' : 'warning'} showIcon role="status" title={words} />;
}
