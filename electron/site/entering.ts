import type { OpenDoor } from './store.ts';
import { fail, ok } from '../../shared/problem.ts';
import { importSigningKey } from '../crypto/ed25519.ts';
import { type Actor, type JobControl, unwatched } from '../ipc/handlers.ts';
import { SYSTEM } from '../journal/journal.ts';
import type { Lifecycle } from './lifecycle.ts';
import { announceAccount, type Opened, putAccountSlot } from './founding.ts';

export type Entering = ReturnType<typeof enteringAt>;

/** Opens the site for somebody, or closes it again where nobody is let in. */
export function enteringAt(core: Lifecycle) {
  const leave = (): void => {
    if (!core.actor()) core.lock('person');
  };

  /** The open site; a key that it does not hold itself is the caller's to overwrite. */
  const openWith = async (
    dataKey: Buffer,
    job: JobControl,
  ): Promise<{ readonly door: OpenDoor; readonly isHeld: boolean }> => {
    const open = core.current();
    return open ? { door: open, isHeld: false } : { door: await core.open(dataKey, job), isHeld: true };
  };

  const enter = async (opened: Opened, failuresBefore: number, { isHeld = false, job = unwatched } = {}) => {
    const open = core.current();
    const door = open ?? (await core.open(opened.dataKey, job));
    if (open && !isHeld) opened.dataKey.fill(0);
    const account = door.store.account(opened.accountId);
    if (!account?.active) {
      leave();
      return fail('site.login-failed');
    }
    const before = { at: door.store.lastSignIn(account.id), failures: failuresBefore };
    const key = importSigningKey(opened.signingKey);
    opened.signingKey.fill(0);
    const { id, name, roles, personId } = account;
    if (await core.founder.vault.mend()) door.journal.append('site.keyring-mended', {}, SYSTEM);
    door.journal.append('site.signed-in', { failuresBefore }, { id, key: null });
    core.enter({ id, name, roles, personId, key, before });
    return ok(sessionOf({ id, name, roles, personId, before }, account.loginName));
  };

  return { leave, openWith, enter };
}

/** A new password and signing key for an account whose password nobody knows any more, told by the journal. */
export async function giveNewPassword(
  core: Lifecycle,
  { journal }: OpenDoor,
  account: { readonly id: string; readonly name: string; readonly loginName: string },
  password: string,
  dataKey: Buffer,
): Promise<Buffer> {
  const { id, name, loginName } = account;
  const { publicKey, signingKey } = await putAccountSlot(core.founder, { id, loginName, password }, dataKey);
  const author = { id, key: null };
  journal.append('site.account-rekeyed', { id, publicKey, secondPerson: null }, author);
  if (journal.self.kind === 'bureau' && journal.takes('site.signer-announced'))
    journal.append('site.signer-announced', { id, name, publicKey }, author);
  return signingKey;
}

/** A further chief, where the one before him has gone and nobody can let him in. */
export async function makeChief(
  core: Lifecycle,
  { journal }: OpenDoor,
  { password, ...account }: { id: string; name: string; loginName: string; password: string },
  dataKey: Buffer,
): Promise<Buffer> {
  const { publicKey, signingKey } = await putAccountSlot(core.founder, { ...account, password }, dataKey);
  const made = { ...account, roles: ['chief' as const], personId: null, publicKey };
  journal.together(() => announceAccount(journal, { id: account.id, key: null }, made));
  return signingKey;
}

export const sessionOf = ({ id, name, roles, personId, before }: Omit<Actor, 'key'>, loginName: string) => ({
  accountId: id,
  name,
  loginName,
  roles: [...roles],
  personId,
  lastSignInAt: before.at,
  failuresSince: before.failures,
});
