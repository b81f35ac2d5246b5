import type { siteHelpEntries, SlotHolder } from '../../shared/site-help.ts';
import type { Db } from '../db/open.ts';
import type { Projectors } from '../journal/projection.ts';

/** Writes what concerns help of the bureau; a part of the slice's projection. */
export function helpProjectors(db: Db): Projectors<typeof siteHelpEntries> {
  const slot = db.prepare('INSERT OR REPLACE INTO escrow_slot (stream, slot_id, since, holders) VALUES (?, ?, ?, ?)');
  return {
    'site.escrow-slot-kept': ({ slotId, holders }, { stream, at }) =>
      void slot.run(stream, slotId, at, JSON.stringify(holders)),
    // Told by the journal itself; nothing is computed from them.
    'site.help-given': () => undefined,
    'site.opened-with-help': () => undefined,
  };
}

/** What the journal tells of this site's escrow slot. */
export function siteHelpStore(db: Db, self: string) {
  const slot = db.prepare<[string], { slotId: string; since: string; holders: string }>(
    'SELECT slot_id AS slotId, since, holders FROM escrow_slot WHERE stream = ?',
  );
  return {
    /** The last one made. */
    slot() {
      const row = slot.get(self);
      return row ? { ...row, holders: JSON.parse(row.holders) as SlotHolder[] } : null;
    },
  };
}
