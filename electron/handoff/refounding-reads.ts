import type { StationRow } from '../../shared/handoff.ts';
import type { Db } from '../db/open.ts';

/** Which computers are out of use, which took their place, and where a station's history parted. */
export function refoundingReads(db: Db) {
  const successor = db.prepare<[string], { code: string }>('SELECT code FROM site WHERE former = ?');
  const former = db.prepare<[string], { former: string | null }>('SELECT former FROM site WHERE code = ?');
  const fork = db.prepare<[string], Exclude<StationRow['fork'], null> & { found: number }>(
    `SELECT max(number) AS number, min(parted_at) AS seq, min(since) AS since, sum(entries) AS entries, count(*) AS found
     FROM fork WHERE site = ?`,
  );
  const revoked = db.prepare<[string], { at: string }>('SELECT at FROM revoked WHERE site = ?');

  return {
    /** Its second history, as far as it came here. */
    forkOf(site: string): StationRow['fork'] {
      const { found = 0, ...parted } = fork.get(site) ?? {};
      return found === 0 ? null : (parted as Exclude<StationRow['fork'], null>);
    },
    /** The computer that took this one's place. */
    successorOf: (site: string): string | null => successor.get(site)?.code ?? null,
    /** The computers a station had before this one, oldest first. */
    formerOf(site: string): string[] {
      const codes: string[] = [];
      for (let code = former.get(site)?.former; code; code = former.get(code)?.former) codes.unshift(code);
      return codes;
    },
    /** Whether the computer was put out of use. */
    isRevoked: (site: string): boolean => revoked.get(site) !== undefined,
  };
}
