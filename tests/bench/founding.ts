import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { type CoreProcess, startCore } from '../support/core-process.ts';
import { aCounty, type County, NEW_CHIEF, type Refounded } from '../support/county.ts';
import { fill } from './history.ts';
import { bareInserts } from './limits.ts';
import { absolute, against, type Figure, timed } from './measure.ts';
import { addPhotos } from './photos.ts';
import { peakMemory, valueOf, withClosed } from './sites.ts';
import { sizes } from './sizes.ts';

const SITE = '999999010100-1';

/** A station founded anew from its bureau's whole copy, by the real core in a process of its own. */
export async function founding(): Promise<Figure[]> {
  const county = await aCounty({ ageKind: 'x25519' });
  const dir = await mkdtemp(join(tmpdir(), 'lijing-anew-'));
  try {
    const refounded = await largeKit(county);
    const { tookMs, peakMiB, shellDelayMs, waitedMs } = await foundedIn(dir, refounded);
    const limit = await withClosed({ dir, loginName: NEW_CHIEF.loginName }, ({ db }) => bareInserts(db));
    const mib = Math.round((await stat(refounded.kit)).size / 2 ** 20);
    const what = `found a station anew from a kit of ${String(sizes.entries)} entries and ${String(mib)} MiB`;
    return [
      against(`${what}, per entry`, tookMs / sizes.entries, limit / sizes.entries, 4),
      absolute('memory of the core over that founding', peakMiB, 400, 'MiB'),
      absolute("delay of the shell's event loop over that founding, p99", shellDelayMs, 50, 'ms'),
      absolute('longest wait for an answer of the core over that founding, a cancel among them', waitedMs, 1_000, 'ms'),
    ];
  } finally {
    await rm(dir, { recursive: true, force: true });
    await county.close();
  }
}

async function largeKit(county: County): Promise<Refounded> {
  const station = await county.station('999999010100', '城关派出所');
  await station.core.shutdown();
  await withClosed({ dir: station.dir, loginName: 'suozhang' }, async ({ journal, attachments }) => {
    fill(journal, sizes.entries);
    await addPhotos(journal, attachments, sizes.photosMb);
  });
  await station.signIn('suozhang');
  await county.receive(await county.report(station));
  return county.refound(SITE);
}

async function foundedIn(dir: string, { kit, code }: Refounded) {
  const core = await startCore(dir);
  try {
    const file = await core.file(kit);
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const waits = longestWait(core);
    const tookMs = await timed(() =>
      valueOf(core.call('site.foundStationFromKit', { file, code, ...NEW_CHIEF, setAside: false })),
    );
    delay.disable();
    const waitedMs = await waits();
    return { waitedMs, tookMs, peakMiB: await peakMemory(core.pid), shellDelayMs: delay.percentile(99) / 1e6 };
  } finally {
    await core.kill();
  }
}

/** Asks again and again until it is told to stop; the longest it took to be answered. */
function longestWait(core: CoreProcess): () => Promise<number> {
  const over = new AbortController();
  const asking = (async () => {
    let longest = 0;
    while (!over.signal.aborted) {
      longest = Math.max(longest, await timed(() => core.call('site.status', {})));
      await setTimeout(20);
    }
    return longest;
  })();
  return () => {
    over.abort();
    return asking;
  };
}
