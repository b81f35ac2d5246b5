import { type SlicesProblemCode, slicesProblems } from './problems.ts';

export type { ProblemKind } from './problem-kind.ts';

/** Every failure a user can meet, by code, and what kind of reply it deserves. Codes are never reused or renamed. */
export const problemKinds = slicesProblems;
export type ProblemCode = SlicesProblemCode;

/** Ids, counts and codes that fill the text's places; never names, identity numbers or keys: it goes to logs. */
export type ProblemDetail = Readonly<Record<string, string | number | boolean>>;
export type Problem = { readonly code: ProblemCode; readonly detail?: ProblemDetail };

/** An answer, or the reason why there is none. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export const fail = (code: ProblemCode, detail?: ProblemDetail): Result<never> => ({
  ok: false,
  problem: detail ? { code, detail } : { code },
});

/** The answer, or its problem thrown; for work that another function turns into a result again. */
export function orThrow<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new ProblemError(result.problem.code, result.problem.detail);
}

/** An expected failure on its way out of a transaction or a stream; dispatch turns it back into its problem. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(code: ProblemCode, detail?: ProblemDetail, options?: ErrorOptions) {
    super(code, options);
    this.name = 'ProblemError';
    this.problem = detail ? { code, detail } : { code };
  }
}
