import { DownloadOutlined, SafetyCertificateOutlined } from '@ant-design/icons';
import { Alert, Button, Modal, Select } from 'antd';
import { useState } from 'react';
import type { ChainCheck } from '../../shared/site-audit.ts';
import type { EntryView } from '../../shared/site-audit.ts';
import { entryText } from '../app/entry-text.ts';
import { text } from '../app/text.ts';
import { useJob } from '../app/use-action.ts';
import { useCall } from '../app/use-call.ts';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { instantText } from '../ui/format.ts';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { Screen } from '../ui/Screen.tsx';
import { StateTag } from '../ui/StateTag.tsx';
import { AuditCheck } from './AuditCheck.tsx';
import { AuditFilters, noFilter } from './AuditFilters.tsx';
import { useAuditExport } from './use-audit-export.ts';

const PAGE = 200;

const author = ({ by, byName }: EntryView): string =>
  byName ?? (by === 'system' ? text('site.audit.system') : by.slice(0, 8));

const columns: readonly Column<EntryView>[] = [
  { id: 'at', title: text('site.audit.at'), width: 150, value: ({ at }) => instantText(at) },
  { id: 'stream', title: text('site.audit.stream'), width: 210, value: ({ stream }) => stream },
  { id: 'seq', title: text('site.audit.seq'), width: 70, align: 'right', value: ({ seq }) => seq },
  { id: 'kind', title: text('site.audit.kind'), width: 200, filter: true, value: ({ kind }) => entryText(kind) },
  { id: 'by', title: text('site.audit.by'), width: 110, filter: true, value: author },
  {
    id: 'signed',
    title: text('site.audit.signed'),
    width: 90,
    value: ({ signed }) => (signed ? text('site.audit.signedYes') : null),
  },
  {
    id: 'clock',
    title: text('site.audit.clockBack'),
    width: 110,
    value: ({ clockJumpedBack }) => (clockJumpedBack ? text('site.audit.clockBack') : null),
    show: ({ clockJumpedBack }) =>
      clockJumpedBack ? <StateTag look="warning">{text('site.audit.clockBack')}</StateTag> : null,
  },
  { id: 'hash', title: text('site.audit.hash'), width: 150, value: ({ hash }) => hash.slice(0, 16) },
];

/** The journal as it stands, who did what to whose file, and the check that nobody touched it. */
export function Audit() {
  const [stream, setStream] = useState<string | null>(null);
  const [filter, setFilter] = useState(noFilter);
  const [pages, setPages] = useState<readonly (number | null)[]>([null]);
  const answer = useCall('site.listEntries', { stream, before: pages.at(-1) ?? null, limit: PAGE, filter });
  const check = useJob('site.checkChain');
  const saving = useAuditExport({ stream, filter });
  const [checked, setChecked] = useState<ChainCheck | null>(null);
  const [shown, setShown] = useState<EntryView | null>(null);
  const next = answer.value?.next ?? null;
  const isBusy = check.busy || saving.busy;
  const run = async (): Promise<void> => {
    setChecked(null);
    setChecked(await check.run({}));
  };
  const toolbar = (
    <>
      <Select
        aria-label={text('site.audit.stream')}
        value={stream ?? ''}
        className="stream-choice"
        onChange={(chosen: string) => {
          setStream(chosen || null);
          setPages([null]);
        }}
        options={[
          { value: '', label: text('site.audit.all') },
          ...(answer.value?.streams ?? []).map((each) => ({ value: each, label: each })),
        ]}
      />
      <AuditFilters
        filter={filter}
        onChange={(chosen) => {
          setFilter(chosen);
          setPages([null]);
        }}
      />
      <Button disabled={pages.length === 1} onClick={() => setPages(pages.slice(0, -1))}>
        {text('app.action.previous')}
      </Button>
      <Button disabled={next === null} onClick={() => setPages([...pages, next])}>
        {text('site.audit.more')}
      </Button>
    </>
  );
  return (
    <Screen
      title={text('site.audit.title')}
      actions={
        <>
          <Button icon={<DownloadOutlined />} disabled={isBusy} onClick={saving.save}>
            {text('site.audit.export')}
          </Button>
          <Button type="primary" icon={<SafetyCertificateOutlined />} disabled={isBusy} onClick={() => void run()}>
            {text('site.audit.check')}
          </Button>
        </>
      }
    >
      <div className="wizard">
        <AuditCheck job={check} checked={checked} />
        <AuditCheck job={saving} checked={null} />
        {filter.person !== null && <Alert className="note" showIcon type="info" title={text('site.audit.elsewhere')} />}
        <ProblemNote problem={answer.problem} onRetry={answer.reload} />
        <DataTable
          name="audit"
          title={text('site.audit.title')}
          columns={columns}
          rows={answer.value?.entries ?? []}
          rowKey={({ stream: of, seq }) => `${of} ${String(seq)}`}
          loading={answer.loading}
          onOpen={setShown}
          toolbar={toolbar}
        />
      </div>
      {shown && <EntryWindow entry={shown} onClose={() => setShown(null)} />}
    </Screen>
  );
}

const EntryWindow = ({ entry, onClose }: { readonly entry: EntryView; readonly onClose: () => void }) => (
  <Modal
    open
    title={`${entryText(entry.kind)}　${entry.stream} ${String(entry.seq)}`}
    width={760}
    footer={null}
    onCancel={onClose}
  >
    <p>
      {instantText(entry.at)}　{author(entry)}
    </p>
    <p className="hash">{entry.hash}</p>
    {entry.body === null ? (
      <Alert type="info" showIcon title={text('site.audit.closed')} />
    ) : (
      <pre className="entry-body">{JSON.stringify(entry.body, null, 2)}</pre>
    )}
  </Modal>
);
