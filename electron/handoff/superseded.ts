import type { Peeked } from '../bundle/peek-package.ts';
import type { Db } from '../db/open.ts';

/** What a key that its station gave up has signed of what came after: it is not believed, whenever that comes to light. */
export function supersededKeys(db: Db) {
  // The change may have come in an early bundle, and be held like it.
  const givenUp = db.prepare<{ from: string; signer: string; last: number }, { seq: number }>(`
    SELECT seq FROM key_change WHERE site = @from AND former = @signer AND seq <= @last
    UNION ALL SELECT seq FROM held WHERE stream = @from AND seq <= @last
      AND instr(line, '"kind":"site.keys-changed"') > 0 AND line ->> '$.body.former' = @signer
    LIMIT 1`);
  // Held entries that no bundle brought but those the key of which was given up before their end; hardly ever is there one.
  const letGo = db.prepare<[{ site: string }]>(`
    DELETE FROM held WHERE stream = @site AND EXISTS (
      SELECT 1 FROM key_change k JOIN bundle_in b ON b.site = k.site AND b.signer = k.former AND b.held > 0 AND k.seq <= b.last
      WHERE k.site = @site
    ) AND (
      SELECT min(EXISTS (SELECT 1 FROM key_change k WHERE k.site = b.site AND k.former = b.signer AND k.seq <= b.last))
      FROM bundle_in b WHERE b.site = @site AND b.held > 0 AND held.seq BETWEEN b.first AND b.last
    ) = 1`);

  return {
    /** Whether the key that signed the bundle was given up before the bundle's last entry. */
    isSuperseded: ({ manifest: { from, streams }, signer }: Peeked): boolean => {
      const last = Math.max(0, ...streams.map((range) => range.last));
      return givenUp.get({ from, signer, last }) !== undefined;
    },
    /** Lets go of what was held of such bundles; answers how many entries. */
    letGo: (site: string): number => letGo.run({ site }).changes,
  };
}
