import { setTimeout } from 'node:timers/promises';
import { type CoreProcess, startCore } from '../support/core-process.ts';
import { type Deed, type DeedPlaces, deeds } from '../support/deeds.ts';
import { type DeedWorld, deedWorld, mortalHand, seenAt } from '../support/deed-world.ts';
import { deedCourt } from './deed-court.ts';
import { type Attempt, type Trial, type World } from './trial.ts';

/** How a deed goes in a process of its own that nobody kills. */
type Pace = { readonly tookMs: number; readonly acts: number };

/** Deaths by what is asked of the disk and deaths by the clock in turn; a little beyond the end, to meet both states. */
const BEYOND = 1.15;
const GOLDEN = 0.618_033_988_75;

/** The real core, killed as by a power cut in the middle of a deed. */
export function killWorld(world: DeedWorld): Omit<World, 'end'> {
  const { inCopy, judged, undisturbed } = deedCourt(world);
  const paces = new Map<string, Pace>();

  const withCore = async <T>(deed: Deed, places: DeedPlaces, work: (core: CoreProcess) => Promise<T>): Promise<T> => {
    const core = await startCore(places.sites[deed.at]);
    try {
      if (deed.who) await core.signIn(deed.who);
      return await work(core);
    } finally {
      await core.kill();
    }
  };

  const paceOf = async (deed: Deed): Promise<Pace> => {
    const found = paces.get(deed.name);
    if (found) return found;
    const pace = await inCopy(deed, (places) =>
      withCore(deed, places, async (core) => {
        core.dieAt(Infinity);
        const startedMs = performance.now();
        await deed.does(mortalHand(core), places);
        return { tookMs: performance.now() - startedMs, acts: await core.acts() };
      }),
    );
    paces.set(deed.name, pace);
    return pace;
  };

  const attempt = async (number: number): Promise<Attempt> => {
    const deed = deeds[number % deeds.length];
    if (!deed) throw new Error('no such deed');
    const round = Math.floor(number / deeds.length);
    const part = (round * GOLDEN) % 1;
    await undisturbed(deed);
    const { tookMs, acts } = await paceOf(deed);
    return inCopy(deed, async (places) => {
      await withCore(deed, places, async (core) => {
        const byCount = round % 2 === 0;
        if (byCount) core.dieAt(1 + Math.floor(part * acts * BEYOND));
        const ended = deed.does(mortalHand(core), places);
        await Promise.race([core.gone, ended, ...(byCount ? [] : [setTimeout(part * tookMs * BEYOND)])]);
      });
      const where = `${deed.name}, killed in round ${String(round)}`;
      await judged(deed, places, await seenAt(deed, places), where);
      return { faults: 1, told: [] };
    });
  };
  return { attempt };
}

/** Every deed, ended by a power cut anywhere in it: a new start finds before or after. */
export const kills: Trial = {
  name: 'kills',
  begin: async () => {
    const world = await deedWorld();
    return { ...killWorld(world), end: world.end };
  },
};
