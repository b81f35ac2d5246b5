import type { ProblemKinds } from './problem-kind.ts';

export const disciplineProblems = {} as const satisfies ProblemKinds;
export const disciplineEntries = {};
export const disciplineCalls = {};
