import { Button, Descriptions } from 'antd';
import { useState } from 'react';
import type { StickFile } from '../../shared/media.ts';
import { useMay } from '../app/may.ts';
import { useParams } from '../app/navigation.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { Screen } from '../ui/Screen.tsx';
import { StateTag } from '../ui/StateTag.tsx';
import { CarriedTable } from './CarriedTable.tsx';
import { LossSteps } from './LossSteps.tsx';
import { MarkStick } from './MarkStick.tsx';
import { MovementTable } from './MovementTable.tsx';
import { type Movement, movementsOf, MoveStick } from './MoveStick.tsx';
import { stickState } from './words.ts';

/** One stick: where it is, where it has been, what was on it, and what is done when it is lost. */
export function Stick() {
  const { site = '', id = '' } = useParams();
  const answer = useCall('media.openStick', { site, id });
  return <Loaded answer={answer}>{(stick) => <Opened stick={stick} />}</Loaded>;
}

function Opened({ stick }: { readonly stick: StickFile }) {
  const mayKeep = useMay('media.recordStick') && stick.isOwn;
  const [asking, setAsking] = useState<Movement | 'mark' | null>(null);
  const close = (): void => setAsking(null);
  const { words, look } = stickState(stick);
  const facts: readonly (readonly [string, React.ReactNode])[] = [
    [text('media.list.station'), stick.station],
    [text('media.list.kind'), text(`media.kindOf.${stick.kind}`)],
    [text('media.list.capacity'), stick.capacityGb ?? '—'],
    [
      text('media.list.state'),
      <StateTag key="state" look={look}>
        {words}
      </StateTag>,
    ],
    [text('media.list.holder'), stick.holder ?? '—'],
    [text('media.list.since'), stick.since ?? '—'],
    [text('media.list.remarks'), stick.remarks ?? '—'],
  ];
  return (
    <Screen
      title={text('media.file.title', { number: stick.number })}
      back
      actions={
        mayKeep && (
          <>
            {stick.state !== 'retired' && stick.state !== 'lost' && (
              <Button onClick={() => setAsking('mark')}>{text('media.mark.title')}</Button>
            )}
            {movementsOf(stick).map((what) => (
              <Button key={what} danger={what === 'loss' || what === 'retire'} onClick={() => setAsking(what)}>
                {text(`media.${what}.title`)}
              </Button>
            ))}
          </>
        )
      }
    >
      <div className="stack">
        <Descriptions
          size="small"
          column={{ xs: 2, md: 3, lg: 4 }}
          items={facts.map(([label, children]) => ({ key: label, label, children }))}
        />
        {stick.steps.length > 0 && <LossSteps stick={stick} mayTick={mayKeep} />}
        <CarriedTable carried={stick.carried} />
        <MovementTable movements={stick.movements} />
      </div>
      {asking === 'mark' && <MarkStick id={stick.id} onClose={close} />}
      {asking !== null && asking !== 'mark' && <MoveStick id={stick.id} what={asking} onClose={close} />}
    </Screen>
  );
}
