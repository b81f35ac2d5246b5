import type { ProblemKinds } from './problem-kind.ts';

export const trainingProblems = {} as const satisfies ProblemKinds;
export const trainingEntries = {};
export const trainingCalls = {};
