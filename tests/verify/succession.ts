import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { KeyChange, Manifest } from './manifest.ts';
import { canonicalBytes } from './published.ts';
import { isRecipient } from './recipient.ts';
import { must, Refusal } from './refusal.ts';

/** A raw Ed25519 public key in base64. */
export function ed25519Key(base64: string): KeyObject {
  const raw = Buffer.from(base64, 'base64');
  if (raw.length !== 32) throw new Refusal('bundle.manifest-invalid', 'public key');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' });
}

export const isKeyChange = (body: Readonly<Record<string, unknown>>): body is KeyChange =>
  ['former', 'signPublicKey', 'recipient', 'sig'].every((field) => typeof body[field] === 'string');

/** Section 8: whether the former key vouches for the new ones of its site. */
export function isVouchedFor(site: string, { former, signPublicKey, recipient, sig }: KeyChange): boolean {
  const what = 'lijing key change v1';
  const statement = canonicalBytes({ former, recipient, signPublicKey, site, what });
  return verify(null, statement, ed25519Key(former), Buffer.from(sig, 'base64'));
}

/** The keys trusted, the latest first, and those the manifest's succession leads to from them. */
export function withSuccession(trusted: readonly KeyObject[], { from, succession = [] }: Manifest): KeyObject[] {
  const keys = [...trusted];
  let [latest] = trusted;
  for (const change of succession) {
    const former = ed25519Key(change.former);
    if (!keys.some((key) => key.equals(former))) continue;
    must(isVouchedFor(from, change), 'bundle.signature-invalid', 'succession');
    must(isRecipient(change.recipient), 'bundle.manifest-invalid', 'succession');
    const next = ed25519Key(change.signPublicKey);
    if (keys.some((key) => key.equals(next))) continue;
    must(former.equals(latest ?? former), 'bundle.key-superseded', 'succession');
    keys.push(next);
    latest = next;
  }
  return keys;
}
