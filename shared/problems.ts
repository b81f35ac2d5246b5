import { baseProblems } from './base-problems.ts';
import { disciplineProblems } from './discipline.ts';
import { handoffProblems } from './handoff.ts';
import { mentorshipProblems } from './mentorship.ts';
import { rosterProblems } from './roster.ts';
import { siteProblems } from './site.ts';
import { trainingProblems } from './training.ts';

/** The sum of what can go wrong anywhere. */
export const slicesProblems = {
  ...baseProblems,
  ...siteProblems,
  ...rosterProblems,
  ...trainingProblems,
  ...mentorshipProblems,
  ...disciplineProblems,
  ...handoffProblems,
};
export type SlicesProblemCode = keyof typeof slicesProblems;
