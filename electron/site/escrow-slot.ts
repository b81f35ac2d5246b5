import { withEscrow } from '../crypto/age-keys.ts';
import { type EscrowSlot, type Keyring, keyringName, sealEscrowSlot } from '../crypto/keyring.ts';
import { SYSTEM } from '../journal/journal.ts';
import { siteHelpStore } from './help-store.ts';
import { recipientCheck } from './keys.ts';
import type { OpenDoor } from './store.ts';
import type { Vault } from './vault.ts';

/** The keyring's way in for the bureau, where it has one. */
export const escrowSlotIn = ({ slots }: Keyring): EscrowSlot | null =>
  slots.find((slot): slot is EscrowSlot => slot.kind === 'escrow') ?? null;

const isSame = (some: readonly string[], others: readonly string[]): boolean => some.join() === others.join();

/**
 * Keeps the escrow slot of an open station's keyring: asked after every change, it seals the data key anew as soon as the
 * bureau's keys are others than those it is sealed to, and tells the journal. Nobody needs to do anything for it.
 */
export function escrowSlotKeeper(
  { db, journal }: Pick<OpenDoor, 'db' | 'journal'>,
  { vault, newId }: { readonly vault: Vault; readonly newId: () => string },
  dataKey: Uint8Array,
): () => Promise<void> {
  const { site } = journal.self;
  const bureau = db.prepare<[string], { recipient: string; escrow: string | null }>(
    `SELECT p.recipient, b.escrow FROM site s JOIN site b ON b.code = s.bureau
     JOIN pinned_key p ON p.stream = s.code AND p.site = b.code
     WHERE s.code = ? AND p.recipient IS NOT NULL ORDER BY p.seq DESC LIMIT 1`,
  );
  const told = siteHelpStore(db, site);
  let known: EscrowSlot | null = null;

  return async () => {
    const keys = bureau.get(site);
    if (!keys) return;
    const recipients = withEscrow(keys.recipient, keys.escrow);
    known ??= escrowSlotIn(await vault.read());
    if (!known || !isSame(known.recipients, recipients)) {
      const keyring = keyringName((await vault.read()).salt);
      const slot = await sealEscrowSlot({ id: newId(), site, keyring, recipients }, dataKey);
      await vault.putSlot(slot);
      known = slot;
    }
    // Also where a power cut came between the two, or the keyring was taken from a backup.
    if (told.slot()?.slotId === known.id) return;
    const holders = known.recipients.map((recipient, index) => ({
      of: index === 0 ? ('bureau' as const) : ('safe' as const),
      check: recipientCheck(recipient),
    }));
    journal.append('site.escrow-slot-kept', { slotId: known.id, holders }, SYSTEM);
  };
}
