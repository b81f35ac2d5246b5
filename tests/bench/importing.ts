import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { aCounty, type County } from '../support/county.ts';
import { fill } from './history.ts';
import { bareInserts } from './limits.ts';
import { absolute, against, type Figure, timed } from './measure.ts';
import { peakMemory, valueOf, withClosed, withCopy, withCore } from './sites.ts';
import { sizes } from './sizes.ts';

const STATIONS = 10;
const PER_BUNDLE = 1_000;

/** One large bundle, and many of a thousand entries, taken in by the real core in a process of its own. */
export async function importing(): Promise<Figure[]> {
  return [...(await oneBundle()), ...(await manyBundles())];
}

async function oneBundle(): Promise<Figure[]> {
  const county = await aCounty({ ageKind: 'x25519' });
  const station = await county.station('999999010100', '城关派出所');
  await station.core.shutdown();
  await withClosed({ dir: station.dir, loginName: 'suozhang' }, ({ journal }) => fill(journal, sizes.entries));
  await station.signIn('suozhang');
  const bundle = await county.report(station);
  await county.bureau.core.shutdown();
  const { tookMs, peakMiB } = await imported(county.bureau.dir, [bundle]);
  const limit = await withClosed({ dir: county.bureau.dir, loginName: 'guanli' }, ({ db }) => bareInserts(db));
  await county.close();
  const count = sizes.entries;
  return [
    against(`import a bundle of ${String(count)} entries, per entry`, tookMs / count, limit / count, 4),
    absolute(`memory of the core over that import`, peakMiB, 400, 'MiB'),
  ];
}

async function manyBundles(): Promise<Figure[]> {
  const county = await aCounty({ ageKind: 'x25519' });
  const what = `import ${String(sizes.bundles)} bundles of ${String(PER_BUNDLE)} entries`;
  try {
    const stations = await closedStations(county, sizes.bundles / STATIONS);
    await county.bureau.core.shutdown();
    // The bureau as it was before the first bundle; the other one answers, so that the stations go on behind it.
    return await withCopy(county.bureau.dir, async (fresh) => {
      await county.bureau.signIn('guanli');
      const bundles = await bundlesOf(county, stations, sizes.bundles / STATIONS);
      const { tookMs, peakMiB, shellDelayMs } = await imported(fresh, bundles);
      const limit = await withClosed({ dir: fresh, loginName: 'guanli' }, ({ db }) => bareInserts(db));
      return [
        against(what, tookMs, limit, 4),
        absolute('memory of the core over that import', peakMiB, 400, 'MiB'),
        absolute("delay of the shell's event loop over that import, p99", shellDelayMs, 50, 'ms'),
      ];
    });
  } finally {
    await county.close();
  }
}

type Station = Awaited<ReturnType<County['station']>>;

async function closedStations(county: County, rounds: number): Promise<readonly Station[]> {
  const stations: Station[] = [];
  for (let n = 1; n <= STATIONS; n += 1)
    stations.push(await county.station(`9999990102${String(n).padStart(2, '0')}`, `第${String(n)}派出所`));
  return rounds > 0 ? stations : [];
}

/** Each station reports a thousand entries at a time, answered in between. */
async function bundlesOf(county: County, stations: readonly Station[], rounds: number): Promise<readonly string[]> {
  const bundles: string[] = [];
  for (const [index, station] of stations.entries())
    for (let round = 0; round < rounds; round += 1) {
      await station.core.shutdown();
      await withClosed({ dir: station.dir, loginName: 'suozhang' }, ({ journal }) => fill(journal, PER_BUNDLE));
      await station.signIn('suozhang');
      const bundle = await county.report(station);
      const kept = join(county.stick, `kept-${String(index)}-${String(round)}.lijing`);
      await copyFile(bundle, kept);
      bundles.push(kept);
      await county.receive(bundle);
      await county.answer(station, `9999990102${String(index + 1).padStart(2, '0')}-1`);
    }
  return bundles;
}

/** This process stands for the shell: it only passes messages on, and its event loop is watched. */
const imported = (dir: string, bundles: readonly string[]) =>
  withCore({ dir, loginName: 'guanli' }, async (core) => {
    const files: string[] = [];
    for (const bundle of bundles) files.push(await core.file(bundle));
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const tookMs = await timed(async () => {
      const outcomes = await valueOf(core.call('handoff.importBundles', { files }));
      if (outcomes.some(({ problem, counts }) => problem !== null || counts?.quarantined !== 0))
        throw new Error(JSON.stringify(outcomes.find(({ problem, counts }) => problem ?? counts?.quarantined)));
    });
    delay.disable();
    return { tookMs, peakMiB: await peakMemory(core.pid), shellDelayMs: delay.percentile(99) / 1e6 };
  });
