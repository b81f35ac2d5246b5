import { useState } from 'react';
import { useEntrance } from '../app/registry.ts';
import { useSession } from '../app/session.ts';
import { text } from '../app/text.ts';
import { DoorCard } from './DoorCard.tsx';
import { FoundForm } from './FoundForm.tsx';
import { KitForm } from './KitForm.tsx';
import { RecoveryKeySheet } from './RecoveryKeySheet.tsx';

const ways = ['kit', 'station', 'bureau', 'adopt'] as const;
type Way = (typeof ways)[number];

/** Asks how this computer begins, founds the site, and hands over its recovery key. */
export function FirstStart() {
  const [way, setWay] = useState<Way | null>(null);
  const [recoveryKey, setRecoveryKey] = useState<string | null>(null);
  const refresh = useSession((session) => session.refresh);
  const back = (): void => setWay(null);
  const { adopt: Adopt } = useEntrance();

  if (recoveryKey !== null) {
    return (
      <DoorCard title={text('site.recovery.title')}>
        <RecoveryKeySheet recoveryKey={recoveryKey} onDone={() => void refresh()} />
      </DoorCard>
    );
  }
  if (way === 'kit') return <KitForm onFounded={setRecoveryKey} onBack={back} />;
  if (way === 'adopt') {
    return (
      <DoorCard title={text('site.first.adopt')}>
        <Adopt onBack={back} onDone={() => void refresh()} />
      </DoorCard>
    );
  }
  if (way !== null) return <FoundForm kind={way} onFounded={setRecoveryKey} onBack={back} />;
  return (
    <DoorCard title={text('site.first.title')}>
      <p>{text('site.first.ask')}</p>
      <div className="choices">
        {ways.map((each) => (
          <button key={each} type="button" className="choice" onClick={() => setWay(each)}>
            <strong>{text(`site.first.${each}`)}</strong>
            <span>{text(`site.first.${each}Hint`)}</span>
          </button>
        ))}
      </div>
    </DoorCard>
  );
}
