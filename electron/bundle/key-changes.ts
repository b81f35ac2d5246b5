import type { KeyObject } from 'node:crypto';
import type { KeyChange } from '../../shared/manifest.ts';
import { fail, ok, type Result } from '../../shared/problem.ts';
import { isRecipient } from '../crypto/age-keys.ts';
import { signBytes, verifyBytes } from '../crypto/ed25519.ts';
import { canonical } from '../journal/entry-line.ts';

type Change = Omit<KeyChange, 'sig'>;

/** What the former key signs: whose keys follow on it, and which. */
const statement = (site: string, { former, signPublicKey, recipient }: Change): Buffer =>
  Buffer.from(canonical({ what: 'lijing key change v1', site, former, signPublicKey, recipient }));

/** A change of a site's keys, vouched for by its former signing key. */
export const vouchedFor = (site: string, formerKey: KeyObject, change: Change): KeyChange => ({
  ...change,
  sig: signBytes(formerKey, statement(site, change)).toString('base64'),
});

/** Whether the former key did sign the change. */
export const isVouchedFor = (site: string, change: KeyChange): boolean =>
  verifyBytes(change.former, statement(site, change), Buffer.from(change.sig, 'base64'));

/**
 * The changes that lead on from keys already trusted (the latest first), in their order; those of keys nobody trusts
 * say nothing. `bundle.signature-invalid` where a trusted key did not sign what is said in its name,
 * `bundle.manifest-invalid` where nothing could be sealed to what it names; `bundle.key-superseded` where one that has
 * a successor names another: whoever holds a key that was given up must lead nobody away.
 */
export function followed(
  site: string,
  trusted: readonly string[],
  changes: readonly KeyChange[],
): Result<readonly KeyChange[]> {
  const keys = new Set(trusted);
  const news: KeyChange[] = [];
  for (const change of changes) {
    if (!keys.has(change.former)) continue;
    if (!isVouchedFor(site, change)) return fail('bundle.signature-invalid', { from: site });
    if (!isRecipient(change.recipient)) return fail('bundle.manifest-invalid', { at: 'succession' });
    if (keys.has(change.signPublicKey)) continue;
    const latest = news.at(-1)?.signPublicKey ?? trusted[0];
    if (change.former !== latest) return fail('bundle.key-superseded', { from: site });
    news.push(change);
    keys.add(change.signPublicKey);
  }
  return ok(news);
}
