import { useCallback, useEffect, useState } from 'react';
import { create } from 'zustand';
import { useNavigation } from './navigation.ts';
import { useMe, useSession } from './session.ts';

type ByKey = Readonly<Record<string, unknown>>;
type Drafts = {
  /** By account, then by form: nobody is ever shown another's. */
  readonly drafts: Readonly<Record<string, ByKey>>;
  readonly keep: (account: string, key: string, draft: unknown) => void;
  readonly drop: (account: string, key: string) => void;
};

/** Forms not yet sent; in memory only, so that a lock or another person at the keyboard costs nothing. */
const useDrafts = create<Drafts>((set) => ({
  drafts: {},
  keep: (account, key, draft) =>
    set(({ drafts }) => ({ drafts: { ...drafts, [account]: { ...drafts[account], [key]: draft } } })),
  drop: (account, key) =>
    set(({ drafts }) => {
      const { [key]: _dropped, ...others } = drafts[account] ?? {};
      return { drafts: { ...drafts, [account]: others } };
    }),
}));

const read = (account: string, key: string): unknown => useDrafts.getState().drafts[account]?.[key];

/** A form's state that survives leaving the screen and a lock; `key` says which form of which thing. */
export function useDraft<T>(key: string, initial: T): readonly [T, (change: Partial<T>) => void, () => void] {
  const { accountId } = useMe();
  // What lies under a form's key was put there by the same form.
  const draft = useDrafts(({ drafts }) => drafts[accountId]?.[key] as T | undefined) ?? initial;
  const { keep, drop } = useDrafts.getState();
  const change = useCallback(
    (part: Partial<T>) => keep(accountId, key, { ...((read(accountId, key) as T | undefined) ?? initial), ...part }),
    [accountId, key, keep, initial],
  );
  return [draft, change, useCallback(() => drop(accountId, key), [accountId, key, drop])];
}

/**
 * What is typed in a window over a screen: gone when its author closes it, kept when a lock or another person at the
 * keyboard closes it for him. Gives what was kept, and takes what is typed now.
 */
export function useKept<T>(window: string): readonly [T | undefined, (typed: T) => void] {
  const { accountId } = useMe();
  const { screen, params } = useNavigation(({ place }) => place);
  const [key] = useState(() => `${screen} ${JSON.stringify(params)} ${window}`);
  const { keep, drop } = useDrafts.getState();
  const [kept] = useState(() => read(accountId, key) as T | undefined);
  useEffect(
    () => () => {
      if (useSession.getState().status?.session?.accountId === accountId) drop(accountId, key);
    },
    [accountId, key, drop],
  );
  return [kept, useCallback((typed: T) => keep(accountId, key, typed), [accountId, key, keep])];
}
