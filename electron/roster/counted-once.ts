import { isActive, type PersonFacts } from '../../shared/person.ts';
import type { Db } from '../db/open.ts';

/** What the figures need of a file. */
type Counted = {
  readonly id: string;
  readonly status: PersonFacts['status'];
  readonly identityKind: PersonFacts['identityKind'];
  readonly qualified: 0 | 1;
};
type Pair = { readonly first: string; readonly second: string };

/** The files left over where the bureau judged several to be one person's: all but one, rather one still on a strength. */
export function surplusFiles(db: Db): () => Counted[] {
  const same = db.prepare<[], Pair>(`SELECT first, second FROM duplicate_judgement WHERE verdict = 'same'`);
  const file = db.prepare<[string], Counted>(
    `SELECT id, status, identity_kind AS identityKind, qualification_level IS NOT NULL AS qualified
     FROM person WHERE id = ?`,
  );
  return () =>
    groupsOf(same.all()).flatMap((group) => {
      const files = group.flatMap((id) => file.get(id) ?? []);
      const kept = files.find(({ status }) => isActive(status)) ?? files[0];
      return files.filter((one) => one !== kept);
    });
}

/** People's files, by who is who: what is one with a third is one with the second. */
function groupsOf(pairs: readonly Pair[]): string[][] {
  const groupOf = new Map<string, Set<string>>();
  for (const { first, second } of pairs) {
    const joined = new Set([first, second, ...(groupOf.get(first) ?? []), ...(groupOf.get(second) ?? [])]);
    for (const id of joined) groupOf.set(id, joined);
  }
  return [...new Set(groupOf.values())].map((group) => [...group].sort());
}
