import type { KeyObject } from 'node:crypto';
import type { z } from 'zod';
import type { Role, SiteKind } from '../../shared/call.ts';
import type { CallName, calls, EventName, EventPayload, Output } from '../../shared/contract.ts';
import type { Result } from '../../shared/problem.ts';
import type { Db } from '../db/open.ts';
import type { AttachmentStore } from '../files/attachments.ts';
import type { Journal } from '../journal/journal.ts';
import type { ShellPort } from './channel.ts';
import type { ChosenFiles } from './chosen-files.ts';

type Calls = typeof calls;

/** Who is signed in; `key` is the account's own signing key, for personal acts. */
export type Actor = {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly personId: string | null;
  readonly key: KeyObject;
  /** The sign-in before this one, and how often somebody has failed since. */
  readonly before: { readonly at: string | null; readonly failures: number };
};

/** How a long job tells where it is. */
export type JobControl = {
  /** Reports and lets others run; throws `request.cancelled` once the person has cancelled. */
  readonly progress: (step: string, done: number, total: number) => Promise<void>;
  readonly signal: AbortSignal;
};

/** For work that nobody watches and nobody can cancel. */
export const unwatched: JobControl = { signal: new AbortController().signal, progress: async () => {} };

export type CallContext<N extends CallName = CallName> = {
  readonly actor: Calls[N]['may'] extends 'nobody' ? Actor | null : Actor;
  readonly job: JobControl;
};

/** An answer as a handler may hold it: nobody behind it changes it. */
type Given<T> = T extends readonly (infer U)[]
  ? readonly Given<U>[]
  : T extends object
    ? { readonly [K in keyof T]: Given<T[K]> }
    : T;

/** What the core must provide: one handler per call. */
export type Handlers = {
  readonly [N in CallName]: (
    input: z.output<Calls[N]['input']>,
    context: CallContext<N>,
  ) => Result<Given<Output<N>>> | Promise<Result<Given<Output<N>>>>;
};
export type HandlersOf<Slice extends string> = Pick<Handlers, Extract<CallName, `${Slice}.${string}`>>;

export type Emit = <N extends EventName>(name: N, payload: EventPayload<N>) => void;

/** What a slice's service is made with. Clock, ids and paths come from here, never from globals. */
export type Services = {
  readonly db: Db;
  readonly journal: Journal;
  /** `station` is the code its records are kept under: that of the station's first computer; at a bureau its own. */
  readonly site: { readonly code: string; readonly station: string; readonly kind: SiteKind };
  readonly clock: () => Date;
  readonly newId: () => string;
  readonly files: ChosenFiles;
  readonly attachments: AttachmentStore;
  readonly shell: ShellPort;
};

/** The account of somebody else who typed his password for an act of two persons; throws where there is none. */
export type SecondPerson = (
  actor: Actor,
  typed: { readonly secondLoginName: string; readonly secondPassword: string },
) => Promise<string>;
