import { type LossStep, lossSteps, mediaEntries, type StickRow, type StickState } from '../../shared/media.ts';
import { ProblemError } from '../../shared/problem.ts';
import type { Db } from '../db/open.ts';
import { streamParts } from '../journal/entry-line.ts';
import { type EntryMeta, projection } from '../journal/projection.ts';

/** Which movement a stick's state allows, wherever the entry comes from. */
const allowed = {
  'media.stick-issued': ['in'],
  'media.stick-returned': ['out'],
  'media.stick-lost': ['in', 'out'],
  'media.loss-step-done': ['lost'],
  'media.stick-found': ['lost'],
  'media.stick-retired': ['in', 'lost'],
} as const satisfies Partial<Record<keyof typeof mediaEntries, readonly StickState[]>>;
type Movement = keyof typeof allowed;

/** The sticks of every site this one knows of, as their own entries tell. */
export const mediaProjection = projection({
  name: 'media',
  version: 1,
  kinds: mediaEntries,
  tables: ['stick', 'stick_movement', 'stick_loss_step'],
  schema: `
    CREATE TABLE stick (
      site TEXT NOT NULL, id TEXT NOT NULL, number TEXT NOT NULL, kind TEXT NOT NULL, capacity_gb REAL, remarks TEXT,
      state TEXT NOT NULL, holder TEXT, since TEXT,
      PRIMARY KEY (site, id), UNIQUE (site, number)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE stick_movement (
      site TEXT NOT NULL, seq INTEGER NOT NULL, stick TEXT NOT NULL, kind TEXT NOT NULL, on_day TEXT NOT NULL, words TEXT,
      at TEXT NOT NULL, account_id TEXT NOT NULL,
      PRIMARY KEY (site, stick, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE stick_loss_step (
      site TEXT NOT NULL, stick TEXT NOT NULL, step TEXT NOT NULL, at TEXT NOT NULL, account_id TEXT NOT NULL, note TEXT,
      PRIMARY KEY (site, stick, step)
    ) STRICT, WITHOUT ROWID;
  `,
  prepare: (db) => {
    const record = db.prepare(
      `INSERT INTO stick (site, id, number, kind, capacity_gb, remarks, state) VALUES (?, ?, ?, ?, ?, ?, 'in')`,
    );
    const stateOf = db.prepare<[string, string], { state: StickState }>(
      'SELECT state FROM stick WHERE site = ? AND id = ?',
    );
    const setState = db.prepare('UPDATE stick SET state = ?, holder = ?, since = ? WHERE site = ? AND id = ?');
    const moved = db.prepare(
      `INSERT INTO stick_movement (site, seq, stick, kind, on_day, words, at, account_id)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    const forgetSteps = db.prepare('DELETE FROM stick_loss_step WHERE site = ? AND stick = ?');
    const tick = db.prepare(
      'INSERT INTO stick_loss_step (site, stick, step, at, account_id, note) VALUES (?, ?, ?, ?, ?, ?)',
    );

    const ownerOf = ({ stream }: EntryMeta): string => streamParts(stream).writer;
    const expect = (kind: Movement, id: string, meta: EntryMeta): string => {
      const site = ownerOf(meta);
      const found = stateOf.get(site, id);
      if (!found) throw new ProblemError('media.stick-unknown');
      const states: readonly StickState[] = allowed[kind];
      if (!states.includes(found.state)) throw new ProblemError('media.not-now');
      return site;
    };
    const move = (
      kind: Exclude<Movement, 'media.loss-step-done'>,
      { id, on }: { readonly id: string; readonly on: string },
      to: { readonly state: StickState; readonly holder?: string; readonly words: string | null },
      meta: EntryMeta,
    ): void => {
      const site = expect(kind, id, meta);
      setState.run(to.state, to.holder ?? null, on, site, id);
      moved.run(site, meta.seq, id, kind, on, to.words, meta.at, meta.by);
    };

    return {
      'media.stick-recorded': ({ id, number, kind, capacityGb, remarks }, meta) =>
        void record.run(ownerOf(meta), id, number, kind, capacityGb, remarks),
      'media.stick-issued': (body, meta) => {
        const words = [body.holder, body.remarks].filter((part) => part !== null).join('　');
        move('media.stick-issued', body, { state: 'out', holder: body.holder, words }, meta);
      },
      'media.stick-returned': (body, meta) => {
        move('media.stick-returned', body, { state: 'in', words: body.remarks }, meta);
      },
      'media.stick-lost': (body, meta) => {
        move('media.stick-lost', body, { state: 'lost', words: body.circumstances }, meta);
        forgetSteps.run(ownerOf(meta), body.id);
      },
      'media.loss-step-done': ({ id, step, note }, meta) => {
        tick.run(expect('media.loss-step-done', id, meta), id, step, meta.at, meta.by, note);
      },
      'media.stick-found': (body, meta) => {
        move('media.stick-found', body, { state: 'in', words: body.remarks }, meta);
      },
      'media.stick-retired': (body, meta) => {
        move('media.stick-retired', body, { state: 'retired', words: body.reason }, meta);
      },
    };
  },
});

type Row = Omit<StickRow, 'isOwn' | 'openSteps'> & { readonly doneSteps: number };
type WrittenLine = { readonly seq: number; readonly kind: string; readonly at: string; readonly line: string };

/** Reads the ledger, and from the journal what was written to each stick. */
export function mediaStore(db: Db, own: string) {
  const rows = db.prepare<[], Row>(`
    SELECT s.site, coalesce(o.name, s.site) AS station, s.id, s.number, s.kind, s.capacity_gb AS capacityGb, s.remarks,
      s.state, s.holder, s.since,
      (SELECT count(*) FROM stick_loss_step l WHERE l.site = s.site AND l.stick = s.id) AS doneSteps
    FROM stick s LEFT JOIN site o ON o.code = s.site ORDER BY s.site, s.number LIMIT 5000`);
  const movements = db.prepare<
    [string, string],
    { kind: string; on: string; words: string | null; at: string; by: string }
  >(`
    SELECT m.kind, m.on_day AS "on", m.words, m.at,
      coalesce((SELECT g.name FROM signer g WHERE g.account_id = m.account_id LIMIT 1), m.account_id) AS by
    FROM stick_movement m WHERE m.site = ? AND m.stick = ? ORDER BY m.seq DESC LIMIT 1000`);
  const steps = db.prepare<[string, string], { step: LossStep; at: string; by: string; note: string | null }>(`
    SELECT l.step, l.at, l.note,
      coalesce((SELECT g.name FROM signer g WHERE g.account_id = l.account_id LIMIT 1), l.account_id) AS by
    FROM stick_loss_step l WHERE l.site = ? AND l.stick = ?`);
  const written = db.prepare<[string, string], WrittenLine>(`
    SELECT seq, kind, at, line FROM entry WHERE stream = ?
      AND kind IN ('handoff.bundle-written', 'handoff.return-written', 'handoff.kit-issued')
      AND line ->> '$.body.medium' = ? ORDER BY seq DESC LIMIT 1000`);
  const siteName = db.prepare<[string], { name: string; bureau: string | null }>(
    'SELECT name, bureau FROM site WHERE code = ?',
  );
  const proven = db.prepare<[string], { through: number | null }>(
    'SELECT max(through) AS through FROM receipt WHERE stream = ?',
  );

  const rowOf = ({ doneSteps, ...row }: Row): StickRow => ({
    ...row,
    isOwn: row.site === own,
    openSteps: row.state === 'lost' ? lossSteps.length - doneSteps : 0,
  });

  return {
    list: (): StickRow[] => rows.all().map(rowOf),
    find: (site: string, id: string): StickRow | null =>
      rows
        .all()
        .map(rowOf)
        .find((row) => row.site === site && row.id === id) ?? null,
    movements: (site: string, id: string) => movements.all(site, id),
    steps: (site: string, id: string) => steps.all(site, id),
    written: (site: string, number: string) => written.all(site, number),
    siteName: (code: string): string => siteName.get(code)?.name ?? code,
    bureauOf: (code: string): string => siteName.get(code)?.bureau ?? code,
    provenThrough: (stream: string): number => proven.get(stream)?.through ?? 0,
  };
}
export type MediaStore = ReturnType<typeof mediaStore>;
