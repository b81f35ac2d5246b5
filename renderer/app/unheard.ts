import { create } from 'zustand';
import type { CallName } from '../../shared/contract.ts';
import type { Problem, Result } from '../../shared/problem.ts';
import { isAct } from './acts.ts';
import { api } from './api.ts';
import { useNavigation } from './navigation.ts';
import { useSession } from './session.ts';

/** What somebody began, and whose end he did not see: the site was locked meanwhile. */
export type Unheard = {
  readonly accountId: string;
  /** The screen he began it on. */
  readonly screen: string;
  /** Why it was not done; null where it was. */
  readonly problem: Problem | null;
};

/** Kept until its person is back; in memory only, as drafts are. */
export const useUnheard = create<{ readonly all: readonly Unheard[] }>(() => ({ all: [] }));

/** Told before the page has asked anew who is signed in. */
let locks = 0;
api.on('work.locked', () => {
  locks += 1;
});

/** Runs what somebody does; where he is no longer there when it ends, that is kept for him. */
export async function outliving<T>(name: CallName, work: () => Promise<Result<T>>): Promise<Result<T>> {
  const accountId = signedIn();
  const { screen } = useNavigation.getState().place;
  const locksBefore = locks;
  const result = await work();
  if (accountId !== null && locks > locksBefore && (await isAct(name))) {
    const problem = result.ok ? null : result.problem;
    useUnheard.setState(({ all }) => ({ all: [...all, { accountId, screen, problem }] }));
  }
  return result;
}

/** Takes what waits for somebody; nobody is told twice. */
export function heardBy(accountId: string): readonly Unheard[] {
  const { all } = useUnheard.getState();
  const own = all.filter((one) => one.accountId === accountId);
  if (own.length > 0) useUnheard.setState({ all: all.filter((one) => one.accountId !== accountId) });
  return own;
}

const signedIn = (): string | null => useSession.getState().status?.session?.accountId ?? null;
