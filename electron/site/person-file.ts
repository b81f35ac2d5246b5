import type { Db } from '../db/open.ts';

/**
 * What belongs to a person's file (一人一档) by id: himself, his accounts, his sessions, pairs and sign-offs. Incidents are
 * left out: who may know of one sees its history there, and nobody else learns of it by looking for the person.
 */
export function fileOf(db: Db) {
  const ids = db.prepare<[{ person: string }], { id: string }>(`
    SELECT @person AS id
    UNION SELECT id FROM account WHERE person_id = @person
    UNION SELECT session_id FROM training_attendance WHERE person_id = @person
    UNION SELECT id FROM training_session WHERE withdrawn = 1 AND instr(facts, @person) > 0
    UNION SELECT id FROM mentor_pair WHERE mentor = @person OR apprentice = @person
    UNION SELECT s.id FROM mentor_sign_off s JOIN mentor_pair p ON p.stream = s.stream AND p.id = s.pair
      WHERE p.mentor = @person OR p.apprentice = @person
    LIMIT 20000`);
  return { idsOf: (person: string): ReadonlySet<string> => new Set(ids.all({ person }).map(({ id }) => id)) };
}
