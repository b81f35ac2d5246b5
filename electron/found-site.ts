import { join } from 'node:path';
import { openDatabase } from './db/open.ts';
import { inStretches } from './db/transaction.ts';
import { attachmentStore } from './files/attachments.ts';
import type { Opener } from './opening.ts';
import { databasePath } from './site/founding.ts';
import { pinFounded } from './site/keep-heads.ts';
import type { Lifecycle } from './site/lifecycle.ts';
import type { NewSite } from './site/new-site.ts';
import { siteStore } from './site/store.ts';
import { openVault } from './site/vault.ts';

/** Makes a new site; where that fails, nothing of it is left. */
export async function foundAt(
  fresh: NewSite,
  opening: Opener,
  clock: () => Date,
  ...[{ dataKey, keyring, self }, work]: Parameters<Lifecycle['found']>
): Promise<void> {
  await fresh.make(async (folder) => {
    const db = openDatabase(databasePath(folder), dataKey, 'write');
    try {
      await opening.prepare(db, self);
      const store = siteStore(db, self.site);
      const attachments = attachmentStore(join(folder, 'attachments'), dataKey);
      const journal = opening.journalOn(db, self);
      await inStretches(db, (settle) => work({ db, journal, store, attachments, settle }));
      await pinFounded(folder, dataKey, db, self.site);
    } finally {
      db.close();
    }
    await openVault(folder, clock).write(keyring);
  });
  opening.made();
}
