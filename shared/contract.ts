import { z } from 'zod';
import { backupCalls } from './backup.ts';
import { commentsCalls } from './comments.ts';
import { diagnosisCalls } from './diagnosis.ts';
import { disciplineCalls } from './discipline.ts';
import { duplicatesCalls } from './duplicates.ts';
import { handoffCalls } from './handoff.ts';
import { mediaCalls } from './media.ts';
import { mentorshipCalls } from './mentorship.ts';
import type { Result } from './problem.ts';
import { quarantineCalls } from './quarantine.ts';
import { rosterCalls } from './roster.ts';
import { siteCalls } from './site.ts';
import { siteHelpCalls } from './site-help.ts';
import { trainingCalls } from './training.ts';
import { workCalls, workEvents } from './work.ts';

/** Every request the page can make. */
export const calls = {
  ...siteCalls,
  ...siteHelpCalls,
  ...workCalls,
  ...rosterCalls,
  ...duplicatesCalls,
  ...trainingCalls,
  ...mentorshipCalls,
  ...disciplineCalls,
  ...commentsCalls,
  ...handoffCalls,
  ...quarantineCalls,
  ...mediaCalls,
  ...backupCalls,
  ...diagnosisCalls,
};
type Calls = typeof calls;
export type CallName = keyof Calls;
export type Input<N extends CallName> = z.input<Calls[N]['input']>;
export type Output<N extends CallName> = z.output<Calls[N]['output']>;

/** News from the core to the page. */
export const events = { ...workEvents };
export type EventName = keyof typeof events;
export type EventPayload<N extends EventName> = z.output<(typeof events)[N]>;

/** A `File` of the page, as far as code without a page can name it. */
export type DroppedFile = { readonly name: string; readonly size: number };

/** What the page sees of the application. */
export type Api = {
  /** Never rejects for an expected failure: the result carries its problem. */
  call<N extends CallName>(name: N, input: Input<N>): Promise<Result<Output<N>>>;
  /**
   * Hands over files of a drop event (`File`s of the page's), to be asked for by `work.takeDropped`. Only what the person
   * himself dropped has a path behind it; the page sees none.
   */
  drop(...files: readonly DroppedFile[]): Promise<void>;
  /** Returns the function that ends the subscription. */
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void;
};

/** Own property only, so `__proto__` is no call. */
export const isCallName = (name: unknown): name is CallName => typeof name === 'string' && Object.hasOwn(calls, name);
