import { Alert, Button, Card, Form, Input } from 'antd';
import { useState } from 'react';
import type { Carried, LossStep, StickFile } from '../../shared/media.ts';
import { useGo } from '../app/navigation.ts';
import { useSite } from '../app/session.ts';
import { text } from '../app/text.ts';
import { useAction } from '../app/use-action.ts';
import { FormModal } from '../ui/FormModal.tsx';
import { instantText } from '../ui/format.ts';
import { StateTag } from '../ui/StateTag.tsx';
import { packageText } from './words.ts';

/** What is done step by step when a stick is lost, each step ticked by somebody with what came of it. */
export function LossSteps({ stick, mayTick }: { readonly stick: StickFile; readonly mayTick: boolean }) {
  const [ticking, setTicking] = useState<LossStep | null>(null);
  const count = stick.carried.length;
  return (
    <Card size="small" title={text('media.steps.title')}>
      <Alert
        type="info"
        showIcon
        title={count === 0 ? text('media.steps.sealedNone') : text('media.steps.sealed', { count })}
        description={<OnIt carried={stick.carried} />}
      />
      <ol className="loss-steps">
        {stick.steps.map(({ step, done }) => (
          <li key={step}>
            <StateTag look={done ? 'good' : 'waiting'}>{text(`media.stepOf.${step}`)}</StateTag>
            <div>
              <p>{text(`media.stepTextOf.${step}`)}</p>
              {done && (
                <p className="step-done">
                  {text('media.steps.done', { at: instantText(done.at), by: done.by })}
                  {done.note && <span>　{done.note}</span>}
                </p>
              )}
            </div>
            {!done && mayTick && (
              <span className="card-acts">
                {step === 'replace' && <WriteAgain />}
                <Button size="small" onClick={() => setTicking(step)}>
                  {text('media.steps.tick')}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ol>
      {ticking && <TickStep id={stick.id} step={ticking} onClose={() => setTicking(null)} />}
    </Card>
  );
}

/** By name, and for whom; a kit on it opens to whoever also heard its code. */
function OnIt({ carried }: { readonly carried: readonly Carried[] }) {
  if (carried.length === 0) return null;
  const named = carried
    .slice(0, NAMED)
    .map((one) => text('media.steps.one', { package: packageText(one), to: one.to }));
  return (
    <>
      <p>
        {named.join('、')}
        {carried.length > NAMED && text('media.steps.more', { count: carried.length - NAMED })}
      </p>
      {carried.some(({ kind }) => kind === 'kit') && <p>{text('media.steps.kit')}</p>}
    </>
  );
}
/** The table below has them all. */
const NAMED = 8;

/** To where the lost packages are written anew. */
function WriteAgain() {
  const go = useGo();
  const isBureau = useSite().kind === 'bureau';
  return (
    <Button size="small" onClick={() => go(isBureau ? 'board' : 'report')}>
      {text(isBureau ? 'media.steps.toBoard' : 'media.steps.toReport')}
    </Button>
  );
}

function TickStep({
  id,
  step,
  onClose,
}: {
  readonly id: string;
  readonly step: LossStep;
  readonly onClose: () => void;
}) {
  const tick = useAction('media.tickLossStep');
  const submit = async ({ note = '' }: { readonly note?: string }): Promise<void> => {
    if (await tick.run({ id, step, note: note.trim() || null })) onClose();
  };
  return (
    <FormModal<{ readonly note?: string }>
      title={text(`media.stepOf.${step}`)}
      confirm={text('media.steps.tick')}
      action={tick}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{text(`media.stepTextOf.${step}`)}</p>
      <Form.Item name="note" label={text('media.steps.note')}>
        <Input.TextArea rows={3} maxLength={300} />
      </Form.Item>
    </FormModal>
  );
}
