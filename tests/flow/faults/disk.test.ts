import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deeds } from '../../support/deeds.ts';
import { type DeedWorld, deedWorld } from '../../support/deed-world.ts';
import { diskCases, diskWorld, slowScanner } from '../../torture/disk.ts';
import { tried } from '../../torture/trial.ts';

const SEED = randomInt(2 ** 31);

let world: DeedWorld;
let places: Awaited<ReturnType<typeof diskWorld>>;
beforeAll(async () => {
  world = await deedWorld();
  places = await diskWorld(world);
});
afterAll(() => world.end());

test.each(deeds)('$name goes on behind a scanner that holds every file for five tries', async (deed) => {
  expect((await places.undisturbed(deed)).acts.length).toBeGreaterThan(0);
  expect(await places.fails(deed, slowScanner, 0)).toMatchObject({ told: [] });
});

test.each(['import of a bundle', 'founding'])(
  'a database that finds no room says so in a sentence, and %s changes nothing',
  async (name) => {
    const deed = deeds.find((one) => one.name === name);
    if (!deed) throw new Error(name);
    const told = [];
    for (const pages of [0, 2, 5]) told.push(...(await places.fills(deed, pages)).told);
    expect(new Set(told)).toEqual(new Set(['disk.full']));
  },
);

test('a disk that fails anywhere leaves the state before or the state after, and is named', async () => {
  const trial = { name: 'disk', begin: async () => ({ ...(await diskCases(places)), end: async () => {} }) };
  const { harms } = await tried(trial, { first: SEED, cases: 12 });
  expect(harms, `seed ${String(SEED)}`).toEqual([]);
});
