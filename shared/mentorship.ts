import type { ProblemKinds } from './problem-kind.ts';

export const mentorshipProblems = {} as const satisfies ProblemKinds;
export const mentorshipEntries = {};
export const mentorshipCalls = {};
