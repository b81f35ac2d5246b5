import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { aCounty } from '../support/county.ts';
import { photosIn, sessionWithPhotos } from '../support/photos.ts';
import { somePeople } from '../support/training.ts';
import { type Attempt, spread, toldBy, type Trial, unless, type World } from './trial.ts';

/** Places at which a large bundle is cut. */
const PLACES = 1_000;
const PHOTO_BYTES = 1_000_000;

/** A bureau that is offered a bundle as it should never be: it refuses, and holds what it held. */
async function bureauWith(photos: number) {
  const county = await aCounty({ ageKind: 'x25519' });
  const station = await county.station('999999010100', '城关派出所');
  if (photos > 0) {
    const people = await somePeople(station, 2);
    const folder = join(county.stick, 'photos');
    await mkdir(folder);
    await sessionWithPhotos(station, people, await photosIn(folder, photos, PHOTO_BYTES), '集中学习');
  }
  const bundle = await county.report(station);
  const bytes = await readFile(bundle);
  const offered = join(county.stick, 'offered.lijing');
  const state = async (): Promise<string> => {
    const { entries } = await county.bureau.call('site.listEntries', { stream: null, before: null, limit: 1 });
    return JSON.stringify([entries, await county.bureau.call('handoff.board', {})]);
  };
  const before = await state();

  return {
    bytes,
    refuses: async (spoilt: Uint8Array, where: string): Promise<Attempt> => {
      await writeFile(offered, spoilt);
      const [outcome] = await county.receive(offered);
      unless(outcome?.problem !== null && outcome !== undefined, 'silent', `${where} was taken`);
      unless((await state()) === before, 'silent', `${where} was refused, and changed something`);
      return { faults: 1, told: [toldBy(outcome.problem as Parameters<typeof toldBy>[0])] };
    },
    /** The whole one is still taken, once. */
    end: async (): Promise<void> => {
      try {
        const [first, second] = await county.receive(bundle, bundle);
        assert.equal(first?.counts?.accepted, first?.counts?.exported);
        assert.equal(second?.counts?.alreadyKnown, first?.counts?.exported);
      } finally {
        await county.close();
      }
    },
  };
}

/** A small bundle cut to every length it can have, and a large one at a thousand places. */
export const cuts: Trial = {
  name: 'cuts',
  begin: async (): Promise<World> => {
    const small = await bureauWith(0);
    const large = await bureauWith(6);
    const lengths = small.bytes.length;
    const all = lengths + PLACES;
    return {
      all,
      attempt: (number) => {
        const place = spread(number, all);
        if (place < lengths) return small.refuses(small.bytes.subarray(0, place), `cut at ${String(place)}`);
        const length = Math.floor(((place - lengths + 0.5) * large.bytes.length) / PLACES);
        return large.refuses(large.bytes.subarray(0, length), `the large one cut at ${String(length)}`);
      },
      end: async () => {
        await small.end();
        await large.end();
      },
    };
  },
};

/** Every bit of a small bundle turned over. */
export const flips: Trial = {
  name: 'flips',
  begin: async (): Promise<World> => {
    const { bytes, refuses, end } = await bureauWith(0);
    const all = bytes.length * 8;
    return {
      all,
      attempt: (number) => {
        const bit = spread(number, all);
        const flipped = Buffer.from(bytes);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        return refuses(flipped, `bit ${String(bit)}`);
      },
      end,
    };
  },
};
