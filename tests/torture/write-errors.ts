import { startCore } from '../support/core-process.ts';
import { type Deed, type DeedPlaces, deeds } from '../support/deeds.ts';
import { type DeedWorld, deedWorld, isLike, mortalHand, seenAt } from '../support/deed-world.ts';
import { onSmallDisk, type Shortage, withLimit } from '../support/short-of-room.ts';
import { deedCourt } from './deed-court.ts';
import { type Attempt, toldBy, type Trial, unless, type World } from './trial.ts';

const GOLDEN = 0.618_033_988_75;
/** More than any deed here writes into one file. */
const MOST_BITS = 22;

/** Nothing at all, then so many bytes, each power of two as often as the others. */
const roomIn = (round: number): number => (round === 0 ? 0 : Math.floor(2 ** (((round * GOLDEN) % 1) * MOST_BITS)));

/** The real core, whose writes the operating system refuses behind so many bytes, and then no more. */
export function writeErrorWorld(world: DeedWorld) {
  const { inCopy, judged, undisturbed } = deedCourt(world);

  /** What the person was told, and whether the same process has done the deed by the end. */
  const shortOfRoom = async (
    { deed, places, room }: { readonly deed: Deed; readonly places: DeedPlaces; readonly room: number },
    shortage: Shortage,
    isDoneAgain: boolean,
  ): Promise<readonly string[]> => {
    const core = await startCore(shortage.dir);
    try {
      if (deed.who) await core.signIn(deed.who);
      await shortage.begin(core.pid, room);
      const result = await deed.does(mortalHand(core), places);
      await shortage.lift(core.pid);
      if (result.ok) return [];
      const where = `${deed.name}, ${shortage.how}, room for ${String(room)} bytes`;
      if (isDoneAgain) {
        const again = await deed.does(mortalHand(core), places);
        const isDone = again.ok || again.problem.code === deed.doneAlready;
        unless(isDone, 'silent', `${where}: with room again, ${again.ok ? '' : again.problem.code}`);
        const { after } = await undisturbed(deed);
        const seen = await seenAt(deed, places);
        unless(isLike(seen, after), 'double', `${where}: with room again, it led elsewhere\n${seen.shown}`);
      }
      const told = toldBy(result.problem);
      unless(told.startsWith('disk.'), 'silent', `${where}: ${told} was told of a disk that does not write`);
      return [told];
    } finally {
      await core.kill();
    }
  };

  const fails = (deed: Deed, room: number, round: number): Promise<Attempt> =>
    inCopy(deed, async (copied) => {
      await undisturbed(deed);
      const limited = withLimit(copied.sites[deed.at]);
      const shortage = round % 2 === 0 ? limited : ((await onSmallDisk(limited.dir)) ?? limited);
      const places = { ...copied, sites: { ...copied.sites, [deed.at]: shortage.dir } };
      try {
        const isDoneAgain = round % 4 < 2;
        const told = await shortOfRoom({ deed, places, room }, shortage, isDoneAgain);
        const where = `${deed.name}, ${shortage.how}, room for ${String(room)} bytes`;
        if (told.length === 0 || !isDoneAgain) await judged(deed, places, await seenAt(deed, places), where);
        return { faults: 1, told: [shortage.how, ...told] };
      } finally {
        await shortage.end();
      }
    });

  return {
    fails,
    attempt: (number: number): Promise<Attempt> => {
      const deed = deeds[number % deeds.length];
      if (!deed) throw new Error('no such deed');
      const round = Math.floor(number / deeds.length);
      return fails(deed, roomIn(round), round);
    },
  };
}

/**
 * Every deed while the operating system refuses to write, under SQLite and under our own files: before or after, told in
 * a sentence, and with room again it goes on.
 */
export const writeErrors: Trial = {
  name: 'write errors',
  begin: async (): Promise<World> => {
    const world = await deedWorld();
    return { attempt: writeErrorWorld(world).attempt, end: world.end };
  },
};
