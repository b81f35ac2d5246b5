import type { z } from 'zod';

/**
 * What a person may be at a site. Station (派出所): chief 所长, trainer 训练专干, mentor 师父, inspector 监督员,
 * officer 民警本人, viewer 只读. Bureau (县局): admin 系统管理, cadre 政工, inspector 督察, leader 局领导.
 * One account may hold several.
 */
export const roles = [
  'chief',
  'trainer',
  'mentor',
  'inspector',
  'officer',
  'viewer',
  'admin',
  'cadre',
  'leader',
] as const;
export type Role = (typeof roles)[number];

export const rolesAt = {
  station: ['chief', 'trainer', 'mentor', 'inspector', 'officer', 'viewer'],
  bureau: ['admin', 'cadre', 'inspector', 'leader'],
} as const satisfies Record<SiteKind, readonly Role[]>;

/**
 * Who confirms what takes two: somebody who answers for the site or watches over it. A site that has no such second
 * account gives one of its people that role first, which the journal shows.
 */
export const secondPersonRoles = {
  station: ['chief', 'inspector'],
  bureau: ['admin', 'leader'],
} as const satisfies Record<SiteKind, readonly Role[]>;

/** A station (派出所) or the county bureau (县局). */
export type SiteKind = 'station' | 'bureau';

/**
 * `nobody`: also while nobody is signed in; `everyone`: any signed-in account; else one of the named roles.
 */
export type May = 'nobody' | 'everyone' | readonly Role[];

/** One request the page can make: who may, where, what goes in, what comes out. */
export type Call<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = {
  /** A query runs on a read-only connection; commands run one after another; a job reports progress and can be cancelled. */
  readonly runs: 'query' | 'command' | 'job';
  readonly may: May;
  readonly at: SiteKind | 'both';
  readonly input: I;
  readonly output: O;
};

type CallSpec<I extends z.ZodType, O extends z.ZodType> = {
  readonly may: May;
  /** Where the call exists; both kinds of site when left out. */
  readonly at?: SiteKind;
  readonly input: I;
  readonly output: O;
};

/** A request that only reads. */
export const query = <I extends z.ZodType, O extends z.ZodType>({ may, at, input, output }: CallSpec<I, O>) =>
  ({ runs: 'query', may, at: at ?? 'both', input, output }) as const satisfies Call<I, O>;

/** A request that may write; it is done, durably, or has changed nothing. */
export const command = <I extends z.ZodType, O extends z.ZodType>({ may, at, input, output }: CallSpec<I, O>) =>
  ({ runs: 'command', may, at: at ?? 'both', input, output }) as const satisfies Call<I, O>;

/** A long command with progress and cancel; a cancelled one has changed nothing. */
export const job = <I extends z.ZodType, O extends z.ZodType>({ may, at, input, output }: CallSpec<I, O>) =>
  ({ runs: 'job', may, at: at ?? 'both', input, output }) as const satisfies Call<I, O>;

/** Whether an account with these roles (none: nobody signed in) may make the call at this kind of site. */
export function mayCall(call: Call, held: readonly Role[] | null, site: SiteKind | null): boolean {
  if (call.at !== 'both' && call.at !== site) return false;
  if (call.may === 'nobody') return true;
  if (held === null) return false;
  return call.may === 'everyone' || call.may.some((role) => held.includes(role));
}
