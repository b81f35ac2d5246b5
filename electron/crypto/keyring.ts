import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes, scrypt } from 'node:crypto';
import { z } from 'zod';
import { SiteCode } from '../../shared/entry.ts';
import { Recipient } from '../../shared/keys.ts';
import type { OpenWith } from './age.ts';
import { openKey, sealKey } from './sealed-key.ts';

/** scrypt N=2^17 r=8 p=1 (OWASP): about a third of a second and 128 MiB on a station's laptop. */
export const PASSWORD_COST = 2 ** 17;

const Hex = z.string().regex(/^([0-9a-f]{2})+$/);
const Sealed = z.strictObject({ nonce: Hex, bytes: Hex });

/** One way into the data key. */
const Slot = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('account'),
    id: z.uuid(),
    /** HMAC of the login name under the keyring's salt: names do not stand readable on the disk. */
    login: Hex,
    salt: Hex,
    cost: z
      .int()
      .min(2 ** 10)
      .max(2 ** 20),
    sealed: Sealed,
  }),
  z.strictObject({ kind: z.literal('recovery'), id: z.uuid(), confirmed: z.boolean(), salt: Hex, sealed: Sealed }),
  z.strictObject({
    kind: z.literal('escrow'),
    id: z.uuid(),
    /** Whose keyring it is: known while nothing else can be read. */
    site: SiteCode,
    /** The bureau's age recipients it is sealed to. */
    recipients: z.array(Recipient).min(1).max(2),
    /** An age file. */
    sealed: z.base64(),
  }),
]);
export type Slot = z.infer<typeof Slot>;
export type AccountSlot = Extract<Slot, { kind: 'account' }>;
export type RecoverySlot = Extract<Slot, { kind: 'recovery' }>;
export type EscrowSlot = Extract<Slot, { kind: 'escrow' }>;

export const Keyring = z.strictObject({ v: z.literal(1), salt: Hex, slots: z.array(Slot) });
export type Keyring = z.infer<typeof Keyring>;

/** What an account's slot holds: the database's key and the account's own signing key (PKCS #8). */
export type AccountSecrets = { readonly dataKey: Buffer; readonly signingKey: Buffer };

/** What the login name is filed under; upper and lower case are one. */
export const loginMark = (salt: string, loginName: string): string =>
  createHmac('sha256', Buffer.from(salt, 'hex')).update(loginName.normalize('NFKC').toLowerCase()).digest('hex');

/** Wraps an account's secrets under its password. */
export async function sealAccountSlot(
  spec: { id: string; login: string; password: string; cost: number },
  secrets: AccountSecrets,
): Promise<AccountSlot> {
  const salt = randomBytes(16).toString('hex');
  const key = await passwordKey(spec.password, salt, spec.cost);
  const plain = Buffer.concat([secrets.dataKey, secrets.signingKey]);
  const sealed = seal(key, plain, slotContext('account', spec.id));
  plain.fill(0);
  key.fill(0);
  return { kind: 'account', id: spec.id, login: spec.login, salt, cost: spec.cost, sealed };
}

/** The account's secrets, or null for a wrong password. */
export async function openAccountSlot(slot: AccountSlot, password: string): Promise<AccountSecrets | null> {
  const key = await passwordKey(password, slot.salt, slot.cost);
  const plain = unseal(key, slot.sealed, slotContext('account', slot.id));
  key.fill(0);
  return plain && { dataKey: plain.subarray(0, 32), signingKey: plain.subarray(32) };
}

/** A key of 160 random bits needs no slow derivation. */
export function sealRecoverySlot(id: string, recoveryKey: Uint8Array, dataKey: Uint8Array): RecoverySlot {
  const salt = randomBytes(16).toString('hex');
  const sealed = seal(recoveryWrap(recoveryKey, salt), dataKey, slotContext('recovery', id));
  return { kind: 'recovery', id, confirmed: false, salt, sealed };
}

/** The data key, or null for another recovery key. */
export const openRecoverySlot = (slot: RecoverySlot, recoveryKey: Uint8Array): Buffer | null =>
  unseal(recoveryWrap(recoveryKey, slot.salt), slot.sealed, slotContext('recovery', slot.id));

/** What a keyring is called outside its computer; tells nothing of its salt. */
export const keyringName = (salt: string): string =>
  createHash('sha256').update(`lijing keyring ${salt}`).digest('hex');

/** The site and the keyring that an escrow slot belongs to, and it opens for no other. */
export type SlotOwner = { readonly site: string; readonly keyring: string };

const escrowContext = ({ site, keyring }: SlotOwner): string => `lijing escrow slot v1 ${site} ${keyring}`;

/** A way in for the bureau: any of the recipients opens it. */
export async function sealEscrowSlot(
  spec: SlotOwner & { readonly id: string; readonly recipients: readonly string[] },
  dataKey: Uint8Array,
): Promise<EscrowSlot> {
  const { id, site, recipients } = spec;
  const sealed = await sealKey(dataKey, escrowContext(spec), { recipients });
  return { kind: 'escrow', id, site, recipients: [...recipients], sealed: sealed.toString('base64') };
}

/** The data key; throws as `openKey` does. */
export const openEscrowSlot = (sealed: string, owner: SlotOwner, keys: OpenWith): Promise<Buffer> =>
  openKey(Buffer.from(sealed, 'base64'), escrowContext(owner), keys);

const recoveryWrap = (recoveryKey: Uint8Array, salt: string): Buffer =>
  Buffer.from(hkdfSync('sha256', recoveryKey, Buffer.from(salt, 'hex'), 'lijing recovery slot', 32));

const slotContext = (kind: 'account' | 'recovery', id: string): Buffer => Buffer.from(`lijing slot ${kind} ${id}`);

const passwordKey = (password: string, salt: string, cost: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const options = { N: cost, r: 8, p: 1, maxmem: 256 * cost * 8 };
    scrypt(password.normalize('NFKC'), Buffer.from(salt, 'hex'), 32, options, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });

function seal(key: Buffer, plain: Uint8Array, context: Buffer): z.infer<typeof Sealed> {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(context);
  const bytes = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return { nonce: nonce.toString('hex'), bytes: bytes.toString('hex') };
}

/** Null when the key is not the one it was sealed with, or the bytes were changed. */
function unseal(key: Buffer, { nonce, bytes }: z.infer<typeof Sealed>, context: Buffer): Buffer | null {
  const sealed = Buffer.from(bytes, 'hex');
  if (sealed.length < 16) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'hex'), { authTagLength: 16 }).setAAD(
    context,
  );
  decipher.setAuthTag(sealed.subarray(-16));
  // All of it comes from `update`; a second buffer would be one more to overwrite.
  const plain = decipher.update(sealed.subarray(0, -16));
  try {
    decipher.final();
    return plain;
  } catch (error) {
    plain.fill(0);
    // The one expected failure here: the tag does not fit.
    if (error instanceof Error) return null;
    throw error;
  }
}
