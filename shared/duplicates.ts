import { z } from 'zod';
import { command, query, type Role } from './call.ts';
import { personStatuses } from './code-tables.ts';
import { LedgerDate } from './dates.ts';
import { entryKind } from './entry.ts';
import type { ProblemKinds } from './problem-kind.ts';

export const duplicatesProblems = {
  'duplicates.one-file': 'input',
} as const satisfies ProblemKinds;

/** `same`: two files of one person; `different`: two people; `open`: an earlier judgement is withdrawn. */
export const verdicts = ['same', 'different', 'open'] as const;
export type Verdict = (typeof verdicts)[number];

const Reason = z.string().trim().min(1).max(500);

export const duplicatesEntries = {
  /**
   * What the bureau found of two files (查重). The later judgement counts. Neither file changes by it: whose record it
   * is says the station, and what was judged can be judged anew.
   */
  'duplicates.pair-judged': entryKind(
    z.strictObject({
      /** The two people's ids, the smaller first. */
      first: z.uuid(),
      second: z.uuid(),
      verdict: z.enum(verdicts),
      reason: Reason,
    }),
    { from: 'bureau', goes: 'own' },
  ),
};

/** Why two files may be one person's. */
export const grounds = ['residentId', 'badgeNo', 'birthDate'] as const;
export type Ground = (typeof grounds)[number];

const OneFile = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  /** Of whose strength; null is the bureau's own. */
  stationName: z.string().nullable(),
  status: personStatuses.schema,
  birthDate: LedgerDate.nullable(),
  badgeNo: z.string().nullable(),
});
export type OneFile = z.infer<typeof OneFile>;

export const DuplicatePair = z.strictObject({
  first: OneFile,
  second: OneFile,
  grounds: z.array(z.enum(grounds)),
  judged: z
    .strictObject({
      verdict: z.enum(['same', 'different']),
      reason: z.string(),
      at: z.iso.datetime(),
      byName: z.string().nullable(),
    })
    .nullable(),
});
export type DuplicatePair = z.infer<typeof DuplicatePair>;

/** Listed at once; judged pairs stand last, so that the others move up. */
export const MOST_PAIRS = 1000;

const judges = ['admin', 'cadre'] as const satisfies readonly Role[];

export const duplicatesCalls = {
  /** Pairs that are or may be one person's, those that nobody has judged first; of all people, or of one. */
  'duplicates.pairs': query({
    may: [...judges, 'leader'],
    at: 'bureau',
    input: z.strictObject({ person: z.uuid().nullable() }),
    output: z.array(DuplicatePair).max(MOST_PAIRS),
  }),
  'duplicates.judge': command({
    may: judges,
    at: 'bureau',
    input: z.strictObject({ persons: z.tuple([z.uuid(), z.uuid()]), verdict: z.enum(verdicts), reason: Reason }),
    output: z.strictObject({}),
  }),
};
