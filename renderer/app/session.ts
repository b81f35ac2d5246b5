import { create } from 'zustand';
import type { Role } from '../../shared/call.ts';
import type { Problem } from '../../shared/problem.ts';
import type { SiteStatus } from '../../shared/site.ts';
import { api } from './api.ts';
import { takeSeat } from './seats.ts';

type Session = {
  /** Null until the core has answered for the first time. */
  readonly status: SiteStatus | null;
  readonly problem: Problem | null;
  /** Counts what was written in this sitting; whoever shows stored things asks again when it moves. */
  readonly revision: number;
  readonly refresh: () => Promise<void>;
  readonly written: () => void;
};

/** Who is signed in at which site. */
export const useSession = create<Session>((set) => ({
  status: null,
  problem: null,
  revision: 0,
  refresh: async () => {
    const answer = await api.call('site.status', {});
    // First, so that no screen is ever drawn for one person with another's place.
    if (answer.ok) takeSeat(answer.value.session);
    set(answer.ok ? { status: answer.value, problem: null } : { problem: answer.problem });
  },
  written: () => set(({ revision }) => ({ revision: revision + 1 })),
}));

/** The signed-in person's roles; empty while nobody is. */
export const useRoles = (): readonly Role[] => useSession(({ status }) => status?.session?.roles) ?? none;
const none: readonly Role[] = [];

/** The site that is open; only for screens behind the sign-in. */
export function useSite(): NonNullable<SiteStatus['site']> {
  const site = useSession(({ status }) => status?.site);
  if (!site) throw new Error('no site is open');
  return site;
}

/** The signed-in person; only for screens behind the sign-in. */
export function useMe(): NonNullable<SiteStatus['session']> {
  const session = useSession(({ status }) => status?.session);
  if (!session) throw new Error('nobody is signed in');
  return session;
}
