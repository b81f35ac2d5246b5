import { Alert, Button, Radio, Space } from 'antd';
import { useEffect, useState } from 'react';
import type { BackupRow } from '../../shared/backup.ts';
import type { Output } from '../../shared/contract.ts';
import type { Problem } from '../../shared/problem.ts';
import type { Typed } from '../app/registry.ts';
import { text } from '../app/text.ts';
import { useAction, useJob } from '../app/use-action.ts';
import { instantText, sizeText } from '../ui/format.ts';
import { JobBar } from '../ui/JobBar.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { stepText } from './words.ts';

type Way = { readonly typed: Typed; readonly onDone: (told: string) => void; readonly onBusy: (busy: boolean) => void };
type Props = Way & { readonly problem: Problem };

/** Taken in place of a copy's id: nothing but what the damaged database itself still gives. */
const SALVAGE = 'salvage';

/** The way back from a damaged database or keyring, where the refusal at the door says so. */
export function Rescue({ problem, ...way }: Props) {
  switch (problem.code) {
    case 'database.damaged':
    case 'database.behind-backup':
      return <RescueDatabase {...way} />;
    case 'site.keyring-damaged':
      return <RescueKeyring onDone={way.onDone} />;
    default:
      return null;
  }
}

function RescueDatabase({ typed, onDone, onBusy }: Way) {
  const ask = useJob('backup.restorable');
  const restore = useJob('backup.restore');
  const salvage = useJob('backup.salvage');
  const [ways, setWays] = useState<Output<'backup.restorable'> | null>(null);
  const [way, setWay] = useState<string | null>(null);
  const busy = ask.busy || restore.busy || salvage.busy;
  useEffect(() => {
    onBusy(busy);
    return () => onBusy(false);
  }, [onBusy, busy]);

  const begin = async (): Promise<void> => {
    const found = await ask.run(typed);
    setWays(found);
    setWay(found?.copies[0]?.id ?? (found && found.readable > 0 ? SALVAGE : null));
  };
  const run = async (): Promise<void> => {
    if (way === SALVAGE) {
      const salvaged = await salvage.run(typed);
      if (salvaged) onDone(text('backup.restore.salvaged', salvaged));
      return;
    }
    const restored = way === null ? null : await restore.run({ ...typed, id: way });
    if (!restored) return;
    const { madeAt, salvaged } = restored;
    onDone(text('backup.restore.done', { madeAt: instantText(madeAt), salvaged }));
  };

  return (
    <section aria-label={text('backup.restore.title')}>
      <p>{text('backup.restore.damaged')}</p>
      <ProblemNote problem={ask.problem ?? restore.problem ?? salvage.problem} />
      {ways === null && <JobBar job={ask} steps={stepText} />}
      {ways === null ? (
        <Button loading={ask.busy} onClick={() => void begin()}>
          {text('backup.restore.begin')}
        </Button>
      ) : (
        <>
          <Ways ways={ways} value={way} onChange={setWay} disabled={busy} />
          <p>{text('backup.restore.elsewhere')}</p>
          {way !== null && (
            <Button type="primary" loading={busy} onClick={() => void run()} block>
              {text('backup.restore.submit')}
            </Button>
          )}
          <JobBar job={restore.busy ? restore : salvage} steps={stepText} />
        </>
      )}
    </section>
  );
}

/** A stick's copies are called by their site, those beside the database by their instant. */
const isOnStick = ({ id }: BackupRow): boolean => id.startsWith('lijing-backup-');

type WaysProps = {
  readonly ways: Output<'backup.restorable'>;
  readonly value: string | null;
  readonly onChange: (way: string) => void;
  readonly disabled: boolean;
};

/** The copies that are whole, newest first, and what the damaged database itself still gives. */
function Ways({ ways: { copies, readable }, value, onChange, disabled }: WaysProps) {
  return (
    <>
      {copies.length === 0 && <Alert type="warning" showIcon title={text('backup.restore.none')} />}
      {(copies.length > 0 || readable > 0) && <p>{text('backup.restore.choose')}</p>}
      <Radio.Group value={value} disabled={disabled} onChange={({ target }) => onChange(String(target.value))}>
        <Space orientation="vertical">
          {copies.slice(0, 8).map((copy) => (
            <Radio key={copy.id} value={copy.id}>
              {instantText(copy.at)}（{text(isOnStick(copy) ? 'backup.onStick' : 'backup.here')}）　
              {text('backup.entriesCount')} {copy.entries}　{sizeText(copy.sizeBytes)}
            </Radio>
          ))}
          {readable > 0 && <Radio value={SALVAGE}>{text('backup.restore.salvage', { readable })}</Radio>}
        </Space>
      </Radio.Group>
    </>
  );
}

function RescueKeyring({ onDone }: { readonly onDone: (words: string) => void }) {
  const restore = useAction('backup.restoreKeyring');
  const run = async (): Promise<void> => {
    const restored = await restore.run({});
    if (!restored) return;
    const where = text(restored.onStick ? 'backup.onStick' : 'backup.here');
    onDone(text('backup.restore.keyringDone', { madeAt: instantText(restored.madeAt), where }));
  };
  return (
    <section aria-label={text('backup.restore.title')}>
      <ProblemNote problem={restore.problem} />
      <Button loading={restore.busy} onClick={() => void run()}>
        {text('backup.restore.keyring')}
      </Button>
    </section>
  );
}
