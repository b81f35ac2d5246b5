import { Alert, Button, Card, Descriptions, Empty, Input, Space } from 'antd';
import { useState } from 'react';
import type { AppealView, DecisionView } from '../../shared/discipline.ts';
import { useMay } from '../app/may.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import { instantText } from '../ui/format.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { Screen } from '../ui/Screen.tsx';
import { ActDialog, Field } from './ActDialog.tsx';
import { answerOf } from './AppealsPart.tsx';
import { periodText } from './words.tsx';

type Act = 'acknowledge' | 'review' | 'appeal';

/** Decisions on the signed-in person himself that he was told of. */
export const OwnDecisions = () => (
  <Screen title={text('discipline.own.title')} hint={text('discipline.own.hint')}>
    <OwnDecisionList />
  </Screen>
);

/** The same for his file: with what he can do about each. */
export function OwnDecisionList() {
  const answer = useCall('discipline.ownDecisions', {});
  const appeals = useCall('discipline.ownAppeals', {}).value ?? [];
  const mayAct = useMay('discipline.acknowledgeNotice');
  const [open, setOpen] = useState<{ readonly decision: DecisionView; readonly act: Act } | null>(null);
  return (
    <>
      <Loaded answer={answer}>
        {(decisions) =>
          decisions.length === 0 ? (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={text('discipline.own.empty')} />
          ) : (
            <div className="stack">
              {decisions.map((decision) => (
                <Own
                  key={decision.id}
                  decision={decision}
                  appeals={appeals.filter((appeal) => appeal.decision === decision.id)}
                  onAct={mayAct ? (act) => setOpen({ decision, act }) : null}
                />
              ))}
            </div>
          )
        }
      </Loaded>
      {open?.act === 'acknowledge' && <Acknowledge decision={open.decision} onClose={() => setOpen(null)} />}
      {open !== null && open.act !== 'acknowledge' && (
        <StateAppeal decision={open.decision} kind={open.act} onClose={() => setOpen(null)} />
      )}
    </>
  );
}

type OwnProps = {
  readonly decision: DecisionView;
  readonly appeals: readonly AppealView[];
  readonly onAct: ((act: Act) => void) | null;
};

const Own = ({ decision, appeals, onAct }: OwnProps) => (
  <Card
    size="small"
    title={decision.measureName}
    extra={
      onAct && (
        <Space>
          {decision.reviewUntil !== null && (
            <Button onClick={() => onAct('review')}>{text('discipline.own.review')}</Button>
          )}
          {decision.appealUntil !== null && (
            <Button onClick={() => onAct('appeal')}>{text('discipline.own.appeal')}</Button>
          )}
          {decision.acknowledgedAt === null && (
            <Button type="primary" onClick={() => onAct('acknowledge')}>
              {text('discipline.own.acknowledge')}
            </Button>
          )}
        </Space>
      )
    }
  >
    {decision.revoked && <Alert className="note" type="info" title={text('discipline.detail.revoked')} />}
    <Descriptions
      size="small"
      column={{ xs: 1, md: 2, lg: 3 }}
      items={itemsOf(decision).map(([label, children]) => ({ key: label, label, children: children ?? '—' }))}
    />
    {appeals.map((appeal) => (
      <p key={appeal.id}>
        <strong>
          {text('discipline.own.stated', { on: appeal.statedOn, kind: text(`discipline.own.${appeal.kind}`) })}
        </strong>
        {appeal.statement}
        <br />
        {answerOf(appeal) ?? text('discipline.own.unanswered')}
      </p>
    ))}
  </Card>
);

const itemsOf = (decision: DecisionView): readonly (readonly [string, string | null])[] => [
  [text('discipline.detail.level'), text(`discipline.detail.${decision.level}`)],
  [text('discipline.detail.decidedOn'), decision.decidedOn],
  [text('discipline.detail.decidedBy'), decision.decidedBy],
  [text('discipline.detail.documentNo'), decision.documentNo],
  [text('discipline.detail.period'), periodText(decision)],
  [text('discipline.own.toldOn'), decision.toldOn],
  [text('discipline.detail.acknowledged'), decision.acknowledgedAt && instantText(decision.acknowledgedAt)],
  [text('discipline.own.reviewUntil'), until(decision.reviewUntil)],
  [text('discipline.own.appealUntil'), until(decision.appealUntil)],
  [text('discipline.detail.reason'), decision.reason],
  [text('discipline.own.comment'), decision.comment],
];

const until = (day: string | null): string | null => day && text('discipline.own.until', { day });

type DialogProps = { readonly decision: DecisionView; readonly onClose: () => void };

const Acknowledge = ({ decision, onClose }: DialogProps) => (
  <ActDialog<'discipline.acknowledgeNotice', { readonly comment?: string }>
    call="discipline.acknowledgeNotice"
    title={text('discipline.own.acknowledge')}
    meaning={text('discipline.own.acknowledgeText')}
    inputOf={({ comment }) => ({ decision: decision.id, comment: comment?.trim() || null })}
    onClose={onClose}
  >
    <Field name="comment" label={text('discipline.own.comment')} optional>
      <Input.TextArea rows={3} maxLength={2000} />
    </Field>
  </ActDialog>
);

const StateAppeal = ({ decision, kind, onClose }: DialogProps & { readonly kind: 'review' | 'appeal' }) => (
  <ActDialog<'discipline.stateAppeal', { readonly statement: string }>
    call="discipline.stateAppeal"
    title={text(`discipline.own.${kind}`)}
    inputOf={({ statement }) => ({ decision: decision.id, kind, statement })}
    onClose={onClose}
  >
    <Field name="statement" label={text('discipline.own.statement')}>
      <Input.TextArea rows={6} maxLength={4000} />
    </Field>
  </ActDialog>
);
