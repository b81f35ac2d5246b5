import { quarantineEntries, type QuarantineState } from '../../shared/quarantine.ts';
import type { ReceiptDecision } from '../../shared/manifest.ts';
import type { Db } from '../db/open.ts';
import type { Listed } from '../ipc/may-know.ts';
import { projection } from '../journal/projection.ts';

/** What the bureau decided on entries it could not take in, and what the stations answered. */
export const quarantineProjection = projection({
  name: 'quarantine',
  version: 2,
  kinds: quarantineEntries,
  tables: ['quarantine_decision', 'quarantine_answer', 'quarantine_opened'],
  schema: `
    CREATE TABLE quarantine_decision (
      stream TEXT NOT NULL, seq INTEGER NOT NULL, round INTEGER NOT NULL, verdict TEXT NOT NULL, words TEXT NOT NULL,
      at TEXT NOT NULL, account_id TEXT NOT NULL, decided_seq INTEGER NOT NULL,
      PRIMARY KEY (stream, seq, round)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE quarantine_answer (
      stream TEXT NOT NULL, seq INTEGER NOT NULL, round INTEGER NOT NULL, words TEXT NOT NULL,
      at TEXT NOT NULL, account_id TEXT NOT NULL,
      PRIMARY KEY (stream, seq, round)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE quarantine_opened (
      stream TEXT NOT NULL, seq INTEGER NOT NULL, account_id TEXT NOT NULL, day TEXT NOT NULL,
      PRIMARY KEY (stream, seq, account_id, day)
    ) STRICT, WITHOUT ROWID;

    DROP VIEW IF EXISTS quarantine_standing;
    CREATE VIEW quarantine_standing AS
      SELECT q.stream, q.seq, q.code, d.round, d.verdict, d.words,
        CASE
          WHEN d.verdict = 'refused' THEN 'refused'
          WHEN (SELECT max(a.round) FROM quarantine_answer a WHERE a.stream = q.stream AND a.seq = q.seq)
            >= coalesce(d.round, 0) THEN 'answered'
          WHEN d.verdict = 'returned' THEN 'returned'
          ELSE 'open'
        END AS state
      FROM quarantined q LEFT JOIN quarantine_decision d ON d.stream = q.stream AND d.seq = q.seq AND d.round =
        (SELECT max(l.round) FROM quarantine_decision l WHERE l.stream = q.stream AND l.seq = q.seq);
  `,
  prepare: (db) => {
    const decided = db.prepare(
      `INSERT INTO quarantine_decision (stream, seq, round, verdict, words, at, account_id, decided_seq)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    const answered = db.prepare(
      'INSERT INTO quarantine_answer (stream, seq, round, words, at, account_id) VALUES (?, ?, ?, ?, ?, ?)',
    );
    const opened = db.prepare(
      'INSERT OR IGNORE INTO quarantine_opened (stream, seq, account_id, day) VALUES (?, ?, ?, ?)',
    );
    return {
      'quarantine.decided': ({ stream, seq, round, verdict, words }, { at, by, seq: decidedSeq }) =>
        void decided.run(stream, seq, round, verdict, words, at, by, decidedSeq),
      'quarantine.answered': ({ seq, round, words }, { stream, at, by }) =>
        void answered.run(stream, seq, round, words, at, by),
      'quarantine.opened': ({ stream, seq, on }, { by }) => void opened.run(stream, seq, by, on),
    };
  },
});

type Verdict = ReceiptDecision['verdict'];
type Found = { readonly seq: number; readonly kind: string; readonly code: string; readonly at: string };
type Standing = Found & { readonly stream: string; readonly station: string; readonly state: QuarantineState } & Listed;
/** As the station's last receipt says. */
type OwnStanding = Found & {
  readonly receivedAt: string;
  readonly round: number | null;
  readonly verdict: Verdict | null;
  readonly words: string | null;
  readonly answeredRound: number | null;
};
type Said = { readonly round: number; readonly words: string; readonly at: string; readonly by: string };

export type QuarantineStore = ReturnType<typeof quarantineStore>;

/** Reads what stands in quarantine: at the bureau its own list, at a station what the last receipt told. */
export function quarantineStore(db: Db) {
  const county = db.prepare<[], Standing>(`
    SELECT q.stream, coalesce(s.name, q.stream) AS station, q.seq, e.kind, q.code, e.at, q.state, e.author, e.line
    FROM quarantine_standing q JOIN entry e ON e.stream = q.stream AND e.seq = q.seq LEFT JOIN site s ON s.code = q.stream
    WHERE q.stream NOT LIKE '%/%' ORDER BY q.stream, q.seq LIMIT 5000`);
  const own = db.prepare<[{ stream: string }], OwnStanding>(`
    SELECT e.seq, e.kind, j.value ->> 'code' AS code, e.at, r.at AS receivedAt, j.value ->> '$.decision.round' AS round,
      j.value ->> '$.decision.verdict' AS verdict, j.value ->> '$.decision.words' AS words,
      (SELECT max(a.round) FROM quarantine_answer a WHERE a.stream = @stream AND a.seq = e.seq) AS answeredRound
    FROM (SELECT at, quarantined FROM receipt WHERE stream = @stream ORDER BY number DESC LIMIT 1) r,
      json_each(r.quarantined) j JOIN entry e ON e.stream = @stream AND e.seq = j.value ->> 'seq'
    WHERE j.value ->> 'code' <> 'entry.attachment-missing' ORDER BY e.seq LIMIT 5000`);
  const decisions = db.prepare<[string, number], Said & { verdict: Verdict | 'accepted' }>(`
    SELECT round, verdict, words, at, account_id AS by FROM quarantine_decision
    WHERE stream = ? AND seq = ? ORDER BY round LIMIT 100`);
  const answers = db.prepare<[string, number], Said>(`
    SELECT round, words, at, account_id AS by FROM quarantine_answer
    WHERE stream = ? AND seq = ? ORDER BY round LIMIT 100`);
  const line = db.prepare<[string, number], { line: string }>('SELECT line FROM entry WHERE stream = ? AND seq = ?');
  const signer = db.prepare<[string], { name: string }>('SELECT name FROM signer WHERE account_id = ? LIMIT 1');
  const person = db.prepare<[string], { name: string }>('SELECT name FROM person WHERE id = ?');
  const site = db.prepare<[string], { name: string }>('SELECT name FROM site WHERE code = ?');
  const opened = db.prepare<[string, number, string, string], { day: string }>(
    'SELECT day FROM quarantine_opened WHERE stream = ? AND seq = ? AND account_id = ? AND day = ?',
  );

  return {
    county: () => county.all(),
    own: (stream: string) => own.all({ stream }),
    decisions: (stream: string, seq: number) => decisions.all(stream, seq),
    answers: (stream: string, seq: number) => answers.all(stream, seq),
    line: (stream: string, seq: number): string | null => line.get(stream, seq)?.line ?? null,
    accountName: (id: string): string => signer.get(id)?.name ?? id,
    personName: (id: string): string | null => person.get(id)?.name ?? null,
    siteName: (code: string): string => site.get(code)?.name ?? code,
    wasOpened: (stream: string, seq: number, account: string, day: string): boolean =>
      opened.get(stream, seq, account, day) !== undefined,
  };
}
