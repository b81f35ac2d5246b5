import { type Call, mayCall, type SiteKind } from '../../shared/call.ts';
import { type CallName, calls, isCallName } from '../../shared/contract.ts';
import { fail, ok, ProblemError, type Result } from '../../shared/problem.ts';
import { asDatabaseProblem } from '../db/problems.ts';
import { asDiskProblem } from '../files/disk.ts';
import { type Actor, type Emit, type JobControl, unwatched } from './handlers.ts';

type AnyHandler = (input: unknown, context: { actor: Actor | null; job: JobControl }) => unknown;

/** What the dispatcher asks of the core, anew for every request. */
export type Desk = {
  readonly actor: () => Actor | null;
  readonly siteKind: () => SiteKind | null;
  /** The handler on the read-only or the writing connection; null while the site is closed. */
  readonly handlerOf: (name: CallName, runs: Call['runs']) => AnyHandler | null;
  readonly emit: Emit;
  readonly newId: () => string;
  readonly log: (error: unknown, call: string) => void;
  /** What follows from a change by itself, before the next one's turn; its failure is not the change's. */
  readonly changed: () => Promise<void>;
  /** A page asked for what the signed-in person may not do: the screens do not offer it. */
  readonly refused: (actor: Actor, call: CallName) => void;
  /** The last of what ran under the write connection has ended. */
  readonly idle: () => void;
};

/** Milliseconds of work after which a job lets queries and the cancel button through. */
const BREATH = 20;

/**
 * The one gate: checks name, right and input against the contract, runs the handler, checks its output. Never throws.
 * Queries run at once, commands one after another; while a job runs, other commands are refused as busy.
 */
export function dispatcher(desk: Desk) {
  const jobs = new Map<string, AbortController>();
  const noted = new Set<string>();
  let tail: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  const control = (call: string, jobId: string, abort: AbortController): JobControl => {
    let breathed = performance.now();
    return {
      signal: abort.signal,
      progress: async (step, done, total) => {
        if (performance.now() - breathed > BREATH || done >= total) {
          desk.emit('work.progress', { jobId, call, step, done, total });
          await new Promise((resolve) => setImmediate(resolve));
          breathed = performance.now();
        }
        if (abort.signal.aborted) throw new ProblemError('request.cancelled');
      },
    };
  };

  const run = async (name: CallName, input: unknown, job: JobControl): Promise<Result<unknown>> => {
    // Asked only now: a command may have waited in line while the person signed out.
    const actor = desk.actor();
    if (!mayCall(calls[name], actor?.roles ?? null, desk.siteKind())) return fail('request.not-allowed');
    const handler = desk.handlerOf(name, calls[name].runs);
    if (!handler) return fail('site.not-founded');
    const result = (await handler(input, { actor, job })) as Result<unknown>;
    if (!result.ok) return result;
    if (calls[name].runs !== 'query') await desk.changed().catch((error: unknown) => desk.log(error, name));
    return { ok: true, value: calls[name].output.parse(result.value) };
  };

  const guarded = (name: CallName, work: () => Promise<Result<unknown>>): Promise<Result<unknown>> =>
    work().catch((raised: unknown) => {
      const error = asDatabaseProblem(asDiskProblem(raised));
      if (error instanceof ProblemError) {
        if (error.cause !== undefined) desk.log(error.cause, name);
        return { ok: false, problem: error.problem };
      }
      desk.log(error, name);
      return fail('internal');
    });

  const inLine = (work: () => Promise<Result<unknown>>): Promise<Result<unknown>> => {
    waiting += 1;
    const turn = tail.then(work).finally(() => {
      waiting -= 1;
      if (waiting === 0) desk.idle();
    });
    tail = turn.catch(() => undefined);
    return turn;
  };

  const runJob = async (name: CallName, input: unknown): Promise<Result<unknown>> => {
    const jobId = desk.newId();
    const abort = new AbortController();
    jobs.set(jobId, abort);
    try {
      return await run(name, input, control(name, jobId, abort));
    } finally {
      jobs.delete(jobId);
      desk.emit('work.finished', { jobId, call: name });
    }
  };

  /** Told once for each call, or whoever asks again and again would fill the journal. */
  const noteRefusal = (actor: Actor | null, name: CallName): void => {
    if (!actor || noted.has(`${actor.id} ${name}`)) return;
    noted.add(`${actor.id} ${name}`);
    const note = async (): Promise<Result<unknown>> => {
      desk.refused(actor, name);
      return ok({});
    };
    void inLine(note).catch((error: unknown) => desk.log(error, name));
  };

  return {
    async dispatch(name: unknown, input: unknown): Promise<Result<unknown>> {
      if (!isCallName(name)) return fail('request.malformed');
      const call = calls[name];
      const actor = desk.actor();
      if (!mayCall(call, actor?.roles ?? null, desk.siteKind())) {
        noteRefusal(actor, name);
        return fail('request.not-allowed');
      }
      const parsed = call.input.safeParse(input);
      if (!parsed.success) return fail('request.malformed', { at: parsed.error.issues[0]?.path.join('.') ?? '' });
      const work = (): Promise<Result<unknown>> => run(name, parsed.data, unwatched);
      if (call.runs === 'query') return guarded(name, work);
      if (jobs.size > 0) return fail('request.busy');
      return guarded(name, () => inLine(call.runs === 'job' ? () => runJob(name, parsed.data) : work));
    },
    cancel: (jobId: string): boolean => {
      const abort = jobs.get(jobId);
      abort?.abort();
      return abort !== undefined;
    },
    cancelAll: (): void => {
      for (const abort of jobs.values()) abort.abort();
    },
    isWriting: (): boolean => waiting > 0,
    /** Ends when everything in line has ended. */
    settled: async (): Promise<void> => {
      await tail;
    },
  };
}
export type Dispatcher = ReturnType<typeof dispatcher>;
