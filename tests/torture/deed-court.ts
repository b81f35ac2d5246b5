import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Deed, DeedPlaces } from '../support/deeds.ts';
import { type DeedWorld, handOf, isLike, type Seen, seenAt, signedIn } from '../support/deed-world.ts';
import { type DiskAct, onFailingDisk } from '../support/failing-disk.ts';
import { aCore, type TestSite } from '../support/site.ts';
import { unless } from './trial.ts';

/** A deed that nothing befell: what the site showed before and after it, and what was asked of the disk meanwhile. */
export type Known = { readonly before: Seen; readonly after: Seen; readonly acts: readonly DiskAct[] };
export type DeedCourt = ReturnType<typeof deedCourt>;

/** Judges what a deed left behind when something befell it, by the same deed when nothing did. */
export function deedCourt(world: DeedWorld) {
  const known = new Map<string, Known>();

  const running = async <T>(deed: Deed, places: DeedPlaces, work: (site: TestSite) => Promise<T>): Promise<T> => {
    const site = await aCore({ dir: places.sites[deed.at] });
    try {
      if (deed.who) unless(typeof (await signedIn(site, deed.who)) === 'string', 'lost', 'nobody can sign in');
      const done = await work(site);
      const left = (await readdir(join(places.sites[deed.at], 'staging'))).length;
      unless(left === 0, 'silent', `${deed.name}: ${String(left)} opened packages are still open`);
      return done;
    } finally {
      await site.close();
    }
  };
  const inCopy = async <T>(deed: Deed, work: (places: DeedPlaces) => Promise<T>): Promise<T> => {
    const places = await world.copy(deed);
    try {
      return await work(places);
    } finally {
      await world.discard(places);
    }
  };

  /** How the deed goes when nothing befalls it. */
  const undisturbed = async (deed: Deed): Promise<Known> => {
    const found = known.get(deed.name);
    if (found) return found;
    const before = await inCopy(deed, (places) => seenAt(deed, places));
    const made = await inCopy(deed, async (places) => {
      const { value, acts } = await running(deed, places, (site) =>
        onFailingDisk(
          () => null,
          () => deed.does(handOf(site), places),
        ),
      );
      if (!value.ok) throw new Error(`${deed.name}: ${JSON.stringify(value.problem)}`);
      return { before, after: await seenAt(deed, places), acts };
    });
    known.set(deed.name, made);
    return made;
  };

  /** Before or after, in the same process and at a new start; the same once more succeeds. */
  const judged = async (deed: Deed, places: DeedPlaces, seen: Seen, where: string): Promise<void> => {
    const { before, after } = await undisturbed(deed);
    const [isBefore, isAfter] = [isLike(seen, before), isLike(seen, after)];
    unless(
      isBefore || isAfter,
      'lost',
      `${where}: neither before nor after\n${words(seen)}\n${words(before)}\n${words(after)}`,
    );
    await world.refuseHalfPackages(deed, places);
    const again = await running(deed, places, (site) => deed.does(handOf(site), places));
    const isDone = !again.ok && isAfter && again.problem.code === deed.doneAlready;
    unless(again.ok || isDone, 'silent', `${where}: not once more (${again.ok ? '' : again.problem.code})`);
    if (isBefore) {
      const then = await seenAt(deed, places);
      unless(isLike(then, after), 'double', `${where}: once more led elsewhere\n${words(then)}\n${words(after)}`);
    }
  };

  return { running, inCopy, undisturbed, judged };
}

const words = ({ shown, ...counts }: Seen): string => `${JSON.stringify(counts)} ${shown.replaceAll('\n', ' ')}`;
