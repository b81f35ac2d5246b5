import { backupProblems } from './backup.ts';
import { baseProblems } from './base-problems.ts';
import { commentsProblems } from './comments.ts';
import { diagnosisProblems } from './diagnosis.ts';
import { disciplineProblems } from './discipline.ts';
import { duplicatesProblems } from './duplicates.ts';
import { handoffProblems } from './handoff.ts';
import { mediaProblems } from './media.ts';
import { mentorshipProblems } from './mentorship.ts';
import { quarantineProblems } from './quarantine.ts';
import { rosterProblems } from './roster.ts';
import { siteProblems } from './site.ts';
import { siteHelpProblems } from './site-help.ts';
import { trainingProblems } from './training.ts';

/** The sum of what can go wrong anywhere. */
export const slicesProblems = {
  ...baseProblems,
  ...siteProblems,
  ...siteHelpProblems,
  ...rosterProblems,
  ...duplicatesProblems,
  ...trainingProblems,
  ...mentorshipProblems,
  ...disciplineProblems,
  ...commentsProblems,
  ...handoffProblems,
  ...quarantineProblems,
  ...mediaProblems,
  ...backupProblems,
  ...diagnosisProblems,
};
export type SlicesProblemCode = keyof typeof slicesProblems;
