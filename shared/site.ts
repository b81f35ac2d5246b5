import { z } from 'zod';
import { command, job, query, roles } from './call.ts';
import { OrganCode, Sha256, SiteCode } from './entry.ts';
import type { ProblemKinds } from './problem-kind.ts';
import { auditCalls } from './site-audit.ts';

export const siteProblems = {
  'site.already-founded': 'conflict',
  'site.not-founded': 'conflict',
  'site.login-failed': 'denied',
  'site.login-delayed': 'denied',
  'site.password-too-short': 'input',
  'site.password-too-common': 'input',
  'site.password-contains-login': 'input',
  'site.password-about-person': 'input',
  'site.login-name-taken': 'conflict',
  'site.account-unknown': 'input',
  'site.last-of-its-role': 'conflict',
  'site.own-person-fixed': 'denied',
  'site.audit-too-long': 'input',
  'site.second-person-needed': 'denied',
  'site.second-person-same': 'denied',
  'site.second-person-role': 'denied',
  'site.role-not-at-this-site': 'input',
  'site.recovery-key-wrong': 'input',
  'site.recovery-key-takes-two': 'denied',
  'site.kit-is-for-another-station': 'conflict',
  'site.kit-differs': 'conflict',
  'site.keyring-damaged': 'corrupt',
  'site.already-paired': 'conflict',
  'site.escrow-key-wrong': 'input',
} as const satisfies ProblemKinds;

export const Name = z.string().trim().min(1).max(60);
export const Role = z.enum(roles);
/** What the person types to sign in: 警号, pinyin or characters; no white space; compared without regard to case. */
export const LoginName = z
  .string()
  .trim()
  .min(2)
  .max(32)
  .regex(/^[^\s]+$/);
export const Password = z.string().max(200);

export const Account = z.strictObject({
  id: z.uuid(),
  name: Name,
  loginName: LoginName,
  roles: z.array(Role).min(1),
  /** The person of the roster this account belongs to; mentors, apprentices and officers need it. */
  personId: z.uuid().nullable(),
  active: z.boolean(),
});
export type Account = z.infer<typeof Account>;

export const Session = z.strictObject({
  accountId: z.uuid(),
  name: Name,
  loginName: LoginName,
  roles: z.array(Role).min(1),
  personId: z.uuid().nullable(),
  /** The sign-in before this one, and how often somebody has failed since. */
  lastSignInAt: z.iso.datetime().nullable(),
  failuresSince: z.int(),
});

export const SiteStatus = z.strictObject({
  state: z.enum(['unfounded', 'locked', 'open']),
  appVersion: z.string(),
  /** Known only while open. */
  site: z
    .strictObject({
      code: SiteCode,
      kind: z.enum(['station', 'bureau']),
      name: Name,
      printingName: Name,
      bureauName: Name.nullable(),
      recoveryConfirmed: z.boolean(),
    })
    .nullable(),
  session: Session.nullable(),
  idleMinutes: z.int(),
  sessionHours: z.int(),
});
export type SiteStatus = z.infer<typeof SiteStatus>;

export const FirstAccount = { accountName: Name, loginName: LoginName, password: Password };
/** The recovery key, shown once, as eight groups of characters; typed back before it counts. */
const RecoveryKey = z.string().max(200);
const Founded = z.strictObject({ recoveryKey: RecoveryKey });

export const siteCalls = {
  'site.status': query({ may: 'nobody', input: z.strictObject({}), output: SiteStatus }),
  /** Founds a bureau; signed in as its first administrator afterwards. */
  'site.foundBureau': command({
    may: 'nobody',
    input: z.strictObject({ name: Name, organCode: OrganCode, ...FirstAccount }),
    output: Founded,
  }),
  /** Founds a station on its own, to be paired later or never; its first account is the chief's. */
  'site.foundStation': command({
    may: 'nobody',
    input: z.strictObject({ name: Name, organCode: OrganCode, ...FirstAccount }),
    output: Founded,
  }),
  /** Reads who a kit (开站包) is for, before anything is founded with it. */
  'site.readKit': job({
    may: 'nobody',
    input: z.strictObject({ file: z.uuid(), code: z.string().max(100) }),
    output: z.strictObject({
      station: Name,
      site: SiteCode,
      bureau: Name,
      people: z.int(),
      /** Entries of the station's former computers, where the kit founds it anew (重新开站). */
      formerEntries: z.int().nullable(),
      /** Of the bureau's key it names, to be compared by voice. */
      check: Sha256,
    }),
  }),
  'site.foundStationFromKit': job({
    may: 'nobody',
    input: z.strictObject({
      file: z.uuid(),
      code: z.string().max(100),
      ...FirstAccount,
      /** Puts the site of this computer aside first; only for a kit that founds a station anew. */
      setAside: z.boolean().default(false),
    }),
    output: Founded,
  }),
  /** Pairs a station founded on its own with the bureau that issued the kit. */
  'site.pair': job({
    may: ['chief'],
    at: 'station',
    input: z.strictObject({ file: z.uuid(), code: z.string().max(100) }),
    output: z.strictObject({ bureau: Name, entries: z.int() }),
  }),
  /** The recovery key typed back; only then it opens anything. */
  'site.confirmRecoveryKey': command({
    may: ['chief', 'admin'],
    input: z.strictObject({ recoveryKey: RecoveryKey }),
    output: z.strictObject({}),
  }),
  /** A new recovery key in place of the old one, under two persons. */
  'site.renewRecoveryKey': command({
    may: ['chief', 'admin'],
    input: z.strictObject({ secondLoginName: LoginName, secondPassword: Password }),
    output: Founded,
  }),
  /**
   * A new recovery key in place of the founding's, which nobody typed back: a power cut may have come before anybody saw
   * it. By one person as long as his is the only account; from then on `site.recovery-key-takes-two`.
   */
  'site.repeatRecoveryKey': command({ may: ['chief', 'admin'], input: z.strictObject({}), output: Founded }),
  /** Opens the site with the recovery key and gives the account a new password. */
  'site.recover': job({
    may: 'nobody',
    input: z.strictObject({ recoveryKey: RecoveryKey, loginName: LoginName, newPassword: Password }),
    output: Session,
  }),
  /** A job, as every way in is: after an update, or where tables are damaged, they are made anew first. */
  'site.signIn': job({
    may: 'nobody',
    input: z.strictObject({ loginName: LoginName, password: Password }),
    output: Session,
  }),
  'site.lock': query({ may: 'everyone', input: z.strictObject({}), output: z.strictObject({}) }),
  /** The person is at work: puts the auto-lock off. */
  'site.touch': query({ may: 'everyone', input: z.strictObject({}), output: z.strictObject({}) }),
  'site.listAccounts': query({ may: 'everyone', input: z.strictObject({}), output: z.array(Account) }),
  'site.createAccount': command({
    may: ['chief', 'admin'],
    input: z.strictObject({
      name: Name,
      loginName: LoginName,
      roles: z.array(Role).min(1),
      personId: z.uuid().nullable(),
      password: Password,
    }),
    output: Account,
  }),
  /** The person behind one's own account is set once, and changed by others only. */
  'site.changeAccount': command({
    may: ['chief', 'admin'],
    input: z.strictObject({ id: z.uuid(), name: Name, roles: z.array(Role).min(1), personId: z.uuid().nullable() }),
    output: Account,
  }),
  /** Closing an account takes two persons; its entries and signatures stay. */
  'site.closeAccount': command({
    may: ['chief', 'admin'],
    input: z.strictObject({ id: z.uuid(), secondLoginName: LoginName, secondPassword: Password }),
    output: z.strictObject({}),
  }),
  /** A forgotten password set anew by two persons; the account gets a new signing key. */
  'site.resetPassword': command({
    may: ['chief', 'admin'],
    input: z.strictObject({
      id: z.uuid(),
      newPassword: Password,
      secondLoginName: LoginName,
      secondPassword: Password,
    }),
    output: z.strictObject({}),
  }),
  'site.changePassword': command({
    may: 'everyone',
    input: z.strictObject({ password: Password, newPassword: Password }),
    output: z.strictObject({}),
  }),
  /** The keys this site signs and is sealed to with, by their check words, and how they came about; newest first. */
  'site.keys': query({
    may: ['chief', 'admin'],
    input: z.strictObject({}),
    output: z.strictObject({
      check: Sha256,
      changes: z.array(z.strictObject({ at: z.iso.datetime(), check: Sha256, reason: z.string() })),
    }),
  }),
  /** Makes new keys; the other side follows with the next package it gets. */
  'site.changeKeys': command({
    may: ['chief', 'admin'],
    input: z.strictObject({ reason: z.string().trim().min(1).max(200) }),
    output: z.strictObject({ check: Sha256 }),
  }),
  /** The escrow key by its check, since when it counts, and the check of one that was not read back yet. */
  'site.escrow': query({
    may: ['admin'],
    at: 'bureau',
    input: z.strictObject({}),
    output: z.strictObject({
      check: Sha256.nullable(),
      since: z.iso.datetime().nullable(),
      pending: Sha256.nullable(),
    }),
  }),
  /** Makes a new escrow key under two persons; shown once, and kept nowhere. */
  'site.makeEscrow': command({
    may: ['admin'],
    at: 'bureau',
    input: z.strictObject({ secondLoginName: LoginName, secondPassword: Password }),
    output: z.strictObject({ escrowKey: z.string() }),
  }),
  /** Writes the key just made to a stick for the safe, as an age identity file. */
  'site.keepEscrow': command({
    may: ['admin'],
    at: 'bureau',
    input: z.strictObject({ escrowKey: z.string().max(200), drive: z.uuid() }),
    output: z.strictObject({ fileName: z.string() }),
  }),
  /** The key read back, from paper or from its stick; only now stations are told of it. */
  'site.confirmEscrow': command({
    may: ['admin'],
    at: 'bureau',
    input: z.union([z.strictObject({ escrowKey: z.string().max(200) }), z.strictObject({ file: z.uuid() })]),
    output: z.strictObject({ check: Sha256 }),
  }),
  'site.rename': command({
    may: ['chief', 'admin'],
    input: z.strictObject({ printingName: Name }),
    output: z.strictObject({}),
  }),
  /** Saves the open page as a PDF that names the site on every sheet; null when the dialog was closed. */
  'site.printPage': query({
    may: 'everyone',
    input: z.strictObject({ name: z.string().min(1).max(80) }),
    output: z.strictObject({}).nullable(),
  }),
  ...auditCalls,
};
