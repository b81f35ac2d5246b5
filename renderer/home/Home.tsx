import { Button, Card, Skeleton } from 'antd';
import { useMay } from '../app/may.ts';
import { useGo } from '../app/navigation.ts';
import { type UseWaiting, useRegistry, type Waiting } from '../app/registry.ts';
import { text } from '../app/text.ts';
import { useCall } from '../app/use-call.ts';
import { Screen } from '../ui/Screen.tsx';
import { type StateLook, StateTag } from '../ui/StateTag.tsx';

const urgencies = ['overdue', 'due', 'notice'] as const satisfies readonly Waiting['urgency'][];
const looks = { overdue: 'bad', due: 'warning', notice: 'waiting' } as const satisfies Record<
  Waiting['urgency'],
  StateLook
>;

/** The registry is fixed for the page's life: the same hooks, in the same order, every time. */
const useAllWaiting = (hooks: readonly UseWaiting[]): readonly (readonly Waiting[] | null)[] =>
  // eslint-disable-next-line react-hooks/rules-of-hooks -- a loop that is always the same
  hooks.map((useWaiting) => useWaiting());

/** The first screen: what waits for the person, and how the team stands. */
export function Home() {
  const { homeCards } = useRegistry();
  return (
    <Screen title={text('app.home.title')}>
      <div className="home">
        <WaitingCard />
        <div className="home-side">
          <TeamCard />
          {homeCards.map((Part) => (
            <Part key={Part.name} />
          ))}
        </div>
      </div>
    </Screen>
  );
}

function WaitingCard() {
  const { waiting } = useRegistry();
  const parts = useAllWaiting(waiting);
  const go = useGo();
  const all = parts.flatMap((part) => part ?? []);
  const sorted = urgencies.flatMap((urgency) => all.filter((each) => each.urgency === urgency));
  return (
    <Card title={text('app.home.waiting')} size="small">
      {sorted.length === 0 && parts.includes(null) && <Skeleton active={false} />}
      {sorted.length === 0 && !parts.includes(null) && <p>{text('app.home.nothing')}</p>}
      <ul className="waiting">
        {sorted.map(({ key, urgency, text: words, place }) => (
          <li key={key}>
            <button type="button" onClick={() => go(place.screen, place.params)}>
              <StateTag look={looks[urgency]}>{text(`app.home.${urgency}`)}</StateTag>
              {words}
            </button>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function TeamCard() {
  const { value } = useCall('roster.counts', {});
  const mayImport = useMay('roster.commitImport');
  const go = useGo();
  if (!value) return null;
  const figures = [
    [text('app.home.active'), value.active],
    [text('app.home.onDuty'), value.onDuty],
    [text('app.home.qualified'), value.qualifiedOnDuty],
  ] as const;
  return (
    <Card title={text('app.home.team')} size="small">
      <dl className="figures">
        {figures.map(([label, figure]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{figure}</dd>
          </div>
        ))}
      </dl>
      {value.active === 0 && mayImport && (
        <p>
          {text('app.home.nobody')}
          <Button type="link" onClick={() => go('import-roster')}>
            {text('app.home.importRoster')}
          </Button>
        </p>
      )}
    </Card>
  );
}
