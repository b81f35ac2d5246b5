import { Spin } from 'antd';
import { useContext, useEffect, useState } from 'react';
import { api } from '../app/api.ts';
import { RegistryContext } from '../app/registry.ts';
import { useSession } from '../app/session.ts';
import { text } from '../app/text.ts';
import { DoorCard } from './DoorCard.tsx';
import { FirstStart } from './FirstStart.tsx';
import { RecoveryKeySheet } from './RecoveryKeySheet.tsx';
import { SignIn } from './SignIn.tsx';

type Way = 'sign-in' | 'recover' | 'help' | 'anew';

/** What stands before the work: founding a site, signing in, the ways back by recovery key and bureau, founding it anew. */
export function Door() {
  const state = useSession(({ status }) => status?.state);
  const refresh = useSession((session) => session.refresh);
  const ways = useContext(RegistryContext)?.ways;
  const [way, setWay] = useState<Way>('sign-in');
  const [recoveryKey, setRecoveryKey] = useState<string | null>(null);
  // Whoever comes by a locked computer reads no key; its chief makes another.
  useEffect(() => api.on('work.locked', () => setRecoveryKey(null)), []);
  const back = (): void => setWay('sign-in');
  if (recoveryKey !== null)
    return (
      <DoorCard title={text('site.recovery.title')}>
        <RecoveryKeySheet recoveryKey={recoveryKey} onDone={() => void refresh()} />
      </DoorCard>
    );
  if (state === 'unfounded') return <FirstStart />;
  if (way === 'sign-in')
    return <SignIn onForgotten={() => setWay('recover')} onHelp={() => setWay('help')} onAnew={() => setWay('anew')} />;
  if (!ways) return <Spin fullscreen />;
  if (way === 'anew') return <ways.kit setAside onFounded={setRecoveryKey} onBack={back} />;
  if (way === 'recover') return <ways.recover onBack={back} />;
  return <ways.help onBack={back} />;
}
