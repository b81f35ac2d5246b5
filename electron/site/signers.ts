import type { Db } from '../db/open.ts';
import { type Journal, SYSTEM } from '../journal/journal.ts';

/**
 * Tells a bureau's stations of every account key they have not been told of, once the common stream may be written to:
 * after a restore it rests for a while, and accounts go on meanwhile.
 */
export function announceSigners(db: Db, journal: Journal): void {
  if (!journal.takes('site.signer-announced')) return;
  const untold = db
    .prepare<[{ own: string }], { id: string; name: string; publicKey: string }>(
      `SELECT s.account_id AS id, s.name, s.public_key AS publicKey FROM signer s
       WHERE s.site = @own AND NOT EXISTS (
         SELECT 1 FROM entry e WHERE e.stream = @own || '/common' AND e.kind = 'site.signer-announced'
           AND e.line ->> '$.body.publicKey' = s.public_key
       ) ORDER BY s.account_id, s.public_key LIMIT 1000`,
    )
    .all({ own: journal.self.site });
  for (const signer of untold) journal.append('site.signer-announced', signer, SYSTEM);
}
