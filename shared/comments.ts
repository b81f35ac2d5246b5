import { z } from 'zod';
import { command, query, type Role } from './call.ts';
import { entryKind } from './entry.ts';
import type { ProblemKinds } from './problem-kind.ts';

export const commentsProblems = {
  'comments.no-file': 'conflict',
  'comments.not-ones-own': 'denied',
  'comments.comment-unknown': 'input',
  'comments.already-answered': 'conflict',
  'comments.own-comment': 'denied',
} as const satisfies ProblemKinds;

const Id = z.uuid();
const Words = z.string().trim().min(1).max(2000);

export const commentsEntries = {
  /** 本人意见: what a person says of what his file holds. */
  'comments.comment-written': entryKind(z.strictObject({ id: Id, person: Id, words: Words }), {
    from: 'station',
    signed: true,
    closed: true,
  }),
  /** 答复: what the station says to it; there is one. */
  'comments.comment-answered': entryKind(z.strictObject({ comment: Id, words: Words }), {
    from: 'station',
    signed: true,
    closed: true,
  }),
};

/** Who reads and answers what people say of their files; nobody else but the person himself. */
export const commentReaders = ['chief', 'trainer', 'admin', 'cadre'] as const satisfies readonly Role[];
const answerers = ['chief', 'trainer'] as const satisfies readonly Role[];

export const PersonComment = z.strictObject({
  id: Id,
  words: z.string(),
  at: z.iso.datetime(),
  answer: z.strictObject({ words: z.string(), at: z.iso.datetime(), byName: z.string().nullable() }).nullable(),
});
export type PersonComment = z.infer<typeof PersonComment>;

const done = z.strictObject({});

export const commentsCalls = {
  /** Newest first; one's own, or for those who answer them. */
  'comments.commentsOf': query({
    may: 'everyone',
    input: z.strictObject({ personId: Id }),
    output: z.array(PersonComment),
  }),
  'comments.writeComment': command({
    may: 'everyone',
    at: 'station',
    input: z.strictObject({ words: Words }),
    output: done,
  }),
  'comments.answerComment': command({
    may: answerers,
    at: 'station',
    input: z.strictObject({ comment: Id, words: Words }),
    output: done,
  }),
  /** What nobody has answered yet, oldest first; one's own left out. */
  'comments.waiting': query({
    may: answerers,
    at: 'station',
    input: z.strictObject({}),
    output: z.array(z.strictObject({ id: Id, personId: Id, name: z.string(), at: z.iso.datetime() })),
  }),
};
