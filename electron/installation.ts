import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { backupsIn, holds, isProven, isSuperseded, rowOf, type SiteFiles } from './backup/set.ts';
import type { Db } from './db/open.ts';
import type { Installation } from './diagnosis/examine.ts';
import { logIn } from './files/log.ts';
import { type Projection, searchesSee } from './journal/projection.ts';
import type { Lifecycle } from './site/lifecycle.ts';
import { databasePath } from './site/founding.ts';
import { clearUnfinished } from './site/new-site.ts';
import type { KeptHeads } from './site/keep-heads.ts';
import type { ProofTools } from './site/proof.ts';
import { keyringPaths } from './site/vault.ts';

/** What of the whole a diagnosis looks at. */
export const installationOf = (
  db: Db,
  projections: readonly Projection[],
  { dataDir, appVersion, founder }: Lifecycle,
): Installation => ({
  ...siteFiles(dataDir),
  log: logIn(dataDir),
  appVersion,
  tables: projections.map(({ name, version }) => `${name}:${version}`),
  searchesSee: () => searchesSee(db, projections),
  keyringCopies: founder.vault.copies,
  backups: async () =>
    (await backupsIn(backupFolder(dataDir)))
      .map(rowOf)
      .map(({ at, entries, sizeBytes }) => ({ at, entries, sizeBytes })),
});

/** What the check of the journal compares it with, beside the database. */
export const proofToolsAt = (
  { dataDir, dataKey, db }: { readonly dataDir: string; readonly dataKey: Buffer; readonly db: Db },
  projections: readonly Projection[],
  heads: KeptHeads,
): ProofTools => ({
  projections,
  scratchFolder: join(dataDir, 'staging'),
  remembered: async () => {
    const sets = (await backupsIn(backupFolder(dataDir))).filter(
      // A backup that is not what it says it is proves nothing against the journal.
      (set) => !isSuperseded(set) && (holds(db, set.manifest) || isProven(set, dataKey)),
    );
    return [...(await heads.remembered()), ...sets.flatMap(({ manifest }) => manifest.heads)];
  },
});

/** Where the backups on this computer lie. */
export const backupFolder = (dataDir: string): string => join(dataDir, 'backups');

/** What of a site's folder a backup is made of. */
export const siteFiles = (dataDir: string): SiteFiles => ({
  database: databasePath(dataDir),
  keyrings: keyringPaths(dataDir),
  attachments: join(dataDir, 'attachments'),
});

/** Makes the folder that holds everything of a site, and clears what a crash left of opened packages and half a site. */
export function prepareDataDir(dataDir: string): void {
  rmSync(join(dataDir, 'staging'), { recursive: true, force: true });
  mkdirSync(join(dataDir, 'staging'), { recursive: true });
  clearUnfinished(dataDir);
}
