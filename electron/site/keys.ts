import { createHash, randomBytes } from 'node:crypto';
import type { SiteKind } from '../../shared/call.ts';
import { vouchedFor } from '../bundle/key-changes.ts';
import { type AgeKind, newIdentity, recipientOf } from '../crypto/age-keys.ts';
import { exportSigningKey, importSigningKey, newSigningKey, publicKeyOf } from '../crypto/ed25519.ts';
import type { Db } from '../db/open.ts';
import { secretsOf } from '../db/secrets.ts';
import type { Author, Journal } from '../journal/journal.ts';

export type SiteKeys = { readonly signPublicKey: string; readonly recipient: string };

/** New keys that are nobody's yet. */
async function newSiteKeys(kind: AgeKind) {
  const signing = newSigningKey();
  const identity = await newIdentity(kind);
  const keys: SiteKeys = { signPublicKey: signing.publicKey, recipient: await recipientOf(identity) };
  const keep = (db: Db): void => {
    const secrets = secretsOf(db);
    secrets.put('site-signing-key', exportSigningKey(signing.privateKey));
    secrets.put('site-identity', Buffer.from(identity, 'utf8'));
  };
  return { keys, keep };
}

/** Makes a new site's own keys inside its database, and at a bureau what its kits draw their secrets from. */
export async function makeSiteKeys(db: Db, kind: AgeKind, siteKind: SiteKind): Promise<SiteKeys> {
  const { keys, keep } = await newSiteKeys(kind);
  keep(db);
  if (siteKind === 'bureau') secretsOf(db).put('kit-root', randomBytes(32));
  return keys;
}

/**
 * Puts new keys in the place of the site's own. The former signing key vouches for them and is gone; the former identity
 * stays, for what was sealed to it and opens later.
 */
export async function changeSiteKeys(
  { db, journal }: { readonly db: Db; readonly journal: Journal },
  site: { readonly name: string; readonly recipient: string },
  spec: { readonly kind: AgeKind; readonly reason: string; readonly author: Author },
): Promise<SiteKeys> {
  const { reason, author } = spec;
  const secrets = secretsOf(db);
  const [signing, identity] = [secrets.get('site-signing-key'), secrets.get('site-identity')];
  if (!signing || !identity) throw new Error('a site without keys');
  const { keys, keep } = await newSiteKeys(spec.kind);
  const formerKey = importSigningKey(signing);
  const change = vouchedFor(journal.self.site, formerKey, { former: publicKeyOf(formerKey), ...keys });
  journal.together(() => {
    secrets.put(`former-identity/${site.recipient}`, identity);
    keep(db);
    journal.append('site.keys-changed', { ...change, reason }, author);
    if (journal.self.kind === 'bureau')
      journal.append('site.bureau-announced', { site: journal.self.site, name: site.name, ...keys }, author);
  });
  signing.fill(0);
  return keys;
}

/** What two people compare by voice: the digest of the raw signing key. */
export const keyCheck = (signPublicKey: string): string =>
  createHash('sha256').update(Buffer.from(signPublicKey, 'base64')).digest('hex');

/** The same of an age recipient, as it is written. */
export const recipientCheck = (recipient: string): string => createHash('sha256').update(recipient).digest('hex');
