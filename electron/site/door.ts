import { existsSync } from 'node:fs';
import { type Role, secondPersonRoles, type SiteKind } from '../../shared/call.ts';
import { passwordProblem } from '../../shared/password-rules.ts';
import { fail, ok, ProblemError } from '../../shared/problem.ts';
import { importSigningKey } from '../crypto/ed25519.ts';
import { loginMark } from '../crypto/keyring.ts';
import type { Actor, HandlersOf, SecondPerson } from '../ipc/handlers.ts';
import {
  appendFounding,
  databasePath,
  type FirstAccount,
  type Founder,
  foundKeyring,
  openByRecovery,
  type Opened,
  putAccountSlot,
} from './founding.ts';
import { makeSiteKeys } from './keys.ts';
import { type KitReader, takeKit } from './kit.ts';
import { SYSTEM } from '../journal/journal.ts';
import type { OpenDoor, SiteStore } from './store.ts';

/** What opens and closes the site as a whole; the core's part of signing in. */
export type Lifecycle = {
  readonly dataDir: string;
  readonly appVersion: string;
  readonly founder: Founder;
  readonly idleMinutes: number;
  /** log2 of scrypt's N for a kit's spoken code; age's own default when left out. */
  readonly codeLogN?: number;
  readonly isFounded: () => boolean;
  readonly current: () => (OpenDoor & { readonly kind: SiteKind; readonly code: string }) | null;
  readonly actor: () => Actor | null;
  readonly enter: (actor: Actor | null) => void;
  /** Opens the database with its key; brings its tables up to date first. */
  readonly open: (dataKey: Buffer) => Promise<OpenDoor>;
  /** Makes the database of a new site under its unfinished name, runs the work in one transaction, and finishes. */
  readonly found: (
    dataKey: Buffer,
    self: { readonly site: string; readonly kind: SiteKind },
    work: (door: OpenDoor) => Promise<void>,
  ) => Promise<void>;
  readonly lock: (reason: 'person' | 'idle' | 'suspend') => void;
  readonly touch: () => void;
  readonly kits: KitReader;
};

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
  const found = async (
    self: { site: string; kind: SiteKind },
    name: string,
    first: FirstAccount,
    alsoTake: (door: OpenDoor) => Promise<void> = async () => {},
  ) => {
    if (core.isFounded()) return fail('site.already-founded');
    const weak = passwordProblem(first.password, first.loginName);
    if (weak) return fail(weak);
    const { opened, publicKey, recoveryKey } = await foundKeyring(core.founder, first);
    await core.found(opened.dataKey, self, async (door) => {
      const keys = await makeSiteKeys(door.db, core.founder.ageKind);
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

  const enter = async (opened: Opened, failuresBefore: number) => {
    const open = core.current();
    const door = open ?? (await core.open(opened.dataKey));
    if (open) opened.dataKey.fill(0);
    const account = door.store.account(opened.accountId);
    if (!account?.active) {
      if (!core.actor()) core.lock('person');
      return fail('site.login-failed');
    }
    const before = { at: door.store.lastSignIn(account.id), failures: failuresBefore };
    const key = importSigningKey(opened.signingKey);
    opened.signingKey.fill(0);
    if (await core.founder.vault.mend()) door.journal.append('site.keyring-mended', {}, SYSTEM);
    door.journal.append('site.signed-in', { failuresBefore }, { id: account.id, key: null });
    const { id, name, roles, personId } = account;
    core.enter({ id, name, roles, personId, key, before });
    return ok(sessionOf({ id, name, roles, personId, before }, account.loginName));
  };

  return {
    'site.status': () => ok(statusOf(core)),

    'site.foundBureau': ({ name, organCode, ...first }) =>
      found({ site: `${organCode}-1`, kind: 'bureau' }, name, first),

    'site.foundStation': ({ name, organCode, ...first }) =>
      found({ site: `${organCode}-1`, kind: 'station' }, name, first),

    'site.readKit': async ({ file, code }) => {
      const kit = await core.kits.open(file, code);
      if (!kit.ok) return kit;
      const { station, site, bureau, people } = kit.value;
      await kit.value.dispose();
      return ok({ station, site, bureau, people });
    },

    'site.foundStationFromKit': async ({ file, code, ...first }) => {
      if (core.isFounded()) return fail('site.already-founded');
      const kit = await core.kits.open(file, code);
      if (!kit.ok) return kit;
      try {
        const { site, station } = kit.value;
        return await found({ site, kind: 'station' }, station, first, async (door) => {
          await takeKit(door, kit.value);
        });
      } finally {
        await kit.value.dispose();
      }
    },

    'site.signIn': async ({ loginName, password }) => {
      if (!core.isFounded()) return fail('site.not-founded');
      const { failuresBefore, ...opened } = await core.founder.vault.unlock(loginName, password);
      return enter(opened, failuresBefore);
    },

    'site.recover': async ({ recoveryKey, loginName, newPassword }) => {
      if (!core.isFounded()) return fail('site.not-founded');
      const weak = passwordProblem(newPassword, loginName);
      if (weak) return fail(weak);
      const { dataKey } = await openByRecovery(core.founder.vault, recoveryKey, false);
      const door = core.current() ?? (await core.open(dataKey));
      const keyring = await core.founder.vault.read();
      const mark = loginMark(keyring.salt, loginName);
      const slot = keyring.slots.find((one) => one.kind === 'account' && one.login === mark);
      const account = slot && door.store.account(slot.id);
      if (!account?.active) {
        if (!core.actor()) core.lock('person');
        return fail('site.account-unknown');
      }
      const known = passwordProblem(newPassword, loginName, door.store.knownOf(account.personId));
      if (known) {
        if (!core.actor()) core.lock('person');
        return fail(known);
      }
      const made = await putAccountSlot(core.founder, { id: account.id, loginName, password: newPassword }, dataKey);
      door.journal.append(
        'site.account-rekeyed',
        { id: account.id, publicKey: made.publicKey, secondPerson: null },
        { id: account.id, key: null },
      );
      if (door.journal.self.kind === 'bureau')
        door.journal.append(
          'site.signer-announced',
          { id: account.id, name: account.name, publicKey: made.publicKey },
          { id: account.id, key: null },
        );
      return enter({ dataKey, accountId: account.id, signingKey: made.signingKey }, 0);
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

const sessionOf = ({ id, name, roles, personId, before }: Omit<Actor, 'key'>, loginName: string) => ({
  accountId: id,
  name,
  loginName,
  roles: [...roles],
  personId,
  lastSignInAt: before.at,
  failuresSince: before.failures,
});

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
  if (accountId === actor.id) throw new ProblemError('site.second-person-same');
  const account = store.account(accountId);
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
