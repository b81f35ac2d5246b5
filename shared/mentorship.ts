import { z } from 'zod';
import { command, query } from './call.ts';
import { identityKinds } from './code-tables.ts';
import { entryKind, SiteCode } from './entry.ts';
import { importCalls } from './ledger-import.ts';
import { graduationResults, mentoredAbilities, stages } from './mentorship-tables.ts';
import { needsReason } from './mentorship-rules.ts';
import type { ProblemKinds } from './problem-kind.ts';

export const mentorshipProblems = {
  'mentorship.pair-unknown': 'input',
  'mentorship.person-unknown': 'input',
  'mentorship.own-apprentice': 'input',
  'mentorship.apprentice-taken': 'conflict',
  'mentorship.term-wrong': 'input',
  'mentorship.pair-ended': 'conflict',
  'mentorship.reason-missing': 'input',
  'mentorship.not-the-mentor': 'denied',
  'mentorship.not-the-apprentice': 'denied',
  'mentorship.period-in-future': 'input',
  'mentorship.period-outside-term': 'input',
  'mentorship.period-overlaps': 'conflict',
  'mentorship.rating-reason-missing': 'input',
  'mentorship.sign-off-unknown': 'input',
  'mentorship.already-acknowledged': 'conflict',
  'mentorship.not-acknowledged': 'conflict',
  'mentorship.already-seen': 'conflict',
} as const satisfies ProblemKinds;

const words = (max: number) => z.string().trim().min(1).max(max);
const Id = z.uuid();
const Day = z.iso.date();

/** A pair (师徒结对) and its term, both days included. */
const pairFacts = {
  mentor: Id,
  apprentice: Id,
  startsOn: Day,
  endsOn: Day,
  agreement: z.string().trim().max(2000).nullable(),
};
export const Pair = z.strictObject({ id: Id, ...pairFacts });
export type Pair = z.infer<typeof Pair>;

const Rating = z.strictObject({
  ability: mentoredAbilities.schema,
  rating: z.int().min(1).max(5),
  reason: z.string().trim().max(500).nullable(),
});
export type Rating = z.infer<typeof Rating>;

/** Ratings at either end without the words they need. */
export const unexplained = (ratings: readonly Rating[]): readonly Rating[] =>
  ratings.filter(({ rating, reason }) => needsReason(rating) && (reason ?? '') === '');

const Ratings = z
  .array(Rating)
  .length(mentoredAbilities.entries.length)
  .refine((list) => new Set(list.map(({ ability }) => ability)).size === list.length);

/** What a mentor signs for a period. */
const signOffFacts = {
  pair: Id,
  stage: stages.schema,
  from: Day,
  to: Day,
  tasks: z.array(words(100)).min(1).max(40),
  ratings: Ratings,
  comment: words(1000),
};

export const mentorshipEntries = {
  'mentorship.pair-formed': entryKind(z.strictObject({ ...Pair.shape, imported: z.boolean() }), { from: 'station' }),
  'mentorship.pair-extended': entryKind(z.strictObject({ pair: Id, endsOn: Day, reason: words(500) }), {
    from: 'station',
  }),
  'mentorship.pair-ended': entryKind(z.strictObject({ pair: Id, endedOn: Day, reason: words(500) }), {
    from: 'station',
  }),
  /** 出师考核. */
  'mentorship.examined': entryKind(
    z.strictObject({ pair: Id, on: Day, result: graduationResults.schema, comment: words(1000) }),
    { from: 'station' },
  ),
  'mentorship.signed-off': entryKind(
    z.strictObject({ id: Id, ...signOffFacts, ratings: Ratings.refine((list) => unexplained(list).length === 0) }),
    {
      from: 'station',
      signed: true,
    },
  ),
  'mentorship.sign-off-withdrawn': entryKind(z.strictObject({ signOff: Id, reason: words(500) }), {
    from: 'station',
    signed: true,
  }),
  'mentorship.acknowledged': entryKind(
    z.strictObject({ signOff: Id, comment: words(1000), mentoring: z.int().min(1).max(5) }),
    { from: 'station', signed: true },
  ),
  'mentorship.seen': entryKind(z.strictObject({ signOff: Id, note: z.string().trim().max(500).nullable() }), {
    from: 'station',
    signed: true,
  }),
};

/**
 * planned 未开始, open 带教中, expired 期满 with no examination yet, graduated 出师, ended 解除. Only an open or expired
 * pair can be signed for.
 */
export const pairStates = ['planned', 'open', 'expired', 'graduated', 'ended'] as const;
export type PairState = (typeof pairStates)[number];

/** Whether what is missing in a pair can still be signed. */
export const goesOn = ({ state }: { readonly state: PairState }): boolean => state === 'open' || state === 'expired';

const PersonName = z.strictObject({ id: Id, name: z.string() });
const Missing = z.strictObject({ from: Day, to: Day, isLate: z.boolean() });

export const PairRow = z.strictObject({
  id: Id,
  station: SiteCode,
  stationName: z.string(),
  mentor: PersonName,
  apprentice: PersonName,
  apprenticeIdentity: identityKinds.schema.nullable(),
  startsOn: Day,
  endsOn: Day,
  endedOn: Day.nullable(),
  result: graduationResults.schema.nullable(),
  stage: stages.schema,
  state: z.enum(pairStates),
  signOffs: z.int(),
  acknowledged: z.int(),
  seen: z.int(),
  lastTo: Day.nullable(),
  average: z.number().nullable(),
  /** Months that have passed without a sign-off, oldest first; none once the pair has ended. */
  missing: z.array(Missing),
});
export type PairRow = z.infer<typeof PairRow>;

export const SignOff = z.strictObject({
  id: Id,
  ...signOffFacts,
  signedAt: z.iso.datetime(),
  acknowledgement: z.strictObject({ at: z.iso.datetime(), comment: z.string(), mentoring: z.int() }).nullable(),
  seenAt: z.iso.datetime().nullable(),
  seenNote: z.string().nullable(),
});
export type SignOff = z.infer<typeof SignOff>;

/** What happened to a pair beside its sign-offs; `on` is the day it is about. */
export const PairEvent = z.strictObject({
  kind: z.enum(['formed', 'imported', 'extended', 'examined', 'ended', 'withdrawn']),
  on: Day,
  words: z.string().nullable(),
  at: z.iso.datetime(),
  byName: z.string().nullable(),
});
export type PairEvent = z.infer<typeof PairEvent>;

export const PairDetail = z.strictObject({
  ...PairRow.shape,
  agreement: z.string().nullable(),
  /** Newest period first. */
  signOffList: z.array(SignOff),
  /** Oldest first. */
  events: z.array(PairEvent),
});
export type PairDetail = z.infer<typeof PairDetail>;

const Board = z.strictObject({
  /** New officers (first two years of service) with an open pair, of all of them. */
  newOfficers: z.int(),
  covered: z.int(),
  uncovered: z.array(PersonName),
  mentors: z.array(
    z.strictObject({ ...PersonName.shape, apprentices: z.int(), fits: z.enum(['few', 'fits', 'many']) }),
  ),
});
export type MentorshipBoard = z.infer<typeof Board>;

/**
 * Something to do, with the pair it is about and the other person's name. The mentor's: sign-off-due, sign-off-late; the
 * apprentice's: acknowledge; the chief's: see, unsigned (late), unacknowledged, pair-missing, term-ending.
 */
const Waiting = z.strictObject({
  kind: z.enum([
    'sign-off-due',
    'sign-off-late',
    'acknowledge',
    'see',
    'unsigned',
    'unacknowledged',
    'pair-missing',
    'term-ending',
  ]),
  pair: Id.nullable(),
  name: z.string(),
});

export const mentorshipCalls = {
  /** An officer finds only the pairs he is in. */
  'mentorship.listPairs': query({
    may: 'everyone',
    /** `openOnly`: those that can still be signed for. */
    input: z.strictObject({ openOnly: z.boolean() }),
    output: z.array(PairRow),
  }),
  'mentorship.getPair': query({ may: 'everyone', input: z.strictObject({ id: Id }), output: PairDetail }),
  /** What the apprentices have acknowledged and the chief has not yet seen, oldest period first. */
  'mentorship.listUnseen': query({
    may: ['chief'],
    at: 'station',
    input: z.strictObject({}),
    output: z.array(z.strictObject({ ...SignOff.shape, mentor: PersonName, apprentice: PersonName })),
  }),
  'mentorship.board': query({ may: 'everyone', input: z.strictObject({}), output: Board }),
  'mentorship.pairsOf': query({ may: 'everyone', input: z.strictObject({ personId: Id }), output: z.array(PairRow) }),
  'mentorship.waiting': query({ may: 'everyone', input: z.strictObject({}), output: z.array(Waiting) }),
  'mentorship.formPair': command({
    may: ['chief'],
    at: 'station',
    input: z.strictObject(pairFacts),
    output: z.strictObject({ id: Id }),
  }),
  'mentorship.extendPair': command({
    may: ['chief'],
    at: 'station',
    input: z.strictObject({ pair: Id, endsOn: Day, reason: z.string().trim().max(500) }),
    output: z.strictObject({}),
  }),
  'mentorship.endPair': command({
    may: ['chief'],
    at: 'station',
    input: z.strictObject({ pair: Id, endedOn: Day, reason: z.string().trim().max(500) }),
    output: z.strictObject({}),
  }),
  /** Graduation and dissolution end the pair on that day; a prolonged one is then extended. */
  'mentorship.examine': command({
    may: ['chief'],
    at: 'station',
    input: z.strictObject({ pair: Id, on: Day, result: graduationResults.schema, comment: words(1000) }),
    output: z.strictObject({}),
  }),
  /** The mentor's own act, under his own key. */
  'mentorship.signOff': command({
    may: 'everyone',
    at: 'station',
    input: z.strictObject(signOffFacts),
    output: z.strictObject({ id: Id }),
  }),
  /** Before the apprentice has acknowledged it. */
  'mentorship.withdrawSignOff': command({
    may: 'everyone',
    at: 'station',
    input: z.strictObject({ signOff: Id, reason: z.string().trim().max(500) }),
    output: z.strictObject({}),
  }),
  /** The apprentice's own act, under his own key. */
  'mentorship.acknowledge': command({
    may: 'everyone',
    at: 'station',
    input: z.strictObject({ signOff: Id, comment: words(1000), mentoring: z.int().min(1).max(5) }),
    output: z.strictObject({}),
  }),
  'mentorship.see': command({
    may: ['chief'],
    at: 'station',
    input: z.strictObject({ signOff: Id, note: z.string().trim().max(500).nullable() }),
    output: z.strictObject({}),
  }),
  ...importCalls('mentorship', { may: ['chief'], at: 'station' }),
};
