import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';

/** SubjectPublicKeyInfo of an Ed25519 key is this prefix and the 32 raw bytes (RFC 8410). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

export type SigningKey = { readonly publicKey: string; readonly privateKey: KeyObject };

/** A new key pair; the public half as 32 raw bytes in base64. */
export function newSigningKey(): SigningKey {
  const { privateKey } = generateKeyPairSync('ed25519');
  return { publicKey: publicKeyOf(privateKey), privateKey };
}

/** 32 raw bytes in base64. */
export const publicKeyOf = (privateKey: KeyObject): string =>
  createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(SPKI_PREFIX.length).toString('base64');

export const exportSigningKey = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'pkcs8' });
export const importSigningKey = (pkcs8: Uint8Array): KeyObject =>
  createPrivateKey({ key: viewOf(pkcs8), format: 'der', type: 'pkcs8' });

/** The very bytes, not a copy that nobody would overwrite. */
const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer => Buffer.from(buffer, byteOffset, byteLength);

/** The public key as PEM, as openssl takes it. */
export const publicKeyPem = (publicKey: string): string =>
  toKeyObject(publicKey).export({ format: 'pem', type: 'spki' }).toString();

export const signBytes = (key: KeyObject, bytes: Uint8Array): Buffer => sign(null, bytes, key);

/** False, never an error, for a wrong signature. */
export const verifyBytes = (publicKey: string, bytes: Uint8Array, signature: Uint8Array): boolean =>
  verify(null, bytes, toKeyObject(publicKey), signature);

const toKeyObject = (publicKey: string): KeyObject =>
  createPublicKey({ key: Buffer.concat([SPKI_PREFIX, Buffer.from(publicKey, 'base64')]), format: 'der', type: 'spki' });
