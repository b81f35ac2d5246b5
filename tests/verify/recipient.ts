import { createPrivateKey, createPublicKey, diffieHellman } from 'node:crypto';
import { Encrypter } from 'age-encryption';

const CHARACTERS = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';

/** Section 2: whether a text is a recipient of age, X25519 or hybrid, that decodes and that something can be sealed to. */
export function isRecipient(text: string): boolean {
  const [, words] = /^age1(?:pq1)?([02-9ac-hj-np-z]+)$/.exec(text) ?? [];
  if (words === undefined) return false;
  try {
    new Encrypter().addRecipient(text);
  } catch {
    return false;
  }
  const bits = Array.from(words.slice(0, -6), (word) => CHARACTERS.indexOf(word).toString(2).padStart(5, '0')).join('');
  const bytes = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  return givesSecret(bytes.subarray(-32));
}

const ANYBODY = createPrivateKey({
  key: Buffer.from(`302e020100300506032b656e04220420${'77'.repeat(32)}`, 'hex'),
  format: 'der',
  type: 'pkcs8',
});

/** Whether anybody's product with the point is something else than zero (RFC 7748, section 6.1). */
function givesSecret(point: Buffer): boolean {
  const key = { kty: 'OKP', crv: 'X25519', x: point.toString('base64url') };
  try {
    return diffieHellman({ privateKey: ANYBODY, publicKey: createPublicKey({ key, format: 'jwk' }) }).some(Boolean);
  } catch {
    return false;
  }
}
