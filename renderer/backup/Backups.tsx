import { Alert, Button, Card, Space } from 'antd';
import { useState } from 'react';
import type { BackupRow } from '../../shared/backup.ts';
import type { Output } from '../../shared/contract.ts';
import type { RemovableDrive } from '../../shared/work.ts';
import { useMay } from '../app/may.ts';
import { text } from '../app/text.ts';
import { useAction, useJob } from '../app/use-action.ts';
import { useCall } from '../app/use-call.ts';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { DriveChoice } from '../ui/DriveChoice.tsx';
import { instantText, sizeText } from '../ui/format.ts';
import { JobBar } from '../ui/JobBar.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { Screen } from '../ui/Screen.tsx';
import { StateTag } from '../ui/StateTag.tsx';
import { mendedText, stepText, unsavedText } from './words.ts';

const columnsOf = (drill: (id: string) => void, busy: boolean): readonly Column<BackupRow>[] => [
  { id: 'at', title: text('backup.at'), width: 180, value: ({ at }) => instantText(at) },
  { id: 'entries', title: text('backup.entriesCount'), width: 120, align: 'right', value: ({ entries }) => entries },
  {
    id: 'size',
    title: text('backup.size'),
    width: 120,
    align: 'right',
    value: ({ sizeBytes }) => sizeText(sizeBytes),
    sortBy: ({ sizeBytes }) => sizeBytes,
  },
  {
    id: 'drill',
    title: text('app.table.acts'),
    width: 140,
    acts: true,
    value: () => null,
    show: ({ id }) => (
      <Button size="small" disabled={busy} onClick={() => drill(id)}>
        {text('backup.drill')}
      </Button>
    ),
  },
];

/** When the last good backup was made, the way to make one, and what each would bring back. */
export function Backups() {
  const state = useCall('backup.state', {});
  const make = useJob('backup.make');
  const drill = useJob('backup.drill');
  const choose = useAction('backup.chooseStick');
  const mayFetch = useMay('backup.fetchAttachments');
  const mayChoose = useMay('backup.chooseStick');
  const [drive, setDrive] = useState<RemovableDrive | null>(null);
  const [told, setTold] = useState<string | null>(null);
  const fetching = useJob('backup.fetchAttachments');
  const busy = make.busy || drill.busy || fetching.busy;
  const unsaved = state.value && unsavedText(state.value);

  const run = async (to: RemovableDrive | null): Promise<void> => {
    setTold(null);
    const made = await make.run({ drive: to?.id ?? null });
    const key = to ? 'backup.doneOnDrive' : 'backup.done';
    if (made) setTold(text(key, { entries: made.entries, size: sizeText(made.sizeBytes) }));
  };
  const rehearse = async (which: { readonly id: string } | { readonly drive: string }): Promise<void> => {
    setTold(null);
    const found = await drill.run(which);
    if (found) setTold(text('backup.drillResult', { ...found, at: instantText(found.at) }));
  };
  const fetchFrom = async (from: RemovableDrive): Promise<void> => {
    setTold(null);
    const done = await fetching.run({ drive: from.id });
    if (done) setTold(text(done.left > 0 ? 'backup.fetchedSome' : 'backup.fetched', done));
  };

  return (
    <Screen
      title={text('backup.title')}
      hint={text('backup.lead')}
      actions={
        <Button type="primary" disabled={busy} onClick={() => void run(null)}>
          {text('backup.make')}
        </Button>
      }
    >
      <div className="wizard">
        <ProblemNote problem={state.problem ?? make.problem ?? drill.problem ?? fetching.problem ?? choose.problem} />
        <JobBar job={make.busy ? make : fetching.busy ? fetching : drill} steps={stepText} />
        {told !== null && <Alert type="success" showIcon title={told} />}
        {unsaved !== null && <Alert type="warning" showIcon title={unsaved} />}
        {state.value && <LastBackups state={state.value} />}
        {state.value?.lastMended && <Alert type="warning" showIcon title={mendedText(state.value.lastMended)} />}
        <Card size="small" title={text('backup.toDrive')}>
          <Space wrap>
            <DriveChoice value={drive} onChange={setDrive} disabled={busy} />
            <Button disabled={!drive || busy} onClick={() => void run(drive)}>
              {text('backup.makeOnDrive')}
            </Button>
            <Button disabled={!drive || busy} onClick={() => drive && void rehearse({ drive: drive.id })}>
              {text('backup.drillDrive')}
            </Button>
            {mayFetch && (
              <Button disabled={!drive || busy} onClick={() => drive && void fetchFrom(drive)}>
                {text('backup.fetch')}
              </Button>
            )}
            {mayChoose && (
              <Button
                disabled={!drive || busy || choose.busy}
                onClick={() => drive && void choose.run({ drive: drive.id })}
              >
                {text('backup.chooseStick')}
              </Button>
            )}
          </Space>
          {state.value && (
            <p>
              {state.value.stick ? text('backup.stick', state.value.stick) : text('backup.stickNone')}
              {state.value.stick && mayChoose && (
                <Button type="link" disabled={choose.busy} onClick={() => void choose.run({ drive: null })}>
                  {text('backup.dropStick')}
                </Button>
              )}
            </p>
          )}
        </Card>
        <DataTable
          name="backups"
          title={text('backup.copies')}
          rows={state.value?.copies ?? []}
          rowKey={({ id }) => id}
          loading={state.loading}
          columns={columnsOf((id) => void rehearse({ id }), busy)}
        />
      </div>
    </Screen>
  );
}

function LastBackups({ state: { last, lastOnMedium, isOld } }: { readonly state: Output<'backup.state'> }) {
  return (
    <Space wrap size="large">
      <StateTag look={isOld ? 'bad' : 'good'}>{text(isOld ? 'backup.old' : 'backup.fresh')}</StateTag>
      <span>
        {last
          ? text('backup.last', { at: instantText(last.at), where: last.medium ?? text('backup.here') })
          : text('backup.lastNone')}
      </span>
      <span>
        {lastOnMedium
          ? text('backup.lastOnMedium', { at: instantText(lastOnMedium.at), medium: lastOnMedium.medium })
          : text('backup.lastOnMediumNone')}
      </span>
    </Space>
  );
}
