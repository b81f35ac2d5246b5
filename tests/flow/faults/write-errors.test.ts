import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deeds } from '../../support/deeds.ts';
import { type DeedWorld, deedWorld } from '../../support/deed-world.ts';
import { tried } from '../../torture/trial.ts';
import { writeErrorWorld } from '../../torture/write-errors.ts';

const SEED = randomInt(2 ** 20);

let world: DeedWorld;
let places: ReturnType<typeof writeErrorWorld>;
beforeAll(async () => {
  world = await deedWorld();
  places = writeErrorWorld(world);
});
afterAll(() => world.end());

// Round 2 does the deed in the same process again once there is room.
test.each([
  ['backup here', 0, 'disk.failing'],
  ['founding', 3000, 'disk.failing'],
  ['audit export', 0, 'disk.failing'],
  ['restore', 3000, 'disk.failing'],
  ['export', 0, 'disk.file-too-large-for-fat32'],
] as const)(
  '%s with room for %i bytes in a file is told of the disk, and succeeds once there is room',
  async (...one) => {
    const [name, room, code] = one;
    const deed = deeds.find((each) => each.name === name);
    if (!deed) throw new Error(name);
    expect(await places.fails(deed, room, 2)).toMatchObject({ told: ['files limited', code] });
  },
);

test('a write the operating system refuses leaves the state before or the state after, and is named', async () => {
  const trial = { name: 'write errors', begin: async () => ({ ...places, end: async () => {} }) };
  const { harms } = await tried(trial, { first: SEED, cases: 4 });
  expect(harms, `seed ${String(SEED)}`).toEqual([]);
}, 300_000);
