import { Alert, Button, Card, Descriptions, Empty, Timeline } from 'antd';
import { type ComponentType, useState } from 'react';
import { goesOn, type PairDetail as Pair, type PairEvent, type SignOff } from '../../shared/mentorship.ts';
import { graduationResults, stages } from '../../shared/mentorship-tables.ts';
import { useMay } from '../app/may.ts';
import { useGo, useParams } from '../app/navigation.ts';
import { useMe } from '../app/session.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import { instantText } from '../ui/format.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { Screen } from '../ui/Screen.tsx';
import { EndPair, Examine, ExtendPair } from './PairDialogs.tsx';
import { See } from './See.tsx';
import { SignOffCard } from './SignOffCard.tsx';
import { Acknowledge, Withdraw } from './SignOffDialogs.tsx';
import { PairStateTag, periodText } from './words.tsx';

/** One pair with its sign-offs and its course, and what the signed-in person may do next. */
export function PairDetail() {
  const { id } = useParams();
  const answer = useCall('mentorship.getPair', id === undefined ? null : { id });
  if (answer.value) return <Detail pair={answer.value} />;
  return (
    <Screen title={text('mentorship.pair.title')} back>
      <Loaded answer={answer}>{() => null}</Loaded>
    </Screen>
  );
}

const acts = { extend: ExtendPair, end: EndPair, examine: Examine } as const;
type Act = keyof typeof acts;

function Detail({ pair }: { readonly pair: Pair }) {
  const go = useGo();
  const me = useMe();
  const mayManage = useMay('mentorship.endPair');
  const maySign = useMay('mentorship.signOff');
  const [open, setOpen] = useState<Act | null>(null);
  const Dialog: ComponentType<{ readonly pair: Pair; readonly onClose: () => void }> | null = open && acts[open];
  return (
    <Screen
      title={text('mentorship.pair.of', { mentor: pair.mentor.name, apprentice: pair.apprentice.name })}
      hint={<PairStateTag state={pair.state} />}
      back
      actions={
        <>
          {mayManage && pair.endedOn === null && (
            <>
              <Button danger onClick={() => setOpen('end')}>
                {text('mentorship.pair.end')}
              </Button>
              <Button onClick={() => setOpen('extend')}>{text('mentorship.pair.extend')}</Button>
              <Button onClick={() => setOpen('examine')}>{text('mentorship.pair.examine')}</Button>
            </>
          )}
          {maySign && me.personId === pair.mentor.id && goesOn(pair) && (
            <Button type="primary" onClick={() => go('sign-off-form', { id: pair.id })}>
              {text('mentorship.pair.signOff')}
            </Button>
          )}
        </>
      }
    >
      <div className="stack">
        <MissingNote missing={pair.missing} />
        <Facts pair={pair} />
        {pair.signOffList.length === 0 && (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={text('mentorship.pair.noSignOffs')} />
        )}
        {pair.signOffList.map((signOff) => (
          <OneSignOff key={signOff.id} pair={pair} signOff={signOff} />
        ))}
        <Course events={pair.events} />
      </div>
      {Dialog && <Dialog pair={pair} onClose={() => setOpen(null)} />}
    </Screen>
  );
}

/** The months that should have been signed for. */
function MissingNote({ missing }: Pick<Pair, 'missing'>) {
  if (missing.length === 0) return null;
  const late = missing.filter(({ isLate }) => isLate).length;
  const months = missing.map(periodText).join('；');
  return (
    <Alert
      type={late > 0 ? 'error' : 'warning'}
      showIcon
      title={
        late > 0
          ? text('mentorship.pair.missingLate', { months, count: late })
          : text('mentorship.pair.missingDue', { months })
      }
    />
  );
}

const Facts = ({ pair }: { readonly pair: Pair }) => (
  <Card size="small">
    <Descriptions
      size="small"
      column={{ xs: 2, md: 3, lg: 4 }}
      items={itemsOf(pair).map(([label, children]) => ({ key: label, label, children }))}
    />
    {pair.agreement !== null && (
      <Descriptions
        size="small"
        column={1}
        items={[{ key: 'agreement', label: text('mentorship.form.agreement'), children: pair.agreement }]}
      />
    )}
  </Card>
);

const itemsOf = ({ startsOn, endsOn, endedOn, stage, result, average, stationName }: Pair) =>
  (
    [
      [text('mentorship.pair.term'), periodText({ from: startsOn, to: endsOn })],
      [text('mentorship.pairs.stage'), stages.labelOf(stage)],
      [text('mentorship.pairs.average'), average === null ? null : String(average)],
      [text('mentorship.pair.result'), result && graduationResults.labelOf(result)],
      [text('mentorship.pair.endedOn'), endedOn],
      [text('mentorship.pairs.station'), stationName],
    ] as const
  ).filter((item): item is readonly [string, string] => item[1] !== null);

/** A sign-off with what the signed-in person may do to it. */
function OneSignOff({ pair, signOff }: { readonly pair: Pair; readonly signOff: SignOff }) {
  const me = useMe();
  const maySign = useMay('mentorship.signOff');
  const maySee = useMay('mentorship.see');
  const [open, setOpen] = useState<'withdraw' | 'acknowledge' | null>(null);
  const isWaiting = maySign && signOff.acknowledgement === null;
  const close = (): void => setOpen(null);
  return (
    <SignOffCard
      signOff={signOff}
      actions={
        <>
          {isWaiting && me.personId === pair.mentor.id && (
            <Button size="small" onClick={() => setOpen('withdraw')}>
              {text('mentorship.card.withdraw')}
            </Button>
          )}
          {isWaiting && me.personId === pair.apprentice.id && (
            <Button size="small" type="primary" onClick={() => setOpen('acknowledge')}>
              {text('mentorship.card.acknowledge')}
            </Button>
          )}
        </>
      }
    >
      {maySee && signOff.acknowledgement !== null && signOff.seenAt === null && <See signOff={signOff} />}
      {open === 'withdraw' && <Withdraw signOff={signOff} onClose={close} />}
      {open === 'acknowledge' && <Acknowledge signOff={signOff} onClose={close} />}
    </SignOffCard>
  );
}

/** What happened to the pair, beside its sign-offs. */
const Course = ({ events }: { readonly events: readonly PairEvent[] }) => (
  <Card size="small" title={text('mentorship.pair.events')}>
    <Timeline
      items={events.map(({ kind, on, words, at, byName }) => ({
        key: `${at} ${kind}`,
        content: (
          <>
            <strong>{text(`mentorship.event.${kind}`, { on })}</strong>
            {'　'}
            {text('mentorship.pair.by', { by: byName ?? '—', at: instantText(at) })}
            {words !== null && <div className="whole">{words}</div>}
          </>
        ),
      }))}
    />
  </Card>
);
