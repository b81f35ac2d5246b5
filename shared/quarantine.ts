import { z } from 'zod';
import { command, job, query } from './call.ts';
import { entryKind, StreamId } from './entry.ts';
import { ReceiptDecision } from './manifest.ts';
import type { ProblemKinds } from './problem-kind.ts';

export const quarantineProblems = {
  'quarantine.entry-unknown': 'input',
  'quarantine.answered-already': 'conflict',
} as const satisfies ProblemKinds;

const Place = z.strictObject({ stream: StreamId, seq: z.int().positive() });
const Words = z.string().trim().min(1).max(500);

export const quarantineEntries = {
  /** The bureau's decision on an entry it holds but has not taken in; the next receipt carries the latest. */
  'quarantine.decided': entryKind(
    z.strictObject({
      ...Place.shape,
      /** Counts the decisions on this entry, from 1. */
      round: z.int().positive(),
      verdict: z.enum(['accepted', 'returned', 'refused']),
      words: z.string().max(500),
    }),
    { from: 'bureau' },
  ),
  /** What the station did about its entry: the answer to the decision of that round, 0 where none had come yet. */
  'quarantine.answered': entryKind(
    z.strictObject({ seq: z.int().positive(), round: z.int().nonnegative(), words: Words }),
    { from: 'station' },
  ),
  /** Somebody read a confidential entry: once per account, entry and day. */
  'quarantine.opened': entryKind(z.strictObject({ ...Place.shape, on: z.iso.date() }), { from: 'both' }),
};

/**
 * What is to be done about an entry: the bureau has to decide (`open`, and anew once `answered`), the station has to
 * answer (`returned`), or it stays outside for good (`refused`).
 */
export const quarantineStates = ['open', 'answered', 'returned', 'refused'] as const;
export type QuarantineState = (typeof quarantineStates)[number];

/** An entry as the list shows it; a confidential one only as such. */
const Row = {
  seq: z.int(),
  kind: z.string(),
  code: z.string(),
  at: z.iso.datetime(),
  state: z.enum(quarantineStates),
};
const CountyRow = z.strictObject({ ...Place.shape, ...Row, station: z.string() });
export type CountyRow = z.infer<typeof CountyRow>;

const OwnRow = z.strictObject({
  ...Row,
  /** Null while the bureau has not decided. */
  verdict: ReceiptDecision.shape.verdict.nullable(),
  /** The station has said what it did about it, and nothing new has come since. */
  isClosed: z.boolean(),
});
export type OwnRow = z.infer<typeof OwnRow>;

const Said = { at: z.iso.datetime(), by: z.string(), words: z.string() };

/** An entry in quarantine with everything that was said about it. */
const JudgedEntry = z.strictObject({
  ...Place.shape,
  ...Row,
  station: z.string(),
  by: z.string(),
  /** With identity numbers masked, as in every list. */
  body: z.record(z.string(), z.json()),
  /** Names of the people whose ids stand in the body. */
  names: z.record(z.string(), z.string()),
  talk: z.array(
    z.discriminatedUnion('from', [
      z.strictObject({ from: z.literal('bureau'), verdict: ReceiptDecision.shape.verdict, ...Said }),
      z.strictObject({ from: z.literal('station'), ...Said }),
    ]),
  ),
});
export type JudgedEntry = z.infer<typeof JudgedEntry>;

const judges = ['admin', 'cadre', 'inspector'] as const;
const reporters = ['chief', 'trainer', 'inspector'] as const;

export const quarantineCalls = {
  /** Everything the bureau holds of its stations without having taken it in. */
  'quarantine.county': query({
    may: [...judges, 'leader'],
    at: 'bureau',
    input: z.strictObject({}),
    output: z.array(CountyRow),
  }),
  /** This station's entries that the bureau has not taken in, as its last receipt says. */
  'quarantine.own': query({
    may: reporters,
    at: 'station',
    input: z.strictObject({}),
    output: z.array(OwnRow),
  }),
  /**
   * One of them, with its body. A confidential one is `request.not-allowed` to those who may not know of it, and reading
   * it is written down; hence a command.
   */
  'quarantine.openEntry': command({
    may: [...judges, 'leader', ...reporters],
    input: Place,
    output: JudgedEntry,
  }),
  /** Judges entries again, as after an update: makes all tables anew where one is taken. `journal.displaces-others`. */
  'quarantine.reconsider': job({
    may: judges,
    at: 'bureau',
    input: z.strictObject({ entries: z.array(Place).min(1).max(5000) }),
    output: z.strictObject({ accepted: z.int(), kept: z.int() }),
  }),
  /** Sends an entry back with a question, or keeps it outside for good. */
  'quarantine.decide': command({
    may: judges,
    at: 'bureau',
    input: z.strictObject({ ...Place.shape, verdict: ReceiptDecision.shape.verdict, words: Words }),
    output: z.strictObject({}),
  }),
  /** Says what was done about an entry, and closes it at the station. */
  'quarantine.answer': command({
    may: reporters,
    at: 'station',
    input: z.strictObject({ seq: z.int().positive(), words: Words }),
    output: z.strictObject({}),
  }),
};
