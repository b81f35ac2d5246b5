import type { Db } from '../db/open.ts';
import { type Journal, SYSTEM } from '../journal/journal.ts';
import { headsLost, headsOf, type Pin, type PinnedHead, pinnedHeads } from '../journal/pinned-heads.ts';

const pinOf = (db: Db, site: string): Pin => {
  const mended = db
    .prepare<[string], { n: number }>(
      `SELECT count(*) AS n FROM backup_mended WHERE stream = ? AND how IN ('restored', 'salvaged')`,
    )
    .get(site);
  return { heads: headsOf(db), mended: mended?.n ?? 0 };
};

/** Pins a site that was founded just now; later starts compare with it. */
export const pinFounded = (dataDir: string, dataKey: Uint8Array, db: Db, site: string): Promise<void> =>
  pinnedHeads(dataDir, dataKey).write(pinOf(db, site));

/**
 * Compares the opened database with what this computer remembers of it, and goes on remembering. What is missing is
 * written into the journal, where it stays for everybody to see, unless the database was knowingly put back since.
 */
export async function keepHeads(spec: {
  readonly dataDir: string;
  readonly dataKey: Uint8Array;
  readonly db: Db;
  readonly journal: Journal;
}) {
  const { db, journal } = spec;
  const now = (): Pin => pinOf(db, journal.self.site);
  const file = pinnedHeads(spec.dataDir, spec.dataKey);
  const reading = await file.read();
  if (reading.state !== 'kept') journal.append('site.heads-pinned', { because: reading.state }, SYSTEM);
  else if (reading.pin.mended === now().mended)
    journal.together(() => {
      for (const { stream, seq, hash } of headsLost(db, reading.pin.heads))
        journal.append('site.tail-lost', { lost: stream, upTo: seq, hash }, SYSTEM);
    });
  await file.write(now());

  return {
    /** Soon after every act; holds nobody up. */
    remember: (): void => file.remember(now()),
    settled: file.settled,
    isWriting: file.isWriting,
    /** What is remembered now; nothing where the file went or was touched meanwhile. */
    remembered: async (): Promise<readonly PinnedHead[]> => {
      await file.settled();
      const kept = await file.read();
      return kept.state === 'kept' ? kept.pin.heads : [];
    },
  };
}
export type KeptHeads = Awaited<ReturnType<typeof keepHeads>>;
