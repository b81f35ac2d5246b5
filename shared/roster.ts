import type { ProblemKinds } from './problem-kind.ts';

export const rosterProblems = {} as const satisfies ProblemKinds;
export const rosterEntries = {};
export const rosterCalls = {};
