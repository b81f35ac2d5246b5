import { type Role, rolesAt, type SiteKind } from '../../shared/call.ts';
import { passwordProblem } from '../../shared/password-rules.ts';
import { fail, ok, orThrow } from '../../shared/problem.ts';
import { exportSigningKey } from '../crypto/ed25519.ts';
import { writeAtomically } from '../files/safe-write.ts';
import type { ChainCheck } from '../../shared/site-audit.ts';
import type { Actor, HandlersOf, JobControl, Services } from '../ipc/handlers.ts';
import { auditOf, isSearch, NO_FILTER } from './audit.ts';
import { attachmentFaults } from './attachment-faults.ts';
import { collectAudit, writeAudit } from './audit-export.ts';
import { type siteDoor, secondPerson, secondPersonAt } from './door.ts';
import { escrowService } from './escrow.ts';
import { escrowSlotIn } from './escrow-slot.ts';
import { helpService } from './help-bureau.ts';
import type { helpDoor } from './help-door.ts';
import { siteHelpStore } from './help-store.ts';
import { announceAccount, openByRecovery, putAccountSlot, renewRecovery } from './founding.ts';
import { changeSiteKeys, keyCheck } from './keys.ts';
import { pairAgain, pairWith } from './kit.ts';
import type { Lifecycle } from './lifecycle.ts';
import { type ProofTools, prove } from './proof.ts';
import type { SiteStore } from './store.ts';

/** Accounts, keys and the audit view of the open site. */
export function siteService(
  store: SiteStore,
  services: Services,
  core: Lifecycle,
  dataKey: Buffer,
  tools: ProofTools,
): Omit<HandlersOf<'site'>, keyof ReturnType<typeof siteDoor> | keyof ReturnType<typeof helpDoor>> {
  const { db, journal, site, clock, newId, shell } = services;
  const { founder } = core;
  const audit = auditOf(db, site.code, journal.toldAs);
  const help = siteHelpStore(db, site.code);
  const second = secondPersonAt(core, store);

  const rekey = (account: { id: string; name: string }, publicKey: string, by: string, second: string | null): void => {
    const author = { id: by, key: null };
    journal.append('site.account-rekeyed', { id: account.id, publicKey, secondPerson: second }, author);
    if (site.kind === 'bureau' && journal.takes('site.signer-announced'))
      journal.append('site.signer-announced', { id: account.id, name: account.name, publicKey }, author);
  };

  const giveRecoveryKey = async (actor: Actor, secondPerson: string | null): Promise<string> => {
    const { recoveryKey, slotId } = await renewRecovery(founder, dataKey);
    journal.append('site.recovery-key-renewed', { slotId, secondPerson }, { id: actor.id, key: null });
    return recoveryKey;
  };

  const check = async (actor: Actor, job: JobControl): Promise<ChainCheck> => {
    const proven = await prove(db, journal.self, tools, job);
    return { ...proven, faults: [...proven.faults, ...(await attachmentFaults(services, actor, job))] };
  };

  return {
    ...escrowService(store, services, second),
    ...helpService(store, services, { second, ...(core.codeLogN ? { codeLogN: core.codeLogN } : {}) }),

    'site.pair': async ({ file, code }, { actor, job }) => {
      const kit = await core.kits.open(file, code, job);
      if (!kit.ok) return kit;
      try {
        if (kit.value.site !== site.code) return fail('site.kit-is-for-another-station');
        const bureau = store.site()?.bureau ?? null;
        if (bureau !== null && bureau !== kit.value.bureauSite) return fail('site.already-paired');
        const door = { db, journal, attachments: services.attachments };
        const pair = bureau === null ? pairWith : pairAgain;
        return ok(await pair(door, kit.value, job, { id: actor.id, key: actor.key }));
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
      return ok({ recoveryKey: await giveRecoveryKey(actor, second) });
    },

    'site.repeatRecoveryKey': async (_input, { actor }) => {
      const isAlone = store.accounts().every(({ id, active }) => id === actor.id || !active);
      if (!isAlone || store.site()?.recoveryConfirmed === 1) return fail('site.recovery-key-takes-two');
      return ok({ recoveryKey: await giveRecoveryKey(actor, null) });
    },

    'site.listAccounts': () => ok(store.accounts()),

    'site.createAccount': async ({ password, ...draft }, { actor }) => {
      const misplaced = roleNotAt(draft.roles, site.kind);
      if (misplaced) return fail('site.role-not-at-this-site', { role: misplaced });
      const weak = passwordProblem(password, draft.loginName, store.knownOf(draft.personId));
      if (weak) return fail(weak);
      if (isTaken(store, draft.loginName)) return fail('site.login-name-taken');
      const account = { ...draft, id: newId() };
      const { publicKey, signingKey } = await putAccountSlot(founder, { ...account, password }, dataKey);
      signingKey.fill(0);
      journal.together(() => announceAccount(journal, { id: actor.id, key: null }, { ...account, publicKey }));
      return ok({ ...account, active: true });
    },

    'site.changeAccount': (change, { actor }) => {
      const account = store.account(change.id);
      if (!account?.active) return fail('site.account-unknown');
      const misplaced = roleNotAt(change.roles, site.kind);
      if (misplaced) return fail('site.role-not-at-this-site', { role: misplaced });
      if (isLastKeeper(store, site.kind, change.id, change.roles)) return fail('site.last-of-its-role');
      // Whose incidents stay hidden from an account hangs on the person: nobody frees himself of that.
      if (change.id === actor.id && account.personId !== null && change.personId !== account.personId)
        return fail('site.own-person-fixed');
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
      const weak = passwordProblem(newPassword, account.loginName, store.knownOf(account.personId));
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
      const weak = passwordProblem(newPassword, account.loginName, store.knownOf(account.personId));
      if (weak) return fail(weak);
      const proven = await founder.vault.prove(account.loginName, password);
      proven.dataKey.fill(0);
      proven.signingKey.fill(0);
      const spec = { id: account.id, loginName: account.loginName, password: newPassword };
      const own = exportSigningKey(actor.key);
      const made = await putAccountSlot(founder, spec, dataKey, own);
      own.fill(0);
      made.signingKey.fill(0);
      return ok({});
    },

    'site.escrowSlot': async () => {
      const told = help.slot();
      const slot = escrowSlotIn(await founder.vault.read());
      return ok(told && slot?.id === told.slotId ? { since: told.since, holders: told.holders } : null);
    },

    'site.keys': () => {
      const own = store.site();
      if (!own?.signPublicKey) return fail('internal');
      const changes = store.keyChanges().map(({ signPublicKey, ...change }) => ({
        ...change,
        check: keyCheck(signPublicKey),
      }));
      return ok({ check: keyCheck(own.signPublicKey), changes });
    },

    'site.changeKeys': async ({ reason }, { actor }) => {
      const own = store.site();
      if (!own?.recipient) return fail('internal');
      const { name, recipient } = own;
      const author = { id: actor.id, key: null };
      const keys = await changeSiteKeys(
        { db, journal },
        { name, recipient },
        { kind: founder.ageKind, reason, author },
      );
      return ok({ check: keyCheck(keys.signPublicKey) });
    },

    'site.rename': ({ printingName }, { actor }) => {
      journal.append('site.renamed', { printingName }, { id: actor.id, key: null });
      return ok({});
    },

    'site.printPage': async ({ name }, { actor }) => {
      const own = store.site();
      const printingName = own?.printingName ?? own?.name ?? '';
      const sheets = await shell.printPage({ printingName, by: actor.name, at: clock().toISOString() });
      const path = await shell.chooseSavePath({ suggestedName: name, extension: 'pdf' });
      if (path === null) return ok(null);
      orThrow(await writeAtomically(path, sheets));
      return ok({});
    },

    'site.listEntries': async ({ stream, before, limit, filter }, { actor }) =>
      ok(await audit.page({ stream, filter: filter ?? NO_FILTER }, before, limit, actor)),

    'site.checkChain': async (_input, { actor, job }) => ok(await check(actor, job)),

    'site.exportAudit': async ({ stream, filter, words }, { actor, job }) => {
      const path = await shell.chooseSavePath({ suggestedName: words.fileName, extension: 'xlsx' });
      if (path === null) return ok(null);
      const entries = await collectAudit(audit, { stream, filter }, actor, job);
      const checked = await check(actor, job);
      const exportedAt = clock().toISOString();
      const cover = { site: `${store.site()?.name ?? ''} ${site.code}`, exportedBy: actor.name, exportedAt };
      await writeAudit(path, words, { cover, check: checked }, entries);
      const faults = checked.faults.length + checked.rows.length + checked.losses.length;
      // Every auditor reads this entry: what a search finds for this one alone would tell the others of it.
      const found = isSearch(filter) ? entries.filter(({ kind }) => journal.toldAs(kind) === kind) : entries;
      const told = { rows: found.length, faults, filter };
      journal.append('site.audit-exported', told, { id: actor.id, key: null });
      return ok({ rows: entries.length, faults });
    },
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
