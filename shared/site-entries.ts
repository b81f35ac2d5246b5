import { z } from 'zod';
import { entryKind, Sha256, SiteCode, StreamId } from './entry.ts';
import { PublicKey, Recipient, Signature } from './keys.ts';
import { Account, Name, Role } from './site.ts';
import { AuditFilter } from './site-audit.ts';

export const siteEntries = {
  /** First entry of every site: who it is and which keys it signs and is sealed to with. */
  'site.founded': entryKind(
    z.strictObject({
      site: SiteCode,
      siteKind: z.enum(['station', 'bureau']),
      name: Name,
      printingName: Name,
      signPublicKey: PublicKey,
      recipient: Recipient,
    }),
    { from: 'both' },
  ),
  /** New keys of the site, vouched for by the former signing key; what was sealed to the former ones still opens. */
  'site.keys-changed': entryKind(
    z.strictObject({
      former: PublicKey,
      signPublicKey: PublicKey,
      recipient: Recipient,
      sig: Signature,
      reason: z.string().trim().min(1).max(200),
    }),
    { from: 'both' },
  ),
  'site.renamed': entryKind(z.strictObject({ printingName: Name }), { from: 'both' }),
  /** The bureau's public face, for every station; repeated in each kit. */
  'site.bureau-announced': entryKind(
    z.strictObject({ site: SiteCode, name: Name, signPublicKey: PublicKey, recipient: Recipient }),
    { from: 'bureau', goes: 'common' },
  ),
  /** A second identity was made for the safe; it counts for nothing until it was read back from there. */
  'site.escrow-made': entryKind(z.strictObject({ recipient: Recipient, secondPerson: z.uuid() }), { from: 'bureau' }),
  /** From here on everything to and from the bureau is sealed to its escrow key too. */
  'site.escrow-announced': entryKind(z.strictObject({ recipient: Recipient }), { from: 'bureau', goes: 'common' }),
  'site.paired': entryKind(z.strictObject({ bureau: SiteCode, signPublicKey: PublicKey, recipient: Recipient }), {
    from: 'station',
  }),
  'site.station-registered': entryKind(z.strictObject({ site: SiteCode, name: Name }), {
    from: 'bureau',
    goes: 'station',
  }),
  /** A computer takes the place of a former one of the same station, whose records it goes on with. */
  'site.station-succeeded': entryKind(z.strictObject({ site: SiteCode, former: SiteCode }), {
    from: 'bureau',
    goes: 'station',
  }),
  'site.account-created': entryKind(z.strictObject({ ...Account.omit({ active: true }).shape, publicKey: PublicKey }), {
    from: 'both',
  }),
  'site.account-changed': entryKind(
    z.strictObject({ id: z.uuid(), name: Name, roles: z.array(Role).min(1), personId: z.uuid().nullable() }),
    { from: 'both' },
  ),
  'site.account-closed': entryKind(z.strictObject({ id: z.uuid(), secondPerson: z.uuid() }), { from: 'both' }),
  /** A new own key, after a password was reset by others: signatures from here on count under it. */
  'site.account-rekeyed': entryKind(
    z.strictObject({ id: z.uuid(), publicKey: PublicKey, secondPerson: z.uuid().nullable() }),
    {
      from: 'both',
    },
  ),
  /** An account of the bureau, as the stations know it: enough to check what it signs for them. */
  'site.signer-announced': entryKind(z.strictObject({ id: z.uuid(), name: Name, publicKey: PublicKey }), {
    from: 'bureau',
    goes: 'common',
  }),
  /** `secondPerson` is null where nobody else had an account yet and no recovery key had counted. */
  'site.recovery-key-renewed': entryKind(z.strictObject({ slotId: z.uuid(), secondPerson: z.uuid().nullable() }), {
    from: 'both',
  }),
  'site.recovery-key-confirmed': entryKind(z.strictObject({ slotId: z.uuid() }), { from: 'both' }),
  /** A copy of the keyring was damaged or gone, and made anew from the other. */
  'site.keyring-mended': entryKind(z.strictObject({}), { from: 'both' }),
  /** From here on this computer remembers, outside the database, where the streams end. */
  'site.heads-pinned': entryKind(z.strictObject({ because: z.enum(['missing', 'damaged']) }), { from: 'both' }),
  /** Somebody took the audit view away as a file. */
  'site.audit-exported': entryKind(
    z.strictObject({ rows: z.int().nonnegative(), faults: z.int().nonnegative(), filter: AuditFilter }),
    { from: 'both' },
  ),
  /** At a start the journal did not hold what this computer had remembered of it. */
  'site.tail-lost': entryKind(z.strictObject({ lost: StreamId, upTo: z.int().positive(), hash: Sha256 }), {
    from: 'both',
  }),
  /** The signed-in person's page asked for what his roles do not allow; once for each call while the application runs. */
  'site.call-refused': entryKind(z.strictObject({ call: z.string().min(1).max(80) }), { from: 'both' }),
  'site.signed-in': entryKind(z.strictObject({ failuresBefore: z.int().nonnegative() }), { from: 'both' }),
};
