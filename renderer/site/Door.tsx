import { useState } from 'react';
import { useSession } from '../app/session.ts';
import { FirstStart } from './FirstStart.tsx';
import { Recover } from './Recover.tsx';
import { SignIn } from './SignIn.tsx';

/** What stands before the work: founding a site, signing in, or the way back with the recovery key. */
export function Door() {
  const state = useSession(({ status }) => status?.state);
  const [recovering, setRecovering] = useState(false);
  if (state === 'unfounded') return <FirstStart />;
  return recovering ? (
    <Recover onBack={() => setRecovering(false)} />
  ) : (
    <SignIn onForgotten={() => setRecovering(true)} />
  );
}
