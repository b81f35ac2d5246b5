import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Db, openDatabase } from '../../electron/db/open.ts';
import { type AttachmentStore, attachmentStore } from '../../electron/files/attachments.ts';
import { type Journal, openJournal } from '../../electron/journal/journal.ts';
import { databasePath } from '../../electron/site/founding.ts';
import { openVault } from '../../electron/site/vault.ts';
import { projections } from '../../electron/slices.ts';
import { type CoreProcess, startCore } from '../support/core-process.ts';
import { PASSWORD } from '../support/site.ts';

/** A closed site's database, opened with the key its password gives. */
export async function withClosed<T>(
  { dir, loginName }: { readonly dir: string; readonly loginName: string },
  work: (site: { readonly db: Db; readonly journal: Journal; readonly attachments: AttachmentStore }) => Promise<T> | T,
): Promise<T> {
  const { dataKey } = await openVault(dir, () => new Date()).unlock(loginName, PASSWORD);
  const db = openDatabase(databasePath(dir), dataKey, 'write');
  try {
    const self = db.prepare<[], { value: string }>(`SELECT value FROM meta WHERE name = 'self'`).get();
    const journal = openJournal(
      ...[db, projections, JSON.parse(self?.value ?? 'null') as Journal['self']],
      () => new Date(),
      () => [],
    );
    return await work({ db, journal, attachments: attachmentStore(join(dir, 'attachments'), dataKey) });
  } finally {
    db.close();
  }
}

/** The real core on a closed site, in a process of its own, signed in; it is ended afterwards. */
export async function withCore<T>(
  { dir, loginName }: { readonly dir: string; readonly loginName: string },
  work: (core: CoreProcess) => Promise<T>,
): Promise<T> {
  const core = await startCore(dir);
  try {
    await core.signIn(loginName);
    return await work(core);
  } finally {
    await core.kill();
  }
}

/** A copy of a closed site, in a folder that is gone afterwards. */
export async function withCopy<T>(dir: string, work: (copy: string) => Promise<T>): Promise<T> {
  const copy = await mkdtemp(join(tmpdir(), 'lijing-copy-'));
  try {
    await cp(dir, copy, { recursive: true });
    return await work(copy);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/** Most memory a process has held so far, in MiB; NaN where the system does not tell (only Linux does). */
export async function peakMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8').catch(() => '');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1024;
}

/** The answer of a call, or an error naming why there was none. */
export async function valueOf<T>(
  answer: Promise<{ ok: true; value: T } | { ok: false; problem: unknown }>,
): Promise<T> {
  const result = await answer;
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}
