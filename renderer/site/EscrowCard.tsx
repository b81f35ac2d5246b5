import { Alert, App, Button, Card, Form, Input, Space } from 'antd';
import { useState } from 'react';
import type { Output } from '../../shared/contract.ts';
import type { RemovableDrive } from '../../shared/work.ts';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { useCall } from '../app/use-call.ts';
import { DriveChoice } from '../ui/DriveChoice.tsx';
import { FileField } from '../ui/FileField.tsx';
import { FormModal } from '../ui/FormModal.tsx';
import { instantText, shortCheck } from '../ui/format.ts';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { type SecondPerson, SecondPersonFields } from '../ui/SecondPersonFields.tsx';

/** The bureau's escrow key: whether it counts, and the way from its making to the safe. */
export function EscrowCard() {
  const escrow = useCall('site.escrow', {});
  const make = useAction('site.makeEscrow');
  const [asking, setAsking] = useState(false);
  const [fresh, setFresh] = useState<string | null>(null);
  const submit = async (second: SecondPerson): Promise<void> => {
    const made = await make.run(second);
    if (!made) return;
    setAsking(false);
    setFresh(made.escrowKey);
  };
  const done = (): void => {
    setFresh(null);
    escrow.reload();
  };
  const act = text(escrow.value?.check ? 'site.escrow.again' : 'site.escrow.make');
  return (
    <Card title={text('site.escrow.title')} size="small">
      <p>{text('site.escrow.text')}</p>
      <ProblemNote problem={escrow.problem} onRetry={escrow.reload} />
      {fresh !== null ? (
        <EscrowSheet escrowKey={fresh} onDone={done} />
      ) : (
        <>
          {escrow.value && <Standing escrow={escrow.value} />}
          {escrow.value?.pending && <ConfirmEscrow onDone={done} />}
          <Button className="note" onClick={() => setAsking(true)}>
            {act}
          </Button>
        </>
      )}
      {asking && (
        <FormModal<SecondPerson>
          title={act}
          confirm={act}
          action={make}
          onSubmit={submit}
          onClose={() => setAsking(false)}
        >
          {escrow.value?.check && <p>{text('site.escrow.makeText')}</p>}
          <SecondPersonFields />
        </FormModal>
      )}
    </Card>
  );
}

const Standing = ({ escrow: { check, since, pending } }: { readonly escrow: Output<'site.escrow'> }) => (
  <>
    <p>
      {check === null
        ? text('site.escrow.none')
        : text('site.escrow.counts', { check: shortCheck(check), at: instantText(since) })}
    </p>
    {pending !== null && (
      <Alert
        type="warning"
        showIcon
        className="note"
        title={text('site.escrow.pending', { check: shortCheck(pending) })}
      />
    )}
  </>
);

/** Shows the new key once and writes it to a stick where wanted, then has it read back. */
function EscrowSheet({ escrowKey, onDone }: { readonly escrowKey: string; readonly onDone: () => void }) {
  const [stored, setStored] = useState(false);
  const [drive, setDrive] = useState<RemovableDrive | null>(null);
  const [told, setTold] = useState<string | null>(null);
  const keep = useAction('site.keepEscrow');
  const write = async (): Promise<void> => {
    const kept = drive && (await keep.run({ escrowKey, drive: drive.id }));
    if (kept) setTold(text('site.escrow.kept', { file: kept.fileName }));
  };
  if (stored) return <ConfirmEscrow onDone={onDone} onLater={onDone} />;
  return (
    <>
      <p className="spoken" data-testid="escrow-key">
        {escrowKey}
      </p>
      <Alert type="warning" showIcon className="note" title={text('site.escrow.shown')} />
      <DriveChoice value={drive} onChange={setDrive} disabled={keep.busy} />
      <Button className="note" disabled={!drive} loading={keep.busy} onClick={() => void write()}>
        {text('site.escrow.keep')}
      </Button>
      <ProblemNote problem={keep.problem} />
      {told !== null && <Alert type="success" showIcon role="status" className="note" title={told} />}
      <Button type="primary" onClick={() => setStored(true)}>
        {text('site.escrow.stored')}
      </Button>
    </>
  );
}

/** The key read back from where it will be kept; only then it counts. */
function ConfirmEscrow({ onDone, onLater }: { readonly onDone: () => void; readonly onLater?: () => void }) {
  const confirm = useAction('site.confirmEscrow');
  const { message } = App.useApp();
  const [typed, setTyped] = useState('');
  const submit = async (given: Parameters<typeof confirm.run>[0]): Promise<void> => {
    if (!(await confirm.run(given))) return;
    void message.success(text('site.escrow.confirmed'));
    onDone();
  };
  return (
    <Form layout="vertical">
      <Form.Item label={text('site.escrow.typeBack')} htmlFor="escrow-typed">
        <Input.TextArea
          id="escrow-typed"
          rows={3}
          maxLength={200}
          autoComplete="off"
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
      </Form.Item>
      <FileField
        kind="key"
        label={text('site.escrow.orFile')}
        value={[]}
        onChange={([file]) => file && void submit({ file: file.id })}
        disabled={confirm.busy}
      />
      <ProblemNote problem={confirm.problem} />
      <Space>
        <Button
          type="primary"
          disabled={typed.trim() === ''}
          loading={confirm.busy}
          onClick={() => void submit({ escrowKey: typed })}
        >
          {text('site.escrow.confirm')}
        </Button>
        {onLater && <Button onClick={onLater}>{text('site.escrow.later')}</Button>}
      </Space>
    </Form>
  );
}
