import type { z } from 'zod';
import { type PersonComment, commentsEntries } from '../../shared/comments.ts';
import { ProblemError } from '../../shared/problem.ts';
import type { Db } from '../db/open.ts';
import { type EntryMeta, projection } from '../journal/projection.ts';

type Kinds = typeof commentsEntries;
type Body<K extends keyof Kinds> = z.output<Kinds[K]['body']>;

/** What people say of their files. That each spoke for himself is checked wherever an entry arrives. */
export const commentsProjection = projection({
  name: 'comments',
  version: 2,
  kinds: commentsEntries,
  tables: ['person_comment'],
  schema: `
    CREATE TABLE person_comment (
      stream TEXT NOT NULL,
      id TEXT NOT NULL,
      person TEXT NOT NULL,
      words TEXT NOT NULL,
      at TEXT NOT NULL,
      by TEXT NOT NULL,
      answer TEXT,
      answered_at TEXT,
      answered_by TEXT,
      PRIMARY KEY (stream, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX person_comment_by_person ON person_comment (person, at);
  `,
  prepare: (db) => {
    // The account as it stood in its own stream when the entry was written.
    const personOf = db.prepare<[string, string], { personId: string | null }>(
      'SELECT person_id AS personId FROM account WHERE stream = ? AND id = ?',
    );
    const insert = db.prepare(
      'INSERT INTO person_comment (stream, id, person, words, at, by) VALUES (@stream, @id, @person, @words, @at, @by)',
    );
    const commented = db.prepare<[string, string], { person: string; isAnswered: 0 | 1 }>(
      'SELECT person, answer IS NOT NULL AS isAnswered FROM person_comment WHERE stream = ? AND id = ?',
    );
    const answer = db.prepare(
      `UPDATE person_comment SET answer = @words, answered_at = @at, answered_by = @by
       WHERE stream = @stream AND id = @comment`,
    );
    return {
      'comments.comment-written': (
        body: Body<'comments.comment-written'>,
        { owner: stream, home, at, by }: EntryMeta,
      ) => {
        if (personOf.get(home, by)?.personId !== body.person) throw new ProblemError('comments.not-ones-own');
        insert.run({ ...body, stream, at, by });
      },
      'comments.comment-answered': (
        body: Body<'comments.comment-answered'>,
        { owner: stream, home, at, by }: EntryMeta,
      ) => {
        const comment = commented.get(stream, body.comment);
        if (!comment) throw new ProblemError('comments.comment-unknown');
        if (comment.isAnswered) throw new ProblemError('comments.already-answered');
        if (personOf.get(home, by)?.personId === comment.person) throw new ProblemError('comments.own-comment');
        answer.run({ ...body, stream, at, by });
      },
    };
  },
});

type Row = Pick<PersonComment, 'id' | 'words' | 'at'> & {
  readonly answer: string | null;
  readonly answeredAt: string | null;
  readonly byName: string | null;
};

type Unanswered = { readonly id: string; readonly personId: string; readonly name: string; readonly at: string };

export type CommentsStore = ReturnType<typeof commentsStore>;

export function commentsStore(db: Db) {
  const ofPerson = db.prepare<[string], Row>(
    `SELECT c.id, c.words, c.at, c.answer, c.answered_at AS answeredAt, 
       (SELECT a.name FROM account a WHERE a.id = c.answered_by LIMIT 1) AS byName
     FROM person_comment c
     WHERE c.person = ? ORDER BY c.at DESC, c.id LIMIT 500`,
  );
  const unanswered = db.prepare<[string, string | null], Unanswered>(
    `SELECT c.id, c.person AS personId, p.name, c.at
     FROM person_comment c JOIN person p ON p.id = c.person
     WHERE c.stream = ? AND c.answer IS NULL AND c.person IS NOT ? ORDER BY c.at, c.id LIMIT 200`,
  );
  return {
    ofPerson: (person: string): PersonComment[] => ofPerson.all(person).map(viewOf),
    /** Those of one's own site that wait for somebody other than the person. */
    unanswered: (stream: string, notOf: string | null): Unanswered[] => unanswered.all(stream, notOf),
  };
}

const viewOf = ({ answer, answeredAt, byName, ...comment }: Row): PersonComment => ({
  ...comment,
  answer: answer === null || answeredAt === null ? null : { words: answer, at: answeredAt, byName },
});
