import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Manifest, Pairing } from '../../shared/manifest.ts';
import { canonical } from '../journal/entry-line.ts';

type Paired = Pick<Manifest, 'from' | 'to'> & Omit<Pairing, 'mac'>;

/**
 * Proof that the sender of new public keys knows the kit's secret: HMAC-SHA256 over the canonical JSON of
 * `{ from, recipient, signPublicKey, to }`, under a key derived from the secret by HKDF-SHA256.
 */
export const pairingMac = (secret: Uint8Array, { from, to, signPublicKey, recipient }: Paired): string =>
  createHmac('sha256', Buffer.from(hkdfSync('sha256', secret, '', 'lijing pairing v1', 32)))
    .update(canonical({ from, to, signPublicKey, recipient }))
    .digest('hex');

/** Whether the pairing was made with this secret, by this sender, for this receiver. */
export const pairingFits = (
  secret: Uint8Array,
  { from, to }: Pick<Manifest, 'from' | 'to'>,
  pairing: Pairing,
): boolean =>
  timingSafeEqual(Buffer.from(pairing.mac, 'hex'), Buffer.from(pairingMac(secret, { from, to, ...pairing }), 'hex'));
