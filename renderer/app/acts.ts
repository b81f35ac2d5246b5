import type { CallName } from '../../shared/contract.ts';

/**
 * Whether a call is an act of somebody signed in: what he sees may have changed by it. The contract with all its schemas
 * comes with the screens and not before the door, so it is asked for only here.
 */
export async function isAct(name: CallName): Promise<boolean> {
  const { calls } = await import('../../shared/contract.ts');
  const { runs, may } = calls[name];
  // What happens at the door changes nothing behind it: who comes in asks for himself.
  return runs !== 'query' && may !== 'nobody';
}
