import { join } from 'node:path';
import type { ChainCheck } from '../../shared/site-audit.ts';
import type { Db } from '../db/open.ts';
import type { JobControl } from '../ipc/handlers.ts';
import { compareWithReplay } from '../journal/compare.ts';
import type { Self } from '../journal/journal.ts';
import { headsLost, headsOf, type PinnedHead } from '../journal/pinned-heads.ts';
import type { Projection } from '../journal/projection.ts';
import { type ChainFault, verifyChain } from '../journal/verify.ts';

/** What the check compares the database with. */
export type ProofTools = {
  readonly projections: readonly Projection[];
  /** A folder for what is there only while the check runs. */
  readonly scratchFolder: string;
  /** Heads remembered outside the database: by this computer and by the backups beside it. */
  readonly remembered: () => Promise<readonly PinnedHead[]>;
};

/** Proves the journal and everything made of it, reading only; a fault is named and the check goes on behind it. */
export async function prove(db: Db, self: Self, tools: ProofTools, job: JobControl): Promise<ChainCheck> {
  const chain = await verifyChain(db, (done, total) => job.progress('checking', done, total));
  const { projections, scratchFolder } = tools;
  const scratchPath = join(scratchFolder, 'check.db');
  const replayed = await compareWithReplay({ db, projections, self, scratchPath }, job.progress);
  const remembered = [...(await tools.remembered()), ...receiptsOf(db, self)];
  const faults = [...chain.faults, ...replayed.faults, ...faultsOfHeads(db, remembered), ...setAside(db, self)];
  return { ...chain, faults: unique(faults), rows: [...replayed.rows], losses: lossesOf(db), heads: headsOf(db) };
}

/** What the bureau has confirmed: a history written anew under right hashes does not hold it. */
const receiptsOf = (db: Db, { site }: Self): PinnedHead[] =>
  db
    .prepare<[string], PinnedHead>('SELECT stream, through AS seq, hash FROM receipt WHERE stream = ? AND through > 0')
    .all(site);

function faultsOfHeads(db: Db, remembered: readonly PinnedHead[]): ChainFault[] {
  const stands = db.prepare<[string, number], { seq: number }>('SELECT seq FROM entry WHERE stream = ? AND seq = ?');
  return headsLost(db, remembered).map(({ stream, seq }) => ({
    stream,
    seq,
    code: stands.get(stream, seq) ? 'journal.rewritten' : 'journal.tail-cut',
  }));
}

/** A site believes itself: an entry of its own in quarantine was put there by somebody. */
const setAside = (db: Db, { site }: Self): ChainFault[] =>
  db
    .prepare<[{ site: string }], { stream: string; seq: number }>(
      `SELECT stream, seq FROM quarantined WHERE stream = @site OR stream LIKE @site || '/%' ORDER BY stream, seq LIMIT 200`,
    )
    .all({ site })
    .map((place) => ({ ...place, code: 'journal.own-entry-set-aside' }));

const lossesOf = (db: Db): ChainCheck['losses'] =>
  db
    .prepare<[], { stream: string; seq: number; at: string }>(
      'SELECT lost AS stream, up_to AS seq, at FROM tail_lost ORDER BY at, lost LIMIT 200',
    )
    .all();

const unique = (faults: readonly ChainFault[]): ChainFault[] => [
  ...new Map(faults.map((fault) => [`${fault.stream} ${String(fault.seq)} ${fault.code}`, fault])).values(),
];
