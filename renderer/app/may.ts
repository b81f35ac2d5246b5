import { mayCall } from '../../shared/call.ts';
import { type CallName, calls } from '../../shared/contract.ts';
import { useSession } from './session.ts';

/** Whether the signed-in person may make the call here. Only behind the sign-in: the door does without the contract. */
export const useMay = (name: CallName): boolean =>
  useSession(({ status }) => mayCall(calls[name], status?.session?.roles ?? null, status?.site?.kind ?? null));
