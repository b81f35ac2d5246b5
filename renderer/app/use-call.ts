import { useCallback, useEffect, useState } from 'react';
import type { CallName, Input, Output } from '../../shared/contract.ts';
import type { Problem } from '../../shared/problem.ts';
import { api } from './api.ts';
import { useMay } from './may.ts';
import { useSession } from './session.ts';

/** What a question has brought so far; the last answer stays while a newer one is under way. */
export type Answer<T> = {
  readonly value: T | null;
  readonly problem: Problem | null;
  readonly loading: boolean;
  readonly reload: () => void;
};

/**
 * Asks, and asks again when the input changes or anything was written. Asks nothing when `input` is null or the
 * signed-in person may not ask it.
 */
export function useCall<N extends CallName>(name: N, input: Input<N> | null): Answer<Output<N>> {
  const may = useMay(name);
  const revision = useSession((session) => session.revision);
  const [again, setAgain] = useState(0);
  const [answer, setAnswer] = useState<Answered<Output<N>>>(nothing);
  // Inputs are plain JSON: equal text, equal question.
  const key = input === null || !may ? null : JSON.stringify(input);
  const question = key === null ? null : `${name} ${revision} ${again} ${key}`;

  useEffect(() => {
    if (key === null) return;
    let current = true;
    void api.call(name, JSON.parse(key) as Input<N>).then((result) => {
      if (!current) return;
      setAnswer(
        result.ok
          ? { question, value: result.value, problem: null }
          : { question, value: null, problem: result.problem },
      );
    });
    return () => {
      current = false;
    };
  }, [name, key, question]);

  const reload = useCallback(() => setAgain((count) => count + 1), []);
  const { value, problem } = answer;
  return { value, problem, loading: question !== null && answer.question !== question, reload };
}

type Answered<T> = { readonly question: string | null; readonly value: T | null; readonly problem: Problem | null };
const nothing = { question: null, value: null, problem: null };
