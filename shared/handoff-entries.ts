import { z } from 'zod';
import { entryKind, Sha256, SiteCode, StreamId } from './entry.ts';
import { packedDown, packedIn } from './handoff-slip.ts';
import { PublicKey } from './keys.ts';
import { ReceiptDecision } from './manifest.ts';
import { refoundingEntries } from './refounding.ts';

/** Why somebody decided on his own word. */
export const Reason = z.string().trim().min(1).max(500);

/** Where a stream ends for somebody. */
const StreamEnd = z.strictObject({ stream: StreamId, seq: z.int().nonnegative() });

const PinnedKeys = z.strictObject({
  site: SiteCode,
  signPublicKey: PublicKey,
  recipient: z.string().max(3000),
  /** Keys it signed with before; packages written then may come late. */
  former: z.array(PublicKey).max(100).optional(),
});

export const handoffEntries = {
  ...refoundingEntries,
  /** The bundle with these entries stands on the medium, read back. */
  'handoff.bundle-written': entryKind(
    z.strictObject({
      number: z.int().positive(),
      first: z.int().positive(),
      last: z.int().positive(),
      sha256: Sha256,
      medium: z.string().max(60),
      ...packedIn,
    }),
    { from: 'station' },
  ),
  /** The bureau's signed receipt, as the station took it. */
  'handoff.receipt-taken': entryKind(
    z.strictObject({
      /** Of the return that brought it: a receipt with a higher number is the later one. */
      number: z.int().positive(),
      through: z.int().nonnegative(),
      hash: Sha256,
      missing: z.array(z.tuple([z.int(), z.int()])),
      quarantined: z.array(z.strictObject({ seq: z.int(), code: z.string(), decision: ReceiptDecision.optional() })),
      /** A bureau restored from a backup wants a report, with what it lacks of its own streams behind these numbers. */
      wanted: z.array(StreamEnd).max(100).optional(),
    }),
    { from: 'station' },
  ),
  'handoff.kit-issued': entryKind(z.strictObject({ site: SiteCode, sha256: Sha256.optional(), ...packedDown }), {
    from: 'bureau',
  }),
  /** A station's keys, pinned from its first bundle, and again from the first after each change. */
  'handoff.station-pinned': entryKind(PinnedKeys, { from: 'bureau' }),
  /** The bureau's keys, pinned from the kit, and again from the first return after each change. */
  'handoff.bureau-pinned': entryKind(PinnedKeys, { from: 'station' }),
  'handoff.bundle-taken': entryKind(
    z.strictObject({
      site: SiteCode,
      number: z.int(),
      sha256: Sha256,
      exported: z.int(),
      accepted: z.int(),
      alreadyKnown: z.int(),
      quarantined: z.int(),
      held: z.int(),
      /** The key that signed it, and the range it brought of the station's stream. */
      signer: PublicKey.optional(),
      first: z.int().positive().optional(),
      last: z.int().positive().optional(),
      /** How far the station held the bureau's streams when it wrote the bundle. */
      known: z.array(StreamEnd.extend({ hash: Sha256.optional() })),
      /** The latest receipt the station shows to have taken: its number, and how far it proved the station's stream. */
      receipt: z.strictObject({ number: z.int().positive(), through: z.int().nonnegative() }).optional(),
      /** It shows that this database is older than what the bureau wrote or took, and nobody knew. */
      setBack: z.literal(true).optional(),
      /** Entries of the bureau's own streams it brought back. */
      broughtBack: z.int().positive().optional(),
      /** Held entries it showed to have come under a key given up before them, and that are held no more. */
      letGo: z.int().positive().optional(),
      /** Attachments its entries name that are neither in it nor here. */
      lacking: z
        .array(z.strictObject({ seq: z.int(), sha256: Sha256 }))
        .max(5000)
        .optional(),
    }),
    { from: 'bureau' },
  ),
  /** No return written before the bureau was restored is still on its way to the station, says who signs. */
  'handoff.down-resumed': entryKind(z.strictObject({ site: SiteCode, reason: Reason }), { from: 'bureau' }),
  /** Packages were opened with the escrow key from the safe. */
  'handoff.escrow-used': entryKind(z.strictObject({ recipient: z.string().max(3000), secondPerson: z.uuid() }), {
    from: 'bureau',
  }),
  'handoff.return-written': entryKind(
    z.strictObject({ site: SiteCode, number: z.int(), through: z.int(), sha256: Sha256, ...packedDown }),
    { from: 'bureau' },
  ),
};
