import { Alert, Button, Radio, Space } from 'antd';
import { useState } from 'react';
import type { RemovableDrive } from '../../shared/work.ts';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { useCall } from '../app/use-call.ts';
import { DriveChoice } from '../ui/DriveChoice.tsx';
import { instantText, shortCheck } from '../ui/format.ts';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { DoorCard } from './DoorCard.tsx';
import { HelpAnswerForm } from './HelpAnswerForm.tsx';
import { WithdrawHelp } from './WithdrawHelp.tsx';

type Step = 'ask' | 'answer';

/** The way in when every password and the recovery key are gone: ask the bureau, and open with its answer. */
export function HelpDoor({ onBack }: { readonly onBack: () => void }) {
  const state = useCall('site.helpState', {});
  const [chosen, setChosen] = useState<Step | null>(null);
  const asked = state.value?.asked ?? null;
  const step = chosen ?? (asked ? 'answer' : 'ask');
  const changed = (): void => {
    setChosen('ask');
    state.reload();
  };
  return (
    <DoorCard title={text('site.help.title')}>
      <ProblemNote problem={state.problem} onRetry={state.reload} />
      {state.value?.ready === false && (
        <Alert type="warning" showIcon className="note" title={text('site.help.none')} />
      )}
      {state.value?.ready && (
        <>
          <Radio.Group
            className="note"
            aria-label={text('site.help.title')}
            optionType="button"
            options={[
              { value: 'ask', label: text('site.help.ask') },
              { value: 'answer', label: text('site.help.answer'), disabled: !asked },
            ]}
            value={step}
            onChange={({ target }) => setChosen(target.value as Step)}
          />
          {step === 'ask' ? (
            <AskHelp asked={asked} onChanged={changed} onBack={onBack} />
          ) : (
            <HelpAnswerForm onBack={onBack} />
          )}
        </>
      )}
      {!state.value?.ready && <Button onClick={onBack}>{text('app.action.back')}</Button>}
    </DoorCard>
  );
}

/** Writes the request to a stick and shows its check, to be compared by telephone. */
function AskHelp({
  asked,
  onChanged,
  onBack,
}: {
  readonly asked: { readonly at: string; readonly check: string } | null;
  readonly onChanged: () => void;
  readonly onBack: () => void;
}) {
  const [drive, setDrive] = useState<RemovableDrive | null>(null);
  const [told, setTold] = useState<string | null>(null);
  const ask = useAction('site.askHelp');
  const write = async (): Promise<void> => {
    const written = drive && (await ask.run({ drive: drive.id }));
    if (!written) return;
    setTold(text('site.help.written', { file: written.fileName }));
    onChanged();
  };
  const withdrawn = (): void => {
    setTold(text('site.help.withdrawn'));
    onChanged();
  };
  return (
    <>
      <p>{text('site.help.askText')}</p>
      <DriveChoice value={drive} onChange={setDrive} disabled={ask.busy} />
      <ProblemNote problem={ask.problem} />
      {told !== null && <Alert type="success" showIcon role="status" className="note" title={told} />}
      {asked && (
        <Alert
          type="info"
          showIcon
          className="note"
          title={text('site.help.check', { check: shortCheck(asked.check), at: instantText(asked.at) })}
        />
      )}
      <Space className="note">
        <Button type="primary" disabled={!drive} loading={ask.busy} onClick={() => void write()}>
          {text('site.help.write')}
        </Button>
        {asked && <WithdrawHelp onWithdrawn={withdrawn} />}
        <Button onClick={onBack} disabled={ask.busy}>
          {text('app.action.back')}
        </Button>
      </Space>
    </>
  );
}
