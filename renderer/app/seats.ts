import { create } from 'zustand';
import type { SiteStatus } from '../../shared/site.ts';
import { useNavigation } from './navigation.ts';

/** Somebody who has signed in since the application started: his place and his drafts wait for him. */
export type Seat = Pick<NonNullable<SiteStatus['session']>, 'accountId' | 'name' | 'loginName'>;

/** Those who have been at this keyboard, the latest first; in memory only. */
export const useSeats = create<{ readonly seats: readonly Seat[] }>(() => ({ seats: [] }));

/** The one who signed in takes his own seat; nobody does while the site is locked. */
export function takeSeat(session: SiteStatus['session']): void {
  useNavigation.getState().sit(session?.accountId ?? null);
  if (!session) return;
  const { accountId, name, loginName } = session;
  useSeats.setState(({ seats }) => ({
    seats: [{ accountId, name, loginName }, ...seats.filter((seat) => seat.accountId !== accountId)],
  }));
}
