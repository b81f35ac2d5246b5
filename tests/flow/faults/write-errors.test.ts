import { randomInt } from 'node:crypto';
import { mkdir, readdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deeds } from '../../support/deeds.ts';
import { type DeedWorld, deedWorld } from '../../support/deed-world.ts';
import { aCore, PASSWORD } from '../../support/site.ts';
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
  ['export', 0, 'disk.failing'],
] as const)(
  '%s with room for %i bytes in a file is told of the disk, and succeeds once there is room',
  async (...one) => {
    const [name, room, code] = one;
    const deed = deeds.find((each) => each.name === name);
    if (!deed) throw new Error(name);
    expect(await places.fails(deed, room, 2)).toMatchObject({ told: ['files limited', code] });
  },
);

test('a good backup on a write-protected medium is told as that, and not as none', async () => {
  const deed = deeds.find(({ name }) => name === 'restore');
  if (!deed) throw new Error('restore');
  const { sites, root } = await world.copy(deed);
  const [backup = ''] = await readdir(join(sites.damaged, 'backups'));
  // Nothing can be put beside the copy.
  const beside = join(sites.damaged, 'backups', backup, 'lijing.db-wal');
  await mkdir(beside);
  const site = await aCore({ dir: sites.damaged });
  const who = { loginName: 'suozhang', password: PASSWORD };
  expect(await site.refusal('backup.restorable', who)).toEqual({ code: 'disk.read-only' });
  await rmdir(beside);
  expect((await site.call('backup.restorable', who)).copies).toMatchObject([{ id: backup }]);
  await site.close();
  await world.discard({ root });
});

test('a write the operating system refuses leaves the state before or the state after, and is named', async () => {
  const trial = { name: 'write errors', begin: async () => ({ ...places, end: async () => {} }) };
  const { harms } = await tried(trial, { first: SEED, cases: 4 });
  expect(harms, `seed ${String(SEED)}`).toEqual([]);
}, 300_000);
