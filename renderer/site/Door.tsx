import { useState } from 'react';
import { useSession } from '../app/session.ts';
import { FirstStart } from './FirstStart.tsx';
import { HelpDoor } from './HelpDoor.tsx';
import { Recover } from './Recover.tsx';
import { SignIn } from './SignIn.tsx';

/** What stands before the work: founding a site, signing in, or the ways back by recovery key and bureau. */
export function Door() {
  const state = useSession(({ status }) => status?.state);
  const [way, setWay] = useState<'sign-in' | 'recover' | 'help'>('sign-in');
  const back = (): void => setWay('sign-in');
  if (state === 'unfounded') return <FirstStart />;
  if (way === 'recover') return <Recover onBack={back} />;
  if (way === 'help') return <HelpDoor onBack={back} />;
  return <SignIn onForgotten={() => setWay('recover')} onHelp={() => setWay('help')} />;
}
