import type { Input } from '../../shared/contract.ts';
import type { TestSite } from './site.ts';

/** The drive, and the site of which it holds the youngest backup, as somebody chooses it who sees only that one. */
export async function adoptable(site: TestSite, path: string): Promise<Input<'backup.adopt'>> {
  const drive = await site.drive(path);
  const [youngest] = await site.call('backup.sitesOn', { drive });
  if (!youngest) throw new Error(`no backup lies on ${path}`);
  return { drive, site: youngest.site };
}
