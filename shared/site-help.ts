import { z } from 'zod';
import { command, job, query } from './call.ts';
import { entryKind, Sha256, SiteCode } from './entry.ts';
import { Recipient } from './keys.ts';
import type { ProblemKinds } from './problem-kind.ts';
import { FirstAccount, LoginName, Name, Password, Session } from './site.ts';

export const siteHelpProblems = {
  'site.help-no-slot': 'conflict',
  'site.help-not-asked': 'conflict',
  'site.help-request-invalid': 'corrupt',
  'site.help-station-unknown': 'input',
  'site.help-station-revoked': 'denied',
  'site.help-key-gone': 'denied',
  'site.help-answer-damaged': 'corrupt',
  'site.help-answer-for-another': 'conflict',
  'site.help-answer-expired': 'conflict',
  'site.help-code-wrong': 'input',
  'site.help-delayed': 'denied',
  'site.help-not-a-chief': 'input',
} as const satisfies ProblemKinds;

/** What a locked station asks its bureau with (协助请求): canonical JSON; see resources/format. */
export const HelpRequest = z.strictObject({
  format: z.literal('lijing-help-request'),
  version: z.literal(1),
  site: SiteCode,
  /** Of which keyring the slot is. */
  keyring: Sha256,
  request: z.uuid(),
  at: z.iso.datetime(),
  /** Whose identity never leaves the station's computer. */
  recipient: Recipient,
  /** The keyring's escrow slot: an age file. */
  slot: z.base64().max(20_000),
});
export type HelpRequest = z.infer<typeof HelpRequest>;

/** First line inside the bureau's answer (协助答复); behind it the data key, sealed to the spoken code. */
export const HelpAnswer = z.strictObject({
  format: z.literal('lijing-help-answer'),
  version: z.literal(1),
  /** The bureau's act, as its journal names it. */
  act: z.uuid(),
  request: z.uuid(),
  site: SiteCode,
  keyring: Sha256,
  at: z.iso.datetime(),
  until: z.iso.datetime(),
});
export type HelpAnswer = z.infer<typeof HelpAnswer>;

/** Whose key opens an escrow slot: the bureau's own, or the escrow key in its safe. */
const SlotHolder = z.strictObject({ of: z.enum(['bureau', 'safe']), check: Sha256 });
export type SlotHolder = z.infer<typeof SlotHolder>;

export const siteHelpEntries = {
  /** The keyring has a slot for the bureau, or has it anew under the keys that count now. */
  'site.escrow-slot-kept': entryKind(z.strictObject({ slotId: z.uuid(), holders: z.array(SlotHolder).min(1).max(2) }), {
    from: 'station',
  }),
  /** Two persons of the bureau opened a station's escrow slot and answered its request. */
  'site.help-given': entryKind(
    z.strictObject({
      act: z.uuid(),
      site: SiteCode,
      request: z.uuid(),
      /** Whose key opened the slot. */
      by: z.enum(['bureau', 'safe']),
      until: z.iso.datetime(),
      reason: z.string().trim().min(1).max(200),
      secondPerson: z.uuid(),
    }),
    // Its own: the streams down may rest just when help is needed most.
    { from: 'bureau' },
  ),
  /** The station was opened with the bureau's answer, and the account got a password or was made for it. */
  'site.opened-with-help': entryKind(
    z.strictObject({ act: z.uuid(), request: z.uuid(), account: z.uuid(), isNew: z.boolean() }),
    { from: 'station' },
  ),
};

export const siteHelpCalls = {
  /** The slot that lets the bureau help when every password is gone: since when, and for whose keys; null without one. */
  'site.escrowSlot': query({
    may: ['chief'],
    at: 'station',
    input: z.strictObject({}),
    output: z.strictObject({ since: z.iso.datetime(), holders: z.array(SlotHolder) }).nullable(),
  }),
  /** Whether the bureau could help, and the request that waits for its answer, by the check to be compared by telephone. */
  'site.helpState': query({
    may: 'nobody',
    input: z.strictObject({}),
    output: z.strictObject({
      ready: z.boolean(),
      asked: z.strictObject({ at: z.iso.datetime(), check: Sha256 }).nullable(),
    }),
  }),
  /** Writes the request to a stick; asked again it is the same request, as long as no answer was used. */
  'site.askHelp': command({
    may: 'nobody',
    input: z.strictObject({ drive: z.uuid() }),
    output: z.strictObject({ fileName: z.string(), check: Sha256 }),
  }),
  /** Whether a file answers the request that waits here, and until when it may be used. */
  'site.readHelpAnswer': query({
    may: 'nobody',
    input: z.strictObject({ file: z.uuid() }),
    output: z.strictObject({ at: z.iso.datetime(), until: z.iso.datetime() }),
  }),
  /** Opens the site with the answer, once: a chief's account gets a new password, or a new chief's is made. */
  'site.openWithHelp': job({
    may: 'nobody',
    input: z.strictObject({
      file: z.uuid(),
      code: z.string().max(100),
      account: z.union([z.strictObject({ loginName: LoginName, newPassword: Password }), z.strictObject(FirstAccount)]),
    }),
    output: Session,
  }),
  /** Takes the request back that waits here: an answer to it opens nothing any more. */
  'site.withdrawHelp': command({ may: 'nobody', input: z.strictObject({}), output: z.strictObject({}) }),
  /** Whose request a file is, and whether the bureau's own keys or the escrow key from the safe opens its slot. */
  'site.readHelpRequest': query({
    may: ['admin'],
    at: 'bureau',
    input: z.strictObject({ file: z.uuid() }),
    output: z.strictObject({
      site: SiteCode,
      station: Name,
      at: z.iso.datetime(),
      check: Sha256,
      needs: z.enum(['bureau', 'safe']),
    }),
  }),
  /** Answers a request under two persons; the code is shown once and told by voice. `check` is what was compared. */
  'site.answerHelp': command({
    may: ['admin'],
    at: 'bureau',
    input: z.strictObject({
      file: z.uuid(),
      check: Sha256,
      reason: z.string().trim().min(1).max(200),
      /** From the safe, where the bureau's own keys do not open the slot. */
      escrowKey: z.string().max(200).nullable(),
      drive: z.uuid(),
      secondLoginName: LoginName,
      secondPassword: Password,
    }),
    output: z.strictObject({ fileName: z.string(), spokenCode: z.string(), until: z.iso.datetime() }),
  }),
};
