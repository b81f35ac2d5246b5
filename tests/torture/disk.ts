import { rm } from 'node:fs/promises';
import { type Deed, type DeedPlaces, deeds } from '../support/deeds.ts';
import { type DeedWorld, deedWorld, handOf, isLike, type Seen, seenAt, seenIn } from '../support/deed-world.ts';
import { watchConnections, withRoomFor } from '../support/failing-database.ts';
import { type DiskAct, onFailingDisk, type Refuses } from '../support/failing-disk.ts';
import { aCore, type TestSite } from '../support/site.ts';
import { deedCourt } from './deed-court.ts';
import { type Attempt, spread, toldBy, type Trial, unless, type World } from './trial.ts';

/** What befalls the disk at one act of a deed. */
type Ill = {
  readonly name: string;
  /** The acts it can befall. */
  readonly befalls: (act: DiskAct) => boolean;
  readonly refuses: (at: number, places: DeedPlaces) => Refuses;
  /** The deed succeeds in spite of it. */
  readonly passes?: boolean;
};

const writes = ({ what }: DiskAct): boolean => ['write', 'copy', 'mkdir'].includes(what);
const renames = ({ what }: DiskAct): boolean => what === 'rename';
const any = (): boolean => true;

const once =
  (code: string): Ill['refuses'] =>
  (at) =>
  ({ nth }) =>
    nth === at ? code : null;
const full: Ill['refuses'] = (at) => (act) => (act.nth >= at && writes(act) ? 'ENOSPC' : null);

/** The nth act is a rename; it is refused so many times in a row, whatever else is asked meanwhile. */
const held =
  (code: string, times: number): Ill['refuses'] =>
  (at) => {
    let left = times;
    let path = '';
    return ({ what, nth, path: asked }) => {
      if (nth === at) path = asked;
      if (what !== 'rename' || asked !== path || left === 0) return null;
      left -= 1;
      return code;
    };
  };

/** Every file is held by somebody for five tries, as by a slow scanner. */
const heldEach: Ill['refuses'] = () => {
  const tries = new Map<string, number>();
  return ({ what, path }) => {
    if (what !== 'rename') return null;
    const before = tries.get(path) ?? 0;
    tries.set(path, before + 1);
    return before < 5 ? (['EPERM', 'EACCES', 'EBUSY'][before % 3] ?? null) : null;
  };
};
/** Befalls all acts at once. */
export const slowScanner: Ill = { name: 'a slow scanner', befalls: any, refuses: heldEach, passes: true };

/** The stick's folder goes away, as when it is pulled out. */
const pulledOut: Ill['refuses'] =
  (at, { stick }) =>
  async ({ nth }) => {
    if (nth >= at) await rm(stick, { recursive: true, force: true });
    return null;
  };

export const ills: readonly Ill[] = [
  { name: 'full at one write', befalls: writes, refuses: once('ENOSPC') },
  { name: 'full from here on', befalls: writes, refuses: full },
  { name: 'unreadable or unwritable', befalls: any, refuses: once('EIO') },
  {
    name: 'too large for FAT32',
    befalls: ({ what, path }) => what === 'write' && path.includes('stick'),
    refuses: once('EFBIG'),
  },
  { name: 'pulled out', befalls: ({ path }) => path.includes('stick'), refuses: pulledOut },
  { name: 'rename refused for ever', befalls: renames, refuses: held('EPERM', Infinity) },
  ...['EPERM', 'EACCES', 'EBUSY'].map((code) => ({
    name: `rename refused five times (${code})`,
    befalls: renames,
    refuses: held(code, 5),
    passes: true,
  })),
];

/** Pages the database may still grow by. */
const ROOMS = 12;
/** Clocks that are wrong, in years. */
const CLOCKS = [-10, 10];

export async function diskWorld(world: DeedWorld) {
  const { running, inCopy, undisturbed, judged } = deedCourt(world);
  return {
    undisturbed,
    /** One deed, one ill, at the act of that place. */
    async fails(deed: Deed, ill: Ill, at: number): Promise<Attempt> {
      const where = `${deed.name}, ${ill.name}, act ${String(at)}`;
      await undisturbed(deed);
      return inCopy(deed, async (places) => {
        const { result, seen } = await running(deed, places, async (site) => {
          const { value } = await onFailingDisk(ill.refuses(at, places), () => deed.does(handOf(site), places));
          return { result: value, seen: await afterwards(site, deed, places) };
        });
        unless(!ill.passes || result.ok, 'silent', `${where}: ${result.ok ? '' : result.problem.code}`);
        if (ill.name === 'pulled out') await world.restoreStick(places);
        else
          unless(
            seen === null || isLike(seen, await seenAt(deed, places)),
            'silent',
            `${where}: a new start shows another state`,
          );
        await judged(deed, places, await seenAt(deed, places), where);
        return { faults: 1, told: result.ok ? [] : [toldBy(result.problem)] };
      });
    },
    /** The database may grow by so many pages. */
    async fills(deed: Deed, pages: number): Promise<Attempt> {
      const where = `${deed.name}, room for ${String(pages)} pages`;
      await undisturbed(deed);
      return inCopy(deed, async (places) => {
        const connections = watchConnections();
        const result = await running(deed, places, (site) =>
          withRoomFor(pages, connections.all, () => deed.does(handOf(site), places)),
        ).finally(connections.stop);
        await judged(deed, places, await seenAt(deed, places), where);
        return { faults: 1, told: result.ok ? [] : [toldBy(result.problem)] };
      });
    },
    /** Under a clock that is wrong by so many years, and then right again. */
    async mistimes(deed: Deed, years: number): Promise<Attempt> {
      await undisturbed(deed);
      const told: string[] = [];
      return inCopy(deed, async (places) => {
        const site = await aCore({ dir: places.sites[deed.at] });
        try {
          site.now.value = new Date(site.now.value.getTime() + years * 365.25 * 86_400_000);
          if (deed.who) await site.signIn(deed.who);
          const result = await deed.does(handOf(site), places);
          if (!result.ok) told.push(toldBy(result.problem));
        } finally {
          await site.close();
        }
        await judged(deed, places, await seenAt(deed, places), `${deed.name}, ${String(years)} years off`);
        return { faults: 1, told };
      });
    },
  };
}

/** What the same process shows; null where it cannot be asked any more. */
async function afterwards(site: TestSite, deed: Deed, places: DeedPlaces): Promise<Seen | null> {
  return deed.who ? seenIn(site, deed.who, places) : null;
}

type Case = { readonly deed: Deed } & (
  { readonly ill: Ill; readonly at: number } | { readonly pages: number } | { readonly years: number }
);

/** Every deed with everything that can befall each of its acts. */
export async function diskCases(world: Awaited<ReturnType<typeof diskWorld>>): Promise<Omit<World, 'end'>> {
  const cases: Case[] = [];
  for (const deed of deeds) {
    const { acts } = await world.undisturbed(deed);
    for (const ill of ills) for (const act of acts.filter(ill.befalls)) cases.push({ deed, ill, at: act.nth });
    for (let pages = 0; pages < ROOMS; pages += 1) cases.push({ deed, pages });
    for (const years of CLOCKS) cases.push({ deed, years });
  }
  return {
    all: cases.length,
    attempt: async (number) => {
      const one = cases[spread(number, cases.length)];
      if (!one) throw new Error('no such case');
      if ('pages' in one) return world.fills(one.deed, one.pages);
      if ('years' in one) return world.mistimes(one.deed, one.years);
      return world.fails(one.deed, one.ill, one.at);
    },
  };
}

/** Every deed with a disk that fails at any of its acts, a database without room, a clock that is wrong. */
export const disk: Trial = {
  name: 'disk',
  begin: async () => {
    const world = await deedWorld();
    return { ...(await diskCases(await diskWorld(world))), end: world.end };
  },
};
