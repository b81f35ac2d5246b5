import { Button, Card, Dropdown, Timeline } from 'antd';
import { type ReactNode, useState } from 'react';
import type { IncidentView } from '../../shared/discipline.ts';
import { violationLabel } from '../../shared/violation-kinds.ts';
import { useMay } from '../app/may.ts';
import { useParams } from '../app/navigation.ts';
import { text, type TextKey } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import { instantText } from '../ui/format.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { Screen } from '../ui/Screen.tsx';
import { CaseDialog, DecideAtBureau } from './BureauDialogs.tsx';
import { stepDialogs, type WholeStep } from './dialogs.ts';
import { AppealsPart } from './AppealsPart.tsx';
import { DecisionsPart } from './DecisionsPart.tsx';
import { EvidencePart } from './EvidencePart.tsx';
import { FactsPart } from './FactsPart.tsx';
import { RectificationsPart } from './RectificationsPart.tsx';
import { IncidentStateTag } from './words.tsx';

/** One incident with what may be done next and its signed history; that somebody looked is written down. */
export function IncidentDetail() {
  const { id } = useParams();
  const answer = useCall('discipline.openIncident', id === undefined ? null : { id });
  if (answer.value) return <Detail incident={answer.value} />;
  return (
    <Screen title={text('discipline.detail.title')} back>
      <Loaded answer={answer}>{() => null}</Loaded>
    </Screen>
  );
}

type Open = WholeStep | 'open-case' | 'decide-bureau';
/** The steps that carry an incident on; the others stand under one button. */
const leading: readonly Open[] = [
  'start-verification',
  'finish-verification',
  'decide',
  'add-rectification',
  'close',
  'open-case',
  'decide-bureau',
];

function Detail({ incident }: { readonly incident: IncidentView }) {
  const [open, setOpen] = useState<Open | null>(null);
  const isBureau = useMay('discipline.decideAtBureau');
  const mayClose = useMay('discipline.close');
  const steps = [
    ...incident.steps.filter((step): step is WholeStep => step in stepDialogs),
    ...(isBureau ? (['open-case', 'decide-bureau'] as const) : []),
  ];
  const others = steps.filter((step) => !leading.includes(step));
  const close = (): void => setOpen(null);
  return (
    <Screen
      title={`${incident.number}　${violationLabel(incident.category)}`}
      hint={
        <>
          <IncidentStateTag state={incident.state} isOverdue={incident.isOverdue} />
          {mayClose && incident.state === 'decided' && !incident.steps.includes('close') && (
            <>　{text('discipline.detail.closeHint')}</>
          )}
        </>
      }
      back
      actions={
        <>
          {others.length > 0 && (
            <Dropdown
              trigger={['click']}
              menu={{
                items: others.map((step) => ({ key: step, label: stepText(step) })),
                onClick: ({ key }) => setOpen(others.find((step) => step === key) ?? null),
              }}
            >
              <Button>{text('discipline.detail.more')}</Button>
            </Dropdown>
          )}
          {steps
            .filter((step) => leading.includes(step))
            .map((step) => (
              <Button key={step} type="primary" onClick={() => setOpen(step)}>
                {stepText(step)}
              </Button>
            ))}
        </>
      }
    >
      <div className="stack">
        <FactsPart incident={incident} />
        <DecisionsPart incident={incident} />
        <RectificationsPart incident={incident} />
        <EvidencePart incident={incident} />
        <AppealsPart incident={incident} />
        <Trail trail={incident.trail} />
        <Looks looks={incident.looks} />
      </div>
      {open !== null && dialogOf(open, incident, close)}
    </Screen>
  );
}

const stepText = (step: Open): string => text(`discipline.step.${step}`);

function dialogOf(step: Open, incident: IncidentView, onClose: () => void): ReactNode {
  if (step === 'open-case') return <CaseDialog incident={incident} onClose={onClose} />;
  const Dialog = step === 'decide-bureau' ? DecideAtBureau : stepDialogs[step];
  return <Dialog incident={incident} onClose={onClose} />;
}

/** Who has looked, by day. */
const Looks = ({ looks }: Pick<IncidentView, 'looks'>) => (
  <Card size="small" title={text('discipline.detail.looks')} role="region" aria-label={text('discipline.detail.looks')}>
    <ul className="plain-list">
      {looks.map(({ by, on, evidence }) => (
        <li key={`${on} ${by ?? ''} ${evidence ?? ''}`}>
          {text('discipline.detail.look', { by: by ?? '—', on })}
          {evidence !== null && `　${text('discipline.detail.lookEvidence', { name: evidence })}`}
        </li>
      ))}
    </ul>
  </Card>
);

const Trail = ({ trail }: Pick<IncidentView, 'trail'>) => (
  <Card size="small" title={text('discipline.detail.trail')}>
    <Timeline
      items={trail.map(({ step, by, at, note }) => ({
        key: `${at} ${step}`,
        content: (
          <>
            <strong>{text(`discipline.trail.${step}` as TextKey)}</strong>
            {'　'}
            {text('discipline.detail.by', { by: by ?? '—', at: instantText(at) })}
            {note !== null && <div className="whole">{note}</div>}
          </>
        ),
      }))}
    />
  </Card>
);
