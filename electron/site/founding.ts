import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Role, SiteKind } from '../../shared/call.ts';
import { ProblemError } from '../../shared/problem.ts';
import { exportSigningKey, importSigningKey, newSigningKey, publicKeyOf } from '../crypto/ed25519.ts';
import { type Keyring, loginMark, openRecoverySlot, sealAccountSlot, sealRecoverySlot } from '../crypto/keyring.ts';
import type { AgeKind } from '../crypto/age-keys.ts';
import { newSpokenKey, readSpokenKey } from '../crypto/spoken-key.ts';
import type { Author, Journal } from '../journal/journal.ts';
import type { SiteKeys } from './keys.ts';
import type { Vault } from './vault.ts';

/** 160 bits of recovery key: 32 characters and a check group. */
const RECOVERY_CHARACTERS = 32;

export type FirstAccount = { readonly accountName: string; readonly loginName: string; readonly password: string };
export type Opened = { readonly dataKey: Buffer; readonly accountId: string; readonly signingKey: Buffer };

/** Everything founding is made with; `cost` is scrypt's, lower in tests only. */
export type Founder = {
  readonly vault: Vault;
  readonly newId: () => string;
  readonly cost: number;
  readonly ageKind: AgeKind;
};

/** A new site's keyring with its first account; it is written once there is a database to go with it. */
export async function foundKeyring(founder: Founder, first: FirstAccount) {
  const salt = randomBytes(32).toString('hex');
  const dataKey = randomBytes(32);
  const key = newSigningKey();
  const accountId = founder.newId();
  const signingKey = exportSigningKey(key.privateKey);
  const recoveryKey = newSpokenKey(RECOVERY_CHARACTERS);
  const slotId = founder.newId();
  const login = loginMark(salt, first.loginName);
  const spec = { id: accountId, login, password: first.password, cost: founder.cost };
  const account = await sealAccountSlot(spec, { dataKey, signingKey });
  const recovery = sealRecoverySlot(slotId, recoveryBytes(recoveryKey), dataKey);
  const keyring: Keyring = { v: 1, salt, slots: [account, recovery] };
  return {
    keyring,
    opened: { dataKey, accountId, signingKey } satisfies Opened,
    publicKey: key.publicKey,
    recoveryKey,
  };
}

/** The first entries of every site: who it is, and its first account. */
export function appendFounding(
  journal: Journal,
  spec: {
    readonly siteKind: SiteKind;
    readonly name: string;
    readonly keys: SiteKeys;
    readonly account: FirstAccount;
    readonly accountId: string;
    readonly publicKey: string;
    readonly role: Role;
  },
): void {
  const author: Author = { id: spec.accountId, key: null };
  const { siteKind, name, keys } = spec;
  journal.append('site.founded', { site: journal.self.site, siteKind, name, printingName: name, ...keys }, author);
  if (siteKind === 'bureau')
    journal.append('site.bureau-announced', { site: journal.self.site, name, ...keys }, author);
  announceAccount(journal, author, {
    id: spec.accountId,
    name: spec.account.accountName,
    loginName: spec.account.loginName,
    roles: [spec.role],
    personId: null,
    publicKey: spec.publicKey,
  });
}

/** A new account's entry; a bureau's also tells its stations whose signature to expect, once it may. */
export function announceAccount(
  journal: Journal,
  author: Author,
  account: { id: string; name: string; loginName: string; roles: Role[]; personId: string | null; publicKey: string },
): void {
  journal.append('site.account-created', account, author);
  const { id, name, publicKey } = account;
  if (journal.self.kind === 'bureau' && journal.takes('site.signer-announced'))
    journal.append('site.signer-announced', { id, name, publicKey }, author);
}

export const databasePath = (dataDir: string): string => join(dataDir, 'lijing.db');

/** The data key behind a recovery key typed by a person; only a confirmed slot opens, unless it is being confirmed. */
export async function openByRecovery(vault: Vault, typed: string, confirming: boolean) {
  const bytes = readSpokenKey(typed);
  if (!bytes) throw new ProblemError('site.recovery-key-wrong');
  const keyring = await vault.read();
  for (const slot of keyring.slots) {
    if (slot.kind !== 'recovery' || (!slot.confirmed && !confirming)) continue;
    const dataKey = openRecoverySlot(slot, bytes);
    if (dataKey) return { dataKey, slot };
  }
  throw new ProblemError('site.recovery-key-wrong');
}

export const recoveryBytes = (recoveryKey: string): Buffer => {
  const bytes = readSpokenKey(recoveryKey);
  if (!bytes) throw new Error('a recovery key of our own does not read');
  return bytes;
};

/** A new recovery key in place of the old; it opens nothing until it is typed back. */
export async function renewRecovery(founder: Founder, dataKey: Uint8Array) {
  const recoveryKey = newSpokenKey(RECOVERY_CHARACTERS);
  const slotId = founder.newId();
  await founder.vault.putSlot(sealRecoverySlot(slotId, recoveryBytes(recoveryKey), dataKey));
  return { recoveryKey, slotId };
}

/** A slot for an account: with its own key when that is known, else with a new one. */
export async function putAccountSlot(
  founder: Founder,
  spec: { readonly id: string; readonly loginName: string; readonly password: string },
  dataKey: Buffer,
  signingKey?: Buffer,
): Promise<{ publicKey: string; signingKey: Buffer }> {
  const { salt } = await founder.vault.read();
  const key = signingKey ? importSigningKey(signingKey) : newSigningKey().privateKey;
  const pkcs8 = exportSigningKey(key);
  const login = loginMark(salt, spec.loginName);
  const slot = await sealAccountSlot(
    { id: spec.id, login, password: spec.password, cost: founder.cost },
    { dataKey, signingKey: pkcs8 },
  );
  await founder.vault.putSlot(slot);
  return { publicKey: publicKeyOf(key), signingKey: pkcs8 };
}
