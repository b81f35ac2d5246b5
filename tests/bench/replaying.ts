import { createHash } from 'node:crypto';
import { replay } from '../../electron/journal/journal.ts';
import { verifyChain } from '../../electron/journal/verify.ts';
import { projections } from '../../electron/slices.ts';
import { aJournal } from '../support/journal.ts';
import { fill } from './history.ts';
import { bareInserts } from './limits.ts';
import { against, type Figure, timed } from './measure.ts';
import { sizes } from './sizes.ts';

/** The whole journal once more through the projections, and its chain checked. */
export async function replaying(): Promise<Figure[]> {
  const at = await aJournal(projections);
  fill(at.journal, sizes.entries);
  const replayed = await timed(() => replay(at.db, projections, at.self, async () => {}));
  const checked = await timed(() => verifyChain(at.db, async () => {}), 2);
  const bareHash = await timed(() => {
    for (const { line } of at.db.prepare<[], { line: string }>('SELECT line FROM entry ORDER BY position').iterate())
      createHash('sha256').update(line).digest();
  }, 2);
  const inserted = await bareInserts(at.db, (table) => table !== 'entry');
  at.close();
  return [
    against(`replay ${String(sizes.entries)} entries`, replayed, inserted, 3),
    against(`chain check of ${String(sizes.entries)} entries`, checked, bareHash, 2),
  ];
}
