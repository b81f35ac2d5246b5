import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { kills } from '../../torture/kills.ts';
import { tried } from '../../torture/trial.ts';

const SEED = randomInt(2 ** 20);

test(`a power cut anywhere leaves before or after, and the same once more succeeds (seed ${String(SEED)})`, async () => {
  const { harms } = await tried(kills, { first: SEED, cases: 5 });
  expect(harms).toEqual([]);
});
