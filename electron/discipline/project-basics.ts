import type { disciplineEntries } from '../../shared/discipline-entries.ts';
import { ProblemError } from '../../shared/problem.ts';
import type { Db } from '../db/open.ts';
import type { EntryMeta, Projectors } from '../journal/projection.ts';

type All = Projectors<typeof disciplineEntries>;
/** Some of the slice's projectors. */
export type Part<K extends keyof All> = Pick<All, K>;

/** Whom an incident's entry is about; every kind but the bureau's own viewing knows its station. */
export const stationOf = ({ station }: EntryMeta): string => {
  if (!station) throw new ProblemError('discipline.incident-unknown');
  return station;
};

type Guard = { readonly recorder: string; readonly verifiedOn: string | null; readonly fromLedger: 0 | 1 };

/** What every group of projectors needs: the trail, and the incident an entry speaks of. */
export function basics(db: Db) {
  const trail = db.prepare(
    'INSERT INTO incident_trail (stream, seq, station, incident, step, author, at, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const incident = db.prepare<[string, string], Guard>(
    'SELECT recorder, verified_on AS verifiedOn, from_ledger AS fromLedger FROM incident WHERE station = ? AND id = ?',
  );
  return {
    trace: (meta: EntryMeta, id: string, step: string, note: string | null = null): void =>
      void trail.run(meta.stream, meta.seq, stationOf(meta), id, step, meta.by, meta.at, note),
    /** An entry on an incident its own stream does not hold is refused, at the bureau too. */
    known: (meta: EntryMeta, id: string): Guard => {
      const found = incident.get(stationOf(meta), id);
      if (!found) throw new ProblemError('discipline.incident-unknown');
      return found;
    },
  };
}
