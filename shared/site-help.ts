import { z } from 'zod';
import { query } from './call.ts';
import { entryKind, Sha256 } from './entry.ts';

/** Whose key opens an escrow slot: the bureau's own, or the escrow key in its safe. */
const SlotHolder = z.strictObject({ of: z.enum(['bureau', 'safe']), check: Sha256 });
export type SlotHolder = z.infer<typeof SlotHolder>;

export const siteHelpEntries = {
  /** The keyring has a slot for the bureau, or has it anew under the keys that count now. */
  'site.escrow-slot-kept': entryKind(z.strictObject({ slotId: z.uuid(), holders: z.array(SlotHolder).min(1).max(2) }), {
    from: 'station',
  }),
};

export const siteHelpCalls = {
  /** The slot that lets the bureau help when every password is gone: since when, and for whose keys; null without one. */
  'site.escrowSlot': query({
    may: ['chief'],
    at: 'station',
    input: z.strictObject({}),
    output: z.strictObject({ since: z.iso.datetime(), holders: z.array(SlotHolder) }).nullable(),
  }),
};
