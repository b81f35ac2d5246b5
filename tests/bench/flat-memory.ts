import { aCounty } from '../support/county.ts';
import { fill } from './history.ts';
import { type Figure } from './measure.ts';
import { addPhotos } from './photos.ts';
import { peakMemory, valueOf, withClosed, withCore } from './sites.ts';
import { sizes } from './sizes.ts';

/** How much more memory twice the station may take: nothing but what comes by chance. */
const FLAT = 1.1;

/** The core's peak over the export and the import of a large station, beside those of half of it. */
export async function flatMemory(): Promise<Figure[]> {
  const small = await peaks(sizes.entries / 2, sizes.flatMb / 2);
  const large = await peaks(sizes.entries, sizes.flatMb);
  const size = `${String(sizes.entries)} entries and ${String(sizes.flatMb)} MB`;
  const figure = (what: string, ours: number, limit: number): Figure => ({
    what: `memory to ${what} ${size}, beside half`,
    ours: `${String(Math.round(ours))} MiB`,
    limit: `${String(Math.round(limit))} MiB`,
    ratio: ours / limit,
    goal: FLAT,
  });
  return [figure('export', large.exporting, small.exporting), figure('import', large.importing, small.importing)];
}

async function peaks(entries: number, photosMb: number): Promise<{ exporting: number; importing: number }> {
  const county = await aCounty({ ageKind: 'x25519' });
  const station = await county.station('999999010100', '城关派出所');
  try {
    await station.core.shutdown();
    await county.bureau.core.shutdown();
    const site = { dir: station.dir, loginName: 'suozhang' };
    await withClosed(site, async ({ journal, attachments }) => {
      fill(journal, entries);
      await addPhotos(journal, attachments, photosMb);
    });
    const sent = await withCore(site, async (core) => {
      const drive = await core.drive(county.stick);
      const { fileName } = await valueOf(core.call('handoff.export', { drive, medium: '' }));
      return { fileName, peak: await peakMemory(core.pid) };
    });
    const importing = await withCore({ dir: county.bureau.dir, loginName: 'guanli' }, async (core) => {
      const files = [await core.file(`${county.stick}/${sent.fileName}`)];
      const [outcome] = await valueOf(core.call('handoff.importBundles', { files }));
      if (outcome?.counts?.accepted !== outcome?.counts?.exported) throw new Error(JSON.stringify(outcome));
      return peakMemory(core.pid);
    });
    return { exporting: sent.peak, importing };
  } finally {
    await county.close();
  }
}
