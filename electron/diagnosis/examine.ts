import { existsSync } from 'node:fs';
import { readdir, statfs } from 'node:fs/promises';
import { arch, freemem, platform, release, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import type { DiagnosisReport } from '../../shared/diagnosis.ts';
import { quickCheck } from '../db/health.ts';
import { realDisk } from '../files/disk.ts';
import { logPaths } from '../files/log.ts';
import type { JobControl, Services } from '../ipc/handlers.ts';
import { spoiltAttachments } from '../journal/spoilt-attachments.ts';
import { verifyChain } from '../journal/verify.ts';
import { faultLines } from './log-lines.ts';

/** Where an installation keeps its things, and what only the whole application knows of itself. */
export type Installation = {
  readonly database: string;
  readonly attachments: string;
  readonly log: string;
  readonly appVersion: string;
  readonly backups: () => Promise<DiagnosisReport['backups']>;
  readonly keyringCopies: () => Promise<boolean[]>;
  /** The slices' tables and their versions. */
  readonly tables: readonly string[];
  readonly searchesSee: () => boolean;
};

/** Looks at everything an installation consists of. Reads only, and takes nothing that anybody typed. */
export async function examine(
  { db, journal, site, clock, attachments }: Services,
  place: Installation,
  job: JobControl,
): Promise<DiagnosisReport> {
  await job.progress('diagnosis.reading', 0, 1);
  const pagesWhole = quickCheck(db);
  const { faults, clockJumps } = await verifyChain(db, (done, total) => job.progress('diagnosis.chain', done, total));
  const spoilt = await spoiltAttachments(db, attachments, (done, total) =>
    job.progress('diagnosis.attachments', done, total),
  );
  const damaged = new Set(spoilt.filter(({ isGone }) => !isGone).map(({ sha256 }) => sha256));
  const counts = new Map<string, number>();
  for (const { kind, n } of db
    .prepare<[], { kind: string; n: number }>('SELECT kind, count(*) AS n FROM entry GROUP BY kind ORDER BY kind')
    .all())
    counts.set(journal.toldAs(kind), (counts.get(journal.toldAs(kind)) ?? 0) + n);
  const quarantined = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM quarantined').get()?.n ?? 0;
  return {
    v: 1,
    site: site.code,
    siteKind: site.kind,
    at: clock().toISOString(),
    versions: {
      app: place.appVersion,
      node: process.versions.node,
      electron: 'electron' in process.versions ? process.versions.electron : null,
      sqlite: db.prepare<[], { v: string }>('SELECT sqlite_version() AS v').get()?.v ?? '?',
      schema: Number(db.pragma('user_version', { simple: true })),
    },
    tables: [...place.tables],
    machine: {
      platform: platform(),
      arch: arch(),
      release: release()
        .replace(/[^\w.+:-]/g, '-')
        .slice(0, 80),
      memoryBytes: totalmem(),
      freeMemoryBytes: freemem(),
    },
    disk: await diskOf(dirname(place.database)),
    sizes: await sizesOf(place),
    entries: [...counts].map(([kind, n]) => ({ kind, count: n })),
    heads: db
      .prepare<[], { stream: string; seq: number }>('SELECT stream, max(seq) AS seq FROM entry GROUP BY stream')
      .all()
      .map(({ stream, seq }) => ({ stream, seq, hash: journal.head(stream).hash })),
    integrity: {
      pagesWhole,
      searchesSee: place.searchesSee(),
      clockJumps,
      quarantined,
      faults: faults.slice(0, 200),
      keyringCopies: await place.keyringCopies(),
      damagedAttachments: damaged.size,
    },
    backups: await place.backups(),
    ...faultLines(logPaths(place.log)),
  };
}

async function diskOf(folder: string): Promise<DiagnosisReport['disk']> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}

async function sizesOf({ database, attachments, log }: Installation): Promise<DiagnosisReport['sizes']> {
  const names = existsSync(attachments) ? await readdir(attachments) : [];
  const bytes = await Promise.all(names.map((name) => realDisk.sizeBytes(join(attachments, name))));
  const aside = join(dirname(database), 'damaged');
  return {
    databaseBytes: (await realDisk.sizeBytes(database)) ?? 0,
    logBytes: (await realDisk.sizeBytes(log)) ?? 0,
    attachments: names.length,
    attachmentBytes: bytes.reduce<number>((sum, each) => sum + (each ?? 0), 0),
    keptAside: existsSync(aside) ? (await readdir(aside)).length : 0,
  };
}
