import { fail, ok, ProblemError } from '../../shared/problem.ts';
import { inTransaction } from '../db/transaction.ts';
import type { HandlersOf, Services } from '../ipc/handlers.ts';
import { downStreams } from './down-streams.ts';
import type { Author } from '../journal/journal.ts';
import { asideEntries } from './kept-aside.ts';
import type { HandoffStore } from './store.ts';

const WEEK_MS = 7 * 86_400_000;
/** Numbers have three digits: enough weeks from here for nineteen years. */
const WEEKS_FROM = Date.UTC(2024, 0, 1);
const MOST_DEVICES = 999;

/** The bureau gives a station whose computer is out of use another one: a new stream that goes on with its records. */
export function refounding(
  store: HandoffStore,
  { db, journal, clock, site: { code: own } }: Services,
): HandlersOf<'handoff'>['handoff.refound'] {
  const siteAt = db.prepare<[string], { code: string }>(`SELECT code FROM site WHERE code = ? AND kind = 'station'`);
  const lastComputer = db.prepare<[string], { device: number | null }>(
    `SELECT max(CAST(substr(code, 14) AS INTEGER)) AS device
     FROM (SELECT code FROM site UNION ALL SELECT site FROM pinned_key) WHERE substr(code, 1, 13) = ?`,
  );
  const streams = downStreams(db, { site: own, kind: 'bureau' });
  /**
   * A bureau restored from a backup may have given out numbers it knows nothing of: it goes on behind the weeks of the
   * clock, far beyond any that a station came to by one computer after another.
   */
  const nextDevice = (organ: string): number => {
    const next = (lastComputer.get(organ)?.device ?? 0) + 1;
    const weeks = Math.floor((clock().getTime() - WEEKS_FROM) / WEEK_MS);
    return streams.wasSetBack() && weeks <= MOST_DEVICES ? Math.max(next, weeks) : next;
  };
  const aside = asideEntries(db);
  // One that a restored bureau knows by its bundles alone, and that is lost before it could bring back whose it is: of the
  // streams it showed to hold, those of other computers are of the ones before it.
  const shownBefore = db.prepare<[{ site: string; own: string }], { code: string }>(
    `SELECT s.code FROM known_down k JOIN site s ON k.stream IN (s.code, @own || '/' || s.code)
     WHERE k.site = @site AND substr(s.code, 1, 13) = substr(@site, 1, 13)
       AND CAST(substr(s.code, 14) AS INTEGER) < CAST(substr(@site, 14) AS INTEGER)
       AND NOT EXISTS (SELECT 1 FROM site n WHERE n.former = s.code)
     ORDER BY CAST(substr(s.code, 14) AS INTEGER) DESC LIMIT 1`,
  );

  const registerAgain = (site: string, name: string, author: Author): void => {
    const former = shownBefore.get({ site, own })?.code;
    // Its word alone puts no computer out of use.
    if (former !== undefined && !store.isRevoked(former))
      throw new ProblemError('handoff.former-not-revoked', { site: former });
    journal.append('site.station-registered', { site, name }, author, site);
    if (former !== undefined) journal.append('site.station-succeeded', { site, former }, author, site);
  };

  return async ({ site: former }, { actor, job }) => {
    const isKnown = siteAt.get(former) !== undefined;
    if (!isKnown && !store.pinned(own, former)) return fail('handoff.station-unknown');
    if (!store.isRevoked(former)) return fail('handoff.station-not-revoked');
    if (store.successorOf(former)) return fail('handoff.station-succeeded');
    const organ = former.slice(0, 13);
    const site = `${organ}${String(nextDevice(organ))}`;
    const author = { id: actor.id, key: null };
    const name = store.nameOf(former);
    return inTransaction(db, async () => {
      if (!isKnown) registerAgain(former, name, author);
      journal.append('site.station-registered', { site, name }, author, site);
      journal.append('site.station-succeeded', { site, former }, author, site);
      const counts = await aside.carry(journal, former, site, (done, total) =>
        job.progress('handoff.refound.carrying', done, total),
      );
      journal.append('handoff.station-refounded', { site, former, ...counts }, author);
      return ok({ site, ...counts });
    });
  };
}
