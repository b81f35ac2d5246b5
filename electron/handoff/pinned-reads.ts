import type { Db } from '../db/open.ts';

/** The keys that the site of `stream` trusts other sites by; what other streams say of keys is theirs. */
export function pinnedReads(db: Db) {
  const current = db.prepare<[string, string], { signPublicKey: string; recipient: string }>(
    `SELECT sign_public_key AS signPublicKey, recipient FROM pinned_key
     WHERE stream = ? AND site = ? AND recipient IS NOT NULL ORDER BY seq DESC LIMIT 1`,
  );
  const all = db.prepare<[string, string], { signPublicKey: string; recipient: string | null }>(
    `SELECT sign_public_key AS signPublicKey, recipient FROM pinned_key
     WHERE stream = ? AND site = ? ORDER BY seq DESC, place LIMIT 1000`,
  );
  return {
    /** Those a package is sealed to and written under today. */
    pinned: (stream: string, site: string) => current.get(stream, site) ?? null,
    /** Today's and all former ones, newest first. */
    pinnedKeys: (stream: string, site: string) => all.all(stream, site),
  };
}
