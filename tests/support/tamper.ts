import { join } from 'node:path';
import { type Db, openDatabase } from '../../electron/db/open.ts';
import { openVault } from '../../electron/site/vault.ts';
import { aCore, PASSWORD, type TestSite } from './site.ts';

/** Works on the very file of a site with a database tool, what protects the journal from the application taken off. */
export async function withFile(site: TestSite, work: (db: Db) => unknown, loginName = 'suozhang'): Promise<void> {
  const { dataKey } = await openVault(site.dir, () => site.now.value).unlock(loginName, PASSWORD);
  const db = openDatabase(join(site.dir, 'lijing.db'), dataKey, 'write');
  try {
    db.exec('DROP TRIGGER IF EXISTS entry_is_never_changed; DROP TRIGGER IF EXISTS entry_is_never_deleted');
    await work(db);
  } finally {
    db.close();
    dataKey.fill(0);
  }
}

/** The same with the site closed meanwhile, and opened again as if nothing had been. */
export async function tamper(site: TestSite, work: (db: Db) => unknown, loginName = 'suozhang'): Promise<TestSite> {
  await site.core.shutdown();
  await withFile(site, work, loginName);
  const again = await aCore({ dir: site.dir, at: site.now.value.toISOString() });
  await again.signIn(loginName);
  return again;
}
