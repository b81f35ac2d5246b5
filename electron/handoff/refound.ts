import { fail, ok } from '../../shared/problem.ts';
import { inTransaction } from '../db/transaction.ts';
import type { HandlersOf, Services } from '../ipc/handlers.ts';
import { asideEntries } from './kept-aside.ts';
import type { HandoffStore } from './store.ts';

/** The bureau gives a station whose computer is out of use another one: a new stream that goes on with its records. */
export function refounding(store: HandoffStore, { db, journal }: Services): HandlersOf<'handoff'>['handoff.refound'] {
  const nameOf = db.prepare<[string], { name: string }>(`SELECT name FROM site WHERE code = ? AND kind = 'station'`);
  const lastComputer = db.prepare<[string], { device: number }>(
    `SELECT max(CAST(substr(code, 14) AS INTEGER)) AS device FROM site WHERE substr(code, 1, 13) = ?`,
  );
  const aside = asideEntries(db);

  return async ({ site: former }, { actor, job }) => {
    const station = nameOf.get(former);
    if (!station) return fail('handoff.station-unknown');
    if (!store.isRevoked(former)) return fail('handoff.station-not-revoked');
    if (store.successorOf(former)) return fail('handoff.station-succeeded');
    const organ = former.slice(0, 13);
    const site = `${organ}${String((lastComputer.get(organ)?.device ?? 0) + 1)}`;
    const author = { id: actor.id, key: null };
    return inTransaction(db, async () => {
      journal.append('site.station-registered', { site, name: station.name }, author, site);
      journal.append('site.station-succeeded', { site, former }, author, site);
      const counts = await aside.carry(journal, former, site, (done, total) =>
        job.progress('handoff.refound.carrying', done, total),
      );
      journal.append('handoff.station-refounded', { site, former, ...counts }, author);
      return ok({ site, ...counts });
    });
  };
}
