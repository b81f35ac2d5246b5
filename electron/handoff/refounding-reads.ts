import type { StationRow } from '../../shared/handoff.ts';
import type { Db } from '../db/open.ts';
import type { Listed } from '../ipc/may-know.ts';

type Parted = Omit<NonNullable<StationRow['fork']>, 'entries'>;

/** Which computers are out of use, which took their place, and where a station's history parted. */
export function refoundingReads(db: Db) {
  const successor = db.prepare<[string], { code: string }>('SELECT code FROM site WHERE former = ?');
  const former = db.prepare<[string], { former: string | null }>('SELECT former FROM site WHERE code = ?');
  const fork = db.prepare<[string], Parted & { found: number }>(
    `SELECT max(number) AS number, min(parted_at) AS seq, min(since) AS since, count(*) AS found FROM fork WHERE site = ?`,
  );
  const asideByKind = db.prepare<[string], { kind: string; n: number }>(
    `SELECT line ->> '$.kind' AS kind, count(*) AS n FROM kept_aside WHERE stream = ? AND verdict IS NULL
     GROUP BY 1 ORDER BY 1`,
  );
  const asideOf = db.prepare<[string, string], Listed>(
    `SELECT line ->> '$.kind' AS kind, line ->> '$.by' AS author, line FROM kept_aside
     WHERE stream = ? AND line ->> '$.kind' = ? AND verdict IS NULL`,
  );
  const nameOf = db.prepare<[{ site: string }], { name: string }>(
    `SELECT name FROM site s WHERE kind = 'station' AND substr(code, 1, 13) = substr(@site, 1, 13)
     ORDER BY code = @site DESC,
       EXISTS (SELECT 1 FROM known_down k WHERE k.site = @site AND (k.stream = s.code OR k.stream LIKE '%/' || s.code)) DESC,
       length(code) DESC, code DESC LIMIT 1`,
  );
  const outOfUse = db.prepare<[string], { site: string }>('SELECT site FROM out_of_use WHERE site = ?');

  return {
    /**
     * A computer's station; of one that this database has forgotten, that of those it showed to follow on, another of
     * its organ, or the organ's code.
     */
    nameOf: (site: string): string => nameOf.get({ site })?.name ?? site.slice(0, 12),
    /** Where its second history parts, as far as it came here. */
    forkOf(site: string): Parted | null {
      const { found, ...parted } = fork.get(site) ?? { found: 0, number: 0, seq: 0, since: '' };
      return found === 0 ? null : parted;
    },
    /** How many entries are set aside of each kind, and those of one kind. */
    asideByKind: (site: string) => asideByKind.all(site),
    asideOf: (site: string, kind: string): Iterable<Listed> => asideOf.iterate(site, kind),
    /** The computer that took this one's place. */
    successorOf: (site: string): string | null => successor.get(site)?.code ?? null,
    /** The computers a station had before this one, oldest first. */
    formerOf(site: string): string[] {
      const codes: string[] = [];
      for (let code = former.get(site)?.former; code; code = former.get(code)?.former) codes.unshift(code);
      return codes;
    },
    /** Whether the computer was put out of use, or another one took its place. */
    isRevoked: (site: string): boolean => outOfUse.get(site) !== undefined,
  };
}
