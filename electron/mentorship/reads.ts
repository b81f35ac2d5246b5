import type { PersonFacts } from '../../shared/person.ts';
import type { PairDetail, PairEvent, PairState, SignOff } from '../../shared/mentorship.ts';
import { missingMonths, type Period, stageOn } from '../../shared/mentorship-rules.ts';
import type { GraduationResult } from '../../shared/mentorship-tables.ts';
import type { Db } from '../db/open.ts';

type PairFound = {
  readonly id: string;
  readonly stream: string;
  readonly stationName: string;
  readonly mentorId: string;
  readonly mentorName: string;
  readonly apprenticeId: string;
  readonly apprenticeName: string;
  readonly apprenticeIdentity: PersonFacts['identityKind'] | null;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly endedOn: string | null;
  readonly result: GraduationResult | null;
  readonly agreement: string | null;
};
type SignOffFound = {
  readonly id: string;
  readonly facts: string;
  readonly average: number;
  readonly signedAt: string;
  readonly acknowledgedAt: string | null;
  readonly comment: string | null;
  readonly mentoring: number | null;
  readonly seenAt: string | null;
  readonly seenNote: string | null;
};
type Newcomer = { readonly id: string; readonly name: string; readonly covered: 0 | 1 };

/** A pair with its sign-offs, but without its course. */
export type PairView = Omit<PairDetail, 'events'>;
export type MentorshipReads = ReturnType<typeof mentorshipReads>;

/** Pairs as people see them: with what was signed, and what is missing by a day. */
export function mentorshipReads(db: Db) {
  const pairs = db.prepare<[{ person: string | null; id: string | null }], PairFound>(`
    SELECT m.id, m.stream, coalesce(s.name, m.stream) AS stationName, m.mentor AS mentorId, coalesce(t.name, '') AS mentorName,
      m.apprentice AS apprenticeId, coalesce(a.name, '') AS apprenticeName, a.identity_kind AS apprenticeIdentity,
      m.starts_on AS startsOn, m.ends_on AS endsOn, m.ended_on AS endedOn, m.result, m.agreement
    FROM mentor_pair m LEFT JOIN site s ON s.code = m.stream LEFT JOIN person t ON t.id = m.mentor
      LEFT JOIN person a ON a.id = m.apprentice
    WHERE (@person IS NULL OR m.mentor = @person OR m.apprentice = @person) AND (@id IS NULL OR m.id = @id)
    ORDER BY m.stream, t.name_pinyin, m.starts_on, a.name_pinyin, m.id LIMIT 5000`);
  const signOffs = db.prepare<[string, string], SignOffFound>(`
    SELECT id, facts, average, signed_at AS signedAt, acknowledged_at AS acknowledgedAt, apprentice_comment AS comment,
      mentoring, seen_at AS seenAt, seen_note AS seenNote
    FROM mentor_sign_off WHERE stream = ? AND pair = ? AND withdrawn = 0 ORDER BY from_day DESC, id LIMIT 200`);
  const events = db.prepare<[string, string], PairEvent>(`
    SELECT e.kind, e.on_day AS "on", e.words, e.at,
      coalesce((SELECT a.name FROM account a WHERE a.id = e.by LIMIT 1), (SELECT g.name FROM signer g WHERE g.account_id = e.by LIMIT 1)) AS byName
    FROM mentor_pair_event e
    WHERE e.owner = ? AND e.pair = ? ORDER BY e.at, e.stream, e.seq LIMIT 200`);
  const ofSignOff = db.prepare<[string, string], { pair: string }>(
    'SELECT pair FROM mentor_sign_off WHERE stream = ? AND id = ?',
  );
  const openMentor = db.prepare<[string, string, string], { id: string }>(`
    SELECT id FROM mentor_pair WHERE apprentice = ? AND starts_on <= ? AND coalesce(ended_on, ends_on) >= ? LIMIT 1`);
  const isActive = db.prepare<[string], { id: string }>(
    `SELECT id FROM person WHERE id = ? AND status IN ('ON_DUTY', 'SECONDED', 'OFF_POST')`,
  );
  const named = db.prepare<[string], { id: string; badgeNo: string | null }>(
    `SELECT id, badge_no AS badgeNo FROM person WHERE name = ? AND status IN ('ON_DUTY', 'SECONDED', 'OFF_POST')
     ORDER BY id LIMIT 10`,
  );
  const newcomers = db.prepare<[{ since: string; today: string }], Newcomer>(`
    SELECT p.id, p.name, EXISTS (SELECT 1 FROM mentor_pair m WHERE m.apprentice = p.id
        AND m.starts_on <= @today AND m.ends_on >= @today AND m.ended_on IS NULL) AS covered
    FROM person p JOIN person_version v ON v.stream = p.stream AND v.seq = p.seq
    WHERE p.status IN ('ON_DUTY', 'SECONDED') AND p.identity_kind = 'CIVIL_SERVANT'
      AND v.facts ->> '$.policeStart' >= @since
    ORDER BY p.name_pinyin, p.id LIMIT 2000`);

  const viewOf = (found: PairFound, today: string): PairView => {
    const { mentorId, mentorName, apprenticeId, apprenticeName, stream, ...pair } = found;
    const rows = signOffs.all(stream, pair.id);
    const list = rows.map(signOffView);
    const last = pair.endedOn ?? pair.endsOn;
    const periods: Period[] = list.map(({ from, to }) => ({ from, to }));
    return {
      ...pair,
      station: stream,
      mentor: { id: mentorId, name: mentorName },
      apprentice: { id: apprenticeId, name: apprenticeName },
      stage: stageOn(pair.startsOn, today < last ? today : last),
      state: stateOf(pair, today),
      signOffs: list.length,
      acknowledged: list.filter(({ acknowledgement }) => acknowledgement !== null).length,
      seen: list.filter(({ seenAt }) => seenAt !== null).length,
      lastTo: list[0]?.to ?? null,
      average: rows.length === 0 ? null : round(rows.reduce((sum, { average }) => sum + average, 0) / rows.length),
      missing:
        pair.endedOn === null ? [...missingMonths({ from: pair.startsOn, to: pair.endsOn }, periods, today)] : [],
      signOffList: list,
    };
  };

  return {
    pairs: (person: string | null, today: string): PairView[] =>
      pairs.all({ person, id: null }).map((found) => viewOf(found, today)),
    pair(id: string, today: string): PairView | null {
      const found = pairs.get({ person: null, id });
      return found ? viewOf(found, today) : null;
    },
    eventsOf: ({ station, id }: PairView): PairEvent[] => events.all(station, id),
    pairOfSignOff: (stream: string, id: string): string | null => ofSignOff.get(stream, id)?.pair ?? null,
    /** Whether the apprentice has a mentor at any time of a term. */
    hasMentor: (apprentice: string, term: Period): boolean =>
      openMentor.get(apprentice, term.to, term.from) !== undefined,
    isActive: (person: string): boolean => isActive.get(person) !== undefined,
    named: (name: string) => named.all(name),
    newcomers: (since: string, today: string) => newcomers.all({ since, today }),
  };
}

type Term = Pick<PairFound, 'startsOn' | 'endsOn' | 'endedOn' | 'result'>;

function stateOf({ startsOn, endsOn, endedOn, result }: Term, today: string): PairState {
  if (endedOn !== null) return result === 'GRADUATED' ? 'graduated' : 'ended';
  if (today < startsOn) return 'planned';
  return today <= endsOn ? 'open' : 'expired';
}

const round = (value: number): number => Math.round(value * 10) / 10;

function signOffView({
  id,
  facts,
  signedAt,
  acknowledgedAt,
  comment,
  mentoring,
  seenAt,
  seenNote,
}: SignOffFound): SignOff {
  const acknowledgement =
    acknowledgedAt === null ? null : { at: acknowledgedAt, comment: comment ?? '', mentoring: mentoring ?? 0 };
  // As the projection wrote it from a checked entry.
  return { ...(JSON.parse(facts) as Omit<SignOff, 'id'>), id, signedAt, acknowledgement, seenAt, seenNote };
}
