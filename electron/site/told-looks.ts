import { disciplineOfficers } from '../../shared/discipline.ts';
import type { Entry } from '../../shared/entry.ts';
import type { Db } from '../db/open.ts';
import type { Actor } from '../ipc/handlers.ts';

/** With whose eyes the journal is read. */
export type Reader = Pick<Actor, 'id' | 'personId' | 'roles'>;

/**
 * Which confidential entries the audit view tells nevertheless, each to those alone to whom what it is about is open:
 * looks at a person's incidents, when that person's file is asked for, and lists that were saved, when no incident was
 * kept from the reader then (their count would tell of it).
 */
export function toldLooks(db: Db) {
  const incidents = db.prepare<
    [{ about: string; account: string; person: string | null; isOfficer: 0 | 1 }],
    { incident: string; isOpen: 0 | 1 }
  >(`
    SELECT x.incident,
      NOT EXISTS (SELECT 1 FROM incident_concerned c
        WHERE c.station = x.station AND c.incident = x.incident AND c.person = @person)
      AND (@isOfficer = 1 OR h.recorder = @account OR EXISTS (SELECT 1 FROM incident_verifier v
        WHERE v.station = x.station AND v.incident = x.incident AND v.person = @person)) AS isOpen
    FROM incident_concerned x JOIN incident_head h ON h.station = x.station AND h.id = x.incident
    WHERE x.person = @about ORDER BY x.incident LIMIT 5000`);
  const keptThen = db.prepare<[{ person: string | null; at: string }], { found: 1 }>(`
    SELECT 1 AS found FROM incident_concerned c JOIN incident_trail t ON t.station = c.station AND t.incident = c.incident
    WHERE c.person = @person AND t.at <= @at LIMIT 1`);

  /** Of the person's incidents, whether each is open to the reader. */
  const incidentsOf = (
    about: string,
    { id: account, personId: person, roles }: Reader,
  ): ReadonlyMap<string, boolean> => {
    const isOfficer = disciplineOfficers.some((role) => roles.includes(role)) ? 1 : 0;
    return new Map(
      incidents.all({ about, account, person, isOfficer }).map(({ incident, isOpen }) => [incident, isOpen === 1]),
    );
  };

  return (entry: Entry, reader: Reader, about: string | null): boolean => {
    const { kind, body, at } = entry;
    if (kind === 'discipline.list-saved')
      return (
        about === null &&
        disciplineOfficers.some((role) => reader.roles.includes(role)) &&
        !keptThen.get({ person: reader.personId, at })
      );
    if (about === null) return false;
    const { incident } = body;
    if (kind === 'discipline.incident-viewed' || kind === 'discipline.evidence-viewed')
      return typeof incident === 'string' && incidentsOf(about, reader).get(incident) === true;
    if (kind !== 'discipline.decisions-viewed' || body['person'] !== about) return false;
    // Decisions belong to any of them: where one is kept from the reader, that somebody saw some would tell.
    const open = [...incidentsOf(about, reader).values()];
    return open.length > 0 && open.every(Boolean);
  };
}
