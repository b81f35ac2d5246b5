import type { CallName, Input } from '../../shared/contract.ts';
import type { ConfidentialWorld } from './confidential-world.ts';
import type { TestSite } from './site.ts';

/** Somebody signed in on a copy of the world, about to try everything. */
export type Driven = {
  readonly site: TestSite;
  readonly world: ConfidentialWorld;
  readonly login: string;
  readonly account: string;
  readonly person: string | null;
  readonly station: string;
};
type Inputs<N extends CallName> = readonly Input<N>[];
/** What each call is tried with: what a curious person would type who knows every id. */
export type Drives = { readonly [N in CallName]?: (at: Driven) => Inputs<N> | Promise<Inputs<N>> };
