import { Spin } from 'antd';
import { useContext, useState } from 'react';
import { RegistryContext } from '../app/registry.ts';
import { useSession } from '../app/session.ts';
import { text } from '../app/text.ts';
import { DoorCard } from './DoorCard.tsx';
import { RecoveryKeySheet } from './RecoveryKeySheet.tsx';

const beginnings = ['kit', 'station', 'bureau', 'adopt'] as const;
type Way = (typeof beginnings)[number];

/** Asks how this computer begins, founds the site, and hands over its recovery key. */
export function FirstStart() {
  const [way, setWay] = useState<Way | null>(null);
  const [recoveryKey, setRecoveryKey] = useState<string | null>(null);
  const refresh = useSession((session) => session.refresh);
  const back = (): void => setWay(null);
  const ways = useContext(RegistryContext)?.ways;

  if (recoveryKey !== null) {
    return (
      <DoorCard title={text('site.recovery.title')}>
        <RecoveryKeySheet recoveryKey={recoveryKey} onDone={() => void refresh()} />
      </DoorCard>
    );
  }
  if (way === null)
    return (
      <DoorCard title={text('site.first.title')}>
        <p>{text('site.first.ask')}</p>
        <div className="choices">
          {beginnings.map((each) => (
            <button key={each} type="button" className="choice" onClick={() => setWay(each)}>
              <strong>{text(`site.first.${each}`)}</strong>
              <span>{text(`site.first.${each}Hint`)}</span>
            </button>
          ))}
        </div>
      </DoorCard>
    );
  if (!ways) return <Spin fullscreen />;
  if (way === 'kit') return <ways.kit onFounded={setRecoveryKey} onBack={back} />;
  if (way === 'adopt') {
    return (
      <DoorCard title={text('site.first.adopt')}>
        <ways.adopt onBack={back} onDone={() => void refresh()} />
      </DoorCard>
    );
  }
  return <ways.found kind={way} onFounded={setRecoveryKey} onBack={back} />;
}
