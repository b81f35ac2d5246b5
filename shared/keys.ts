import { z } from 'zod';

/** 32 bytes in base64, of the forms a decoder might take the one an encoder writes: two texts are never one key. */
const ThirtyTwoBytes = z.string().regex(/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/);

/** Raw Ed25519 public key. */
export const PublicKey = ThirtyTwoBytes;
/** What a kit's receiver proves itself with. */
export const PairingSecret = ThirtyTwoBytes;

/** An Ed25519 signature, 64 bytes in base64, written one way as keys are. */
export const Signature = z.string().regex(/^[A-Za-z0-9+/]{85}[AQgw]==$/);

/** An age recipient, `age1…` or `age1pq1…`; whether it decodes is for those to ask who take it in. */
export const Recipient = z.string().startsWith('age1').max(3000);
