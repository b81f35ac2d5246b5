import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallName, EventPayload, Input, Output } from '../../shared/contract.ts';
import type { Problem } from '../../shared/problem.ts';
import { isAct } from './acts.ts';
import { api } from './api.ts';
import { useSession } from './session.ts';
import { outliving } from './unheard.ts';

/** How far something is that a person does. */
export type Doing = {
  readonly busy: boolean;
  readonly problem: Problem | null;
};

export type Action<N extends CallName> = Doing & {
  /** The answer, or null when it was refused; `problem` then says why. */
  readonly run: (input: Input<N>) => Promise<Output<N> | null>;
  readonly clear: () => void;
};

/** Something the person does: one at a time, its refusal kept beside it. */
export function useAction<N extends CallName>(name: N): Action<N> {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const written = useSession((session) => session.written);
  const run = useCallback(
    async (input: Input<N>): Promise<Output<N> | null> => {
      setBusy(true);
      setProblem(null);
      const result = await outliving(name, () => api.call(name, input));
      const hasWritten = result.ok && (await isAct(name));
      setBusy(false);
      if (!result.ok) {
        setProblem(result.problem);
        return null;
      }
      if (hasWritten) written();
      return result.value;
    },
    [name, written],
  );
  const clear = useCallback(() => setProblem(null), []);
  return { run, busy, problem, clear };
}

export type JobProgress = Omit<EventPayload<'work.progress'>, 'jobId' | 'call'>;
export type Job<N extends CallName> = Action<N> & {
  /** Null until the core tells the first step. */
  readonly progress: JobProgress | null;
  readonly cancel: () => void;
};

/** A long action with its progress. The core runs one job at a time, so the call's name tells whose progress it is. */
export function useJob<N extends CallName>(name: N): Job<N> {
  const action = useAction(name);
  const [progress, setProgress] = useState<JobProgress | null>(null);
  const jobId = useRef<string | null>(null);
  useEffect(
    () =>
      api.on('work.progress', ({ jobId: id, call, ...told }) => {
        if (call !== name) return;
        jobId.current = id;
        setProgress(told);
      }),
    [name],
  );
  const { run: start } = action;
  const run = useCallback(
    async (input: Input<N>) => {
      setProgress(null);
      jobId.current = null;
      return start(input);
    },
    [start],
  );
  const cancel = useCallback(() => {
    if (jobId.current) void api.call('work.cancelJob', { jobId: jobId.current });
  }, []);
  return { ...action, run, progress, cancel };
}
