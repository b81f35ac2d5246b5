import { existsSync } from 'node:fs';
import { type Role, secondPersonRoles, type SiteKind } from '../../shared/call.ts';
import { passwordProblem } from '../../shared/password-rules.ts';
import { fail, ok, ProblemError } from '../../shared/problem.ts';
import { loginMark } from '../crypto/keyring.ts';
import type { Actor, HandlersOf, JobControl, SecondPerson } from '../ipc/handlers.ts';
import { appendFounding, databasePath, type FirstAccount, foundKeyring, openByRecovery } from './founding.ts';
import { escrowSlotIn } from './escrow-slot.ts';
import { enteringAt, giveNewPassword, sessionOf } from './entering.ts';
import { keyCheck, makeSiteKeys } from './keys.ts';
import { takeKit } from './kit.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { SiteStore } from './store.ts';

type DoorCalls =
  | 'site.status'
  | 'site.foundBureau'
  | 'site.foundStation'
  | 'site.readKit'
  | 'site.foundStationFromKit'
  | 'site.recover'
  | 'site.signIn'
  | 'site.lock'
  | 'site.touch';

/** The calls that work while the site is closed: founding, signing in, status. */
export function siteDoor(core: Lifecycle): Pick<HandlersOf<'site'>, DoorCalls> {
  const { enter, leave, openWith } = enteringAt(core);

  const found = async (
    self: { site: string; kind: SiteKind },
    name: string,
    first: FirstAccount,
    alsoTake: Parameters<Lifecycle['found']>[1] = async () => {},
    replaces = false,
  ) => {
    if (core.isFounded() && !replaces) return fail('site.already-founded');
    // What runs behind a lock still holds the former site open.
    if (core.current()) return fail('request.busy');
    const weak = passwordProblem(first.password, first.loginName);
    if (weak) return fail(weak);
    const { keyring, opened, publicKey, recoveryKey } = await foundKeyring(core.founder, first);
    await core.found({ dataKey: opened.dataKey, keyring, self }, async (door) => {
      const keys = await makeSiteKeys(door.db, core.founder.ageKind, self.kind);
      const role = self.kind === 'bureau' ? 'admin' : 'chief';
      appendFounding(door.journal, {
        siteKind: self.kind,
        name,
        keys,
        account: first,
        accountId: opened.accountId,
        publicKey,
        role,
      });
      await alsoTake(door);
    });
    await enter(opened, 0);
    return ok({ recoveryKey });
  };

  /** Which site lies here, as far as its keyring tells: its kit opened again would begin its stream anew. */
  const siteHere = async (): Promise<string | null> => {
    const { vault } = core.founder;
    return (await vault.reads()) ? (escrowSlotIn(await vault.read())?.site ?? null) : null;
  };

  return {
    'site.status': () => ok(statusOf(core)),

    'site.foundBureau': ({ name, organCode, ...first }) =>
      found({ site: `${organCode}-1`, kind: 'bureau' }, name, first),

    'site.foundStation': ({ name, organCode, ...first }) =>
      found({ site: `${organCode}-1`, kind: 'station' }, name, first),

    'site.readKit': async ({ file, code }, { job }) => {
      const kit = await core.kits.open(file, code, job);
      if (!kit.ok) return kit;
      const { station, site, bureau, people, formerEntries, signPublicKey } = kit.value;
      await kit.value.dispose();
      return ok({ station, site, bureau, people, formerEntries, check: keyCheck(signPublicKey) });
    },

    'site.foundStationFromKit': async ({ file, code, setAside, ...first }, { job }) => {
      if (core.isFounded() && (!setAside || core.actor())) return fail('site.already-founded');
      const kit = await core.kits.open(file, code, job);
      if (!kit.ok) return kit;
      try {
        const { site, station, formerEntries } = kit.value;
        if (core.isFounded() && (formerEntries === null || site === (await siteHere())))
          return fail('site.already-founded');
        const take: Parameters<Lifecycle['found']>[1] = async (door) => {
          const progress: JobControl['progress'] = (...told) => {
            door.settle();
            return job.progress(...told);
          };
          await takeKit(door, kit.value, { ...job, progress });
        };
        return await found({ site, kind: 'station' }, station, first, take, setAside);
      } finally {
        await kit.value.dispose();
      }
    },

    'site.signIn': async ({ loginName, password }, { job }) => {
      if (!core.isFounded()) return fail('site.not-founded');
      const { failuresBefore, ...opened } = await core.founder.vault.unlock(loginName, password);
      return enter(opened, failuresBefore, { job });
    },

    'site.recover': async ({ recoveryKey, loginName, newPassword }, { job }) => {
      if (!core.isFounded()) return fail('site.not-founded');
      const weak = passwordProblem(newPassword, loginName);
      if (weak) return fail(weak);
      const { dataKey } = await openByRecovery(core.founder.vault, recoveryKey, false);
      const { door, isHeld } = await openWith(dataKey, job);
      const keyring = await core.founder.vault.read();
      const mark = loginMark(keyring.salt, loginName);
      const slot = keyring.slots.find((one) => one.kind === 'account' && one.login === mark);
      const account = slot && door.store.account(slot.id);
      if (!account?.active) {
        leave();
        return fail('site.account-unknown');
      }
      const known = passwordProblem(newPassword, loginName, door.store.knownOf(account.personId));
      if (known) {
        leave();
        return fail(known);
      }
      const signingKey = await giveNewPassword(core, door, { ...account, loginName }, newPassword, dataKey);
      return enter({ dataKey, accountId: account.id, signingKey }, 0, { isHeld });
    },

    'site.lock': () => {
      core.lock('person');
      return ok({});
    },

    'site.touch': () => {
      core.touch();
      return ok({});
    },
  };
}

function statusOf(core: Lifecycle) {
  const door = core.current();
  const actor = core.actor();
  const own = door?.store.site() ?? null;
  return {
    state: door && actor ? ('open' as const) : core.isFounded() ? ('locked' as const) : ('unfounded' as const),
    appVersion: core.appVersion,
    site:
      own && actor
        ? {
            code: own.code,
            kind: own.kind,
            name: own.name,
            printingName: own.printingName ?? own.name,
            bureauName: own.bureau ? (door?.store.site(own.bureau)?.name ?? null) : null,
            recoveryConfirmed: own.recoveryConfirmed === 1,
          }
        : null,
    session: actor && door ? sessionOf(actor, door.store.account(actor.id)?.loginName ?? '') : null,
    idleMinutes: core.idleMinutes,
    sessionHours: core.sessionHours,
  };
}

/** Whether the site's database stands in the folder; from then on nothing is ever founded over it. */
export const isFoundedIn = (dataDir: string): boolean => existsSync(databasePath(dataDir));

/** The account of a fitting role whose password somebody else typed, for acts of two persons. */
export async function secondPerson(
  core: Lifecycle,
  store: SiteStore,
  actor: Actor,
  typed: { readonly loginName: string; readonly password: string },
): Promise<string> {
  const { accountId, dataKey, signingKey } = await core.founder.vault.prove(typed.loginName, typed.password);
  dataKey.fill(0);
  signingKey.fill(0);
  const account = store.account(accountId);
  // Two accounts of one person are one person.
  const isSame = accountId === actor.id || (actor.personId !== null && account?.personId === actor.personId);
  if (isSame) throw new ProblemError('site.second-person-same');
  if (!account?.active) throw new ProblemError('site.second-person-needed');
  const kind = core.current()?.kind;
  const fitting: readonly Role[] = kind ? secondPersonRoles[kind] : [];
  if (!account.roles.some((role) => fitting.includes(role))) throw new ProblemError('site.second-person-role');
  return accountId;
}

/** The same, as services of other slices ask for it. */
export const secondPersonAt =
  (core: Lifecycle, store: SiteStore): SecondPerson =>
  (actor, { secondLoginName: loginName, secondPassword: password }) =>
    secondPerson(core, store, actor, { loginName, password });
