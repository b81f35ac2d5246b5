import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { kills } from '../../torture/kills.ts';
import { tried } from '../../torture/trial.ts';

const SEED = randomInt(2 ** 20);

test('a power cut anywhere leaves the state before or the state after', async () => {
  const { harms } = await tried(kills, { first: SEED, cases: 5 });
  expect(harms, `seed ${String(SEED)}`).toEqual([]);
});
