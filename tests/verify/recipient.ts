import { Encrypter } from 'age-encryption';

/** Section 2: whether a text is a recipient of age, X25519 or hybrid, that decodes. */
export function isRecipient(text: string): boolean {
  const [, kind] = /^(age|age1pq)1[02-9ac-hj-np-z]+$/.exec(text) ?? [];
  if (kind === undefined) return false;
  try {
    new Encrypter().addRecipient(text);
  } catch {
    return false;
  }
  return true;
}
