/**
 * The station's rows and the bureau's stand in tables of their own, keyed by the station the incident belongs to, and
 * meet only in the views: whichever stream arrives first, the same rows and the same state come out.
 */
export const disciplineTables = [
  'incident',
  'incident_person',
  'incident_verifier',
  'incident_facts',
  'incident_evidence',
  'discipline_view',
  'incident_trail',
  'station_decision',
  'bureau_decision',
  'bureau_case',
  'bureau_case_person',
  'set_aside',
  'rectification',
  'decision_notice',
  'appeal',
  'appeal_answer',
] as const;

export const disciplineSchema = `
  CREATE TABLE incident (
    station TEXT NOT NULL,
    id TEXT NOT NULL,
    number TEXT NOT NULL,
    source TEXT NOT NULL,
    reporter TEXT,
    found_on TEXT NOT NULL,
    acted_on TEXT,
    category TEXT NOT NULL,
    recorder TEXT NOT NULL,
    from_ledger INTEGER NOT NULL,
    verify_due_on TEXT,
    verified_on TEXT,
    finding TEXT,
    established INTEGER,
    proposal TEXT,
    referred_at TEXT,
    referral_reason TEXT,
    closed_at TEXT,
    closed_by TEXT,
    summary TEXT,
    PRIMARY KEY (station, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE incident_person (
    station TEXT NOT NULL, incident TEXT NOT NULL, person TEXT NOT NULL,
    PRIMARY KEY (station, incident, person)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX incident_person_by_person ON incident_person (person);
  CREATE TABLE incident_verifier (
    station TEXT NOT NULL, incident TEXT NOT NULL, person TEXT NOT NULL,
    PRIMARY KEY (station, incident, person)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE incident_facts (
    station TEXT NOT NULL, incident TEXT NOT NULL, version INTEGER NOT NULL,
    facts TEXT NOT NULL, reason TEXT, author TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (station, incident, version)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE incident_evidence (
    station TEXT NOT NULL, incident TEXT NOT NULL, sha256 TEXT NOT NULL,
    size_bytes INTEGER NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, author TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (station, incident, sha256)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE discipline_view (
    site TEXT NOT NULL, subject TEXT NOT NULL, account TEXT NOT NULL, day TEXT NOT NULL,
    PRIMARY KEY (site, subject, account, day)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX discipline_view_by_subject ON discipline_view (subject, day);
  CREATE TABLE incident_trail (
    stream TEXT NOT NULL, seq INTEGER NOT NULL, station TEXT NOT NULL, incident TEXT NOT NULL,
    step TEXT NOT NULL, author TEXT NOT NULL, at TEXT NOT NULL, note TEXT,
    PRIMARY KEY (stream, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX incident_trail_by_incident ON incident_trail (station, incident, at);
  CREATE TABLE station_decision (
    station TEXT NOT NULL, id TEXT NOT NULL, incident TEXT NOT NULL, person TEXT, measure TEXT NOT NULL,
    decided_on TEXT NOT NULL, decided_by TEXT, document_no TEXT, reason TEXT,
    PRIMARY KEY (station, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE bureau_decision (
    station TEXT NOT NULL, id TEXT NOT NULL, incident TEXT NOT NULL, person TEXT, measure TEXT NOT NULL,
    decided_on TEXT NOT NULL, decided_by TEXT NOT NULL, document_no TEXT, reason TEXT NOT NULL,
    starts_on TEXT, days INTEGER, months INTEGER,
    PRIMARY KEY (station, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE bureau_case (
    station TEXT NOT NULL, id TEXT NOT NULL, incident TEXT NOT NULL, number TEXT NOT NULL, category TEXT NOT NULL,
    grounds TEXT NOT NULL, document_no TEXT, opened_on TEXT NOT NULL, decide_by TEXT NOT NULL, author TEXT NOT NULL,
    PRIMARY KEY (station, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE bureau_case_person (
    station TEXT NOT NULL, case_id TEXT NOT NULL, incident TEXT NOT NULL, person TEXT NOT NULL,
    PRIMARY KEY (station, case_id, person)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE set_aside (
    station TEXT NOT NULL, id TEXT NOT NULL,
    PRIMARY KEY (station, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE rectification (
    station TEXT NOT NULL, id TEXT NOT NULL, incident TEXT NOT NULL, task TEXT NOT NULL, owner TEXT NOT NULL,
    due_on TEXT NOT NULL, done_on TEXT, result TEXT, cleared_on TEXT,
    PRIMARY KEY (station, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE decision_notice (
    station TEXT NOT NULL, decision TEXT NOT NULL, told_on TEXT NOT NULL,
    acknowledged_at TEXT, comment TEXT,
    PRIMARY KEY (station, decision)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE appeal (
    station TEXT NOT NULL, id TEXT NOT NULL, decision TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('review', 'appeal')), statement TEXT NOT NULL, stated_on TEXT NOT NULL,
    PRIMARY KEY (station, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE appeal_answer (
    station TEXT NOT NULL, appeal TEXT NOT NULL, decision TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('upheld', 'revoked')),
    answered_on TEXT NOT NULL, document_no TEXT, note TEXT NOT NULL,
    PRIMARY KEY (station, appeal)
  ) STRICT, WITHOUT ROWID;

  DROP VIEW IF EXISTS incident_head;
  DROP VIEW IF EXISTS incident_concerned;
  DROP VIEW IF EXISTS incident_decision;
  DROP VIEW IF EXISTS frozen_person;

  CREATE VIEW incident_decision AS
    SELECT station, id, incident, person, measure, decided_on, decided_by, document_no, reason,
      NULL AS starts_on, NULL AS days, NULL AS months, 'station' AS level
    FROM station_decision
    UNION ALL
    SELECT station, id, incident, person, measure, decided_on, decided_by, document_no, reason,
      starts_on, days, months, 'bureau'
    FROM bureau_decision;

  CREATE VIEW incident_concerned AS
    SELECT station, incident, person FROM incident_person
    UNION
    SELECT station, incident, person FROM bureau_case_person;

  -- Held by an open case until a final decision on the person; suspension and confinement are interim.
  CREATE VIEW frozen_person AS
    SELECT c.person, c.station, c.incident, b.opened_on AS since
    FROM bureau_case_person c JOIN bureau_case b ON b.station = c.station AND b.id = c.case_id
    WHERE NOT EXISTS (SELECT 1 FROM incident_decision d
      WHERE d.station = c.station AND d.incident = c.incident AND coalesce(d.person, c.person) = c.person
        AND d.level = 'bureau' AND d.measure NOT IN ('SUSPENSION', 'CONFINEMENT'));

  CREATE VIEW incident_head AS
    WITH final AS (SELECT * FROM incident_decision WHERE measure NOT IN ('SUSPENSION', 'CONFINEMENT')),
    concluded AS (
      SELECT d.station, d.incident, count(*) AS decisions,
        sum(d.measure = 'NOT_ESTABLISHED') AS dismissals, sum(d.measure = 'TRANSFER') AS transfers
      FROM final d
      WHERE NOT EXISTS (SELECT 1 FROM set_aside s WHERE s.station = d.station AND s.id = d.id)
      GROUP BY d.station, d.incident
    ),
    cased AS (
      SELECT c.station, c.incident, min(c.decide_by) AS decide_by
      FROM bureau_case c
      WHERE NOT EXISTS (SELECT 1 FROM set_aside s WHERE s.station = c.station AND s.id = c.id)
      GROUP BY c.station, c.incident
    ),
    unmended AS (
      SELECT station, incident, min(due_on) AS due_on FROM rectification WHERE cleared_on IS NULL
      GROUP BY station, incident
    ),
    stated AS (
      SELECT i.station, i.id, i.number, i.source, i.found_on, i.category, i.recorder, i.from_ledger,
        'station' AS origin, i.referred_at, i.verify_due_on, cased.decide_by, unmended.due_on AS mend_by,
        CASE
          WHEN i.closed_at IS NOT NULL THEN 'closed'
          WHEN concluded.transfers > 0 THEN 'transferred'
          WHEN concluded.decisions = concluded.dismissals THEN 'dismissed'
          WHEN concluded.decisions > 0 AND unmended.due_on IS NOT NULL THEN 'rectifying'
          WHEN concluded.decisions > 0 THEN 'decided'
          WHEN i.verified_on IS NOT NULL OR cased.decide_by IS NOT NULL THEN 'pending'
          WHEN i.verify_due_on IS NOT NULL THEN 'verifying'
          ELSE 'lead'
        END AS state
      FROM incident i
      LEFT JOIN concluded ON concluded.station = i.station AND concluded.incident = i.id
      LEFT JOIN cased ON cased.station = i.station AND cased.incident = i.id
      LEFT JOIN unmended ON unmended.station = i.station AND unmended.incident = i.id
      UNION ALL
      SELECT c.station, c.incident, min(c.number), NULL, min(c.opened_on), min(c.category), NULL, 0,
        'bureau', NULL, NULL, min(c.decide_by), NULL,
        CASE
          WHEN concluded.transfers > 0 THEN 'transferred'
          WHEN concluded.decisions = concluded.dismissals THEN 'dismissed'
          WHEN concluded.decisions > 0 THEN 'closed'
          ELSE 'pending'
        END
      FROM bureau_case c
      LEFT JOIN concluded ON concluded.station = c.station AND concluded.incident = c.incident
      WHERE NOT EXISTS (SELECT 1 FROM incident i WHERE i.station = c.station AND i.id = c.incident)
      GROUP BY c.station, c.incident
    )
    SELECT station, id, number, source, found_on, category, recorder, from_ledger, origin, state,
      CASE state
        WHEN 'verifying' THEN verify_due_on
        WHEN 'pending' THEN decide_by
        WHEN 'rectifying' THEN mend_by
      END AS due_on,
      (state IN ('lead', 'verifying', 'pending') AND (referred_at IS NOT NULL OR decide_by IS NOT NULL)) AS awaits_bureau
    FROM stated;
`;
