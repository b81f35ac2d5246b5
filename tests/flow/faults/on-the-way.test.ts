import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { cuts, flips } from '../../torture/on-the-way.ts';
import { tried } from '../../torture/trial.ts';

const SEED = randomInt(2 ** 31);

test(`a bundle cut off anywhere is refused, small or large, and changes nothing (seed ${String(SEED)})`, async () => {
  const { harms, told } = await tried(cuts, { first: SEED, cases: 150 });
  expect(harms).toEqual([]);
  expect(told.get('bundle.damaged')).toBeGreaterThan(50);
});

test(`a bundle with one bit turned over is refused, and changes nothing (seed ${String(SEED)})`, async () => {
  const { harms, told } = await tried(flips, { first: SEED, cases: 150 });
  expect(harms).toEqual([]);
  expect(told.get('bundle.damaged')).toBeGreaterThan(50);
});
