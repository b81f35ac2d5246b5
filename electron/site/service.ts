import { type Role, rolesAt, type SiteKind } from '../../shared/call.ts';
import { passwordProblem } from '../../shared/password-rules.ts';
import { fail, ok } from '../../shared/problem.ts';
import { exportSigningKey } from '../crypto/ed25519.ts';
import type { HandlersOf, Services } from '../ipc/handlers.ts';
import { verifyChain } from '../journal/verify.ts';
import { auditOf } from './audit.ts';
import { type Lifecycle, type siteDoor, secondPerson } from './door.ts';
import { announceAccount, openByRecovery, putAccountSlot, renewRecovery } from './founding.ts';
import { pairWith } from './kit.ts';
import type { SiteStore } from './store.ts';

/** Accounts, keys and the audit view of the open site. */
export function siteService(
  store: SiteStore,
  { db, journal, site, newId }: Services,
  core: Lifecycle,
  dataKey: Buffer,
): Omit<HandlersOf<'site'>, keyof ReturnType<typeof siteDoor>> {
  const { founder } = core;
  const audit = auditOf(db, site.code);

  const rekey = (account: { id: string; name: string }, publicKey: string, by: string, second: string | null): void => {
    const author = { id: by, key: null };
    journal.append('site.account-rekeyed', { id: account.id, publicKey, secondPerson: second }, author);
    if (site.kind === 'bureau')
      journal.append('site.signer-announced', { id: account.id, name: account.name, publicKey }, author);
  };

  return {
    'site.pair': async ({ file, code }, { actor }) => {
      const own = store.site();
      if (own?.bureau) return fail('site.already-paired');
      const kit = await core.kits.open(file, code);
      if (!kit.ok) return kit;
      try {
        if (kit.value.site !== site.code) return fail('site.kit-is-for-another-station');
        return ok(await pairWith({ db, journal, store }, kit.value, { id: actor.id, key: actor.key }));
      } finally {
        await kit.value.dispose();
      }
    },

    'site.confirmRecoveryKey': async ({ recoveryKey }, { actor }) => {
      const { slot } = await openByRecovery(founder.vault, recoveryKey, true);
      await founder.vault.putSlot({ ...slot, confirmed: true });
      journal.append('site.recovery-key-confirmed', { slotId: slot.id }, { id: actor.id, key: null });
      return ok({});
    },

    'site.renewRecoveryKey': async ({ secondLoginName, secondPassword }, { actor }) => {
      const second = await secondPerson(core, store, actor, { loginName: secondLoginName, password: secondPassword });
      const { recoveryKey, slotId } = await renewRecovery(founder, dataKey);
      journal.append('site.recovery-key-renewed', { slotId, secondPerson: second }, { id: actor.id, key: null });
      return ok({ recoveryKey });
    },

    'site.listAccounts': () => ok(store.accounts()),

    'site.createAccount': async ({ password, ...draft }, { actor }) => {
      const misplaced = roleNotAt(draft.roles, site.kind);
      if (misplaced) return fail('site.role-not-at-this-site', { role: misplaced });
      const weak = passwordProblem(password, draft.loginName);
      if (weak) return fail(weak);
      if (isTaken(store, draft.loginName)) return fail('site.login-name-taken');
      const account = { ...draft, id: newId() };
      const { publicKey } = await putAccountSlot(founder, { ...account, password }, dataKey);
      journal.together(() => announceAccount(journal, { id: actor.id, key: null }, { ...account, publicKey }));
      return ok({ ...account, active: true });
    },

    'site.changeAccount': (change, { actor }) => {
      const account = store.account(change.id);
      if (!account?.active) return fail('site.account-unknown');
      const misplaced = roleNotAt(change.roles, site.kind);
      if (misplaced) return fail('site.role-not-at-this-site', { role: misplaced });
      if (isLastKeeper(store, site.kind, change.id, change.roles)) return fail('site.last-of-its-role');
      journal.append('site.account-changed', change, { id: actor.id, key: null });
      if (change.id === actor.id)
        core.enter({ ...actor, name: change.name, roles: change.roles, personId: change.personId });
      return ok({ ...account, ...change });
    },

    'site.closeAccount': async ({ id, secondLoginName, secondPassword }, { actor }) => {
      if (!store.account(id)?.active) return fail('site.account-unknown');
      if (isLastKeeper(store, site.kind, id, [])) return fail('site.last-of-its-role');
      const second = await secondPerson(core, store, actor, { loginName: secondLoginName, password: secondPassword });
      if (second === id) return fail('site.second-person-same');
      journal.append('site.account-closed', { id, secondPerson: second }, { id: actor.id, key: null });
      await founder.vault.removeSlot(id);
      return ok({});
    },

    'site.resetPassword': async ({ id, newPassword, secondLoginName, secondPassword }, { actor }) => {
      const account = store.account(id);
      if (!account?.active) return fail('site.account-unknown');
      const weak = passwordProblem(newPassword, account.loginName);
      if (weak) return fail(weak);
      const second = await secondPerson(core, store, actor, { loginName: secondLoginName, password: secondPassword });
      const made = await putAccountSlot(founder, { id, loginName: account.loginName, password: newPassword }, dataKey);
      made.signingKey.fill(0);
      journal.together(() => rekey(account, made.publicKey, actor.id, second));
      return ok({});
    },

    'site.changePassword': async ({ password, newPassword }, { actor }) => {
      const account = store.account(actor.id);
      if (!account) return fail('site.account-unknown');
      const weak = passwordProblem(newPassword, account.loginName);
      if (weak) return fail(weak);
      const proven = await founder.vault.unlock(account.loginName, password);
      proven.dataKey.fill(0);
      const spec = { id: account.id, loginName: account.loginName, password: newPassword };
      await putAccountSlot(founder, spec, dataKey, exportSigningKey(actor.key));
      return ok({});
    },

    'site.rename': ({ printingName }, { actor }) => {
      journal.append('site.renamed', { printingName }, { id: actor.id, key: null });
      return ok({});
    },

    'site.listEntries': ({ stream, before, limit }, { actor }) => ok(audit.page(stream, before, limit, actor.roles)),

    'site.checkChain': async (_input, { job }) =>
      ok(await verifyChain(db, (done, total) => job.progress('site.audit.checking', done, total))),
  };
}

const roleNotAt = (roles: readonly Role[], kind: SiteKind): Role | undefined =>
  roles.find((role) => !(rolesAt[kind] as readonly Role[]).includes(role));

const isTaken = (store: SiteStore, loginName: string): boolean => {
  const wanted = loginName.normalize('NFKC').toLowerCase();
  return store.accounts().some((one) => one.active && one.loginName.normalize('NFKC').toLowerCase() === wanted);
};

/** A site without anybody who may manage accounts would be closed for ever. */
const isLastKeeper = (store: SiteStore, kind: SiteKind, id: string, rolesAfter: readonly Role[]): boolean => {
  const keeper: Role = kind === 'bureau' ? 'admin' : 'chief';
  return (
    !rolesAfter.includes(keeper) &&
    !store.accounts().some((one) => one.active && one.id !== id && one.roles.includes(keeper))
  );
};
