import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { foundedCounty } from '../../support/history.ts';
import { randomHistories } from '../../torture/histories.ts';
import { tried } from '../../torture/trial.ts';

const SEED = randomInt(2 ** 31);

test(`whatever happened on the way, bureaus that saw the same hold the same, and nothing twice (seed ${String(SEED)})`, async () => {
  const { harms } = await tried(randomHistories, { first: SEED, cases: 8 });
  expect(harms).toEqual([]);
}, 300_000);

test('while a bundle is missing, its range is named, and only its range', async () => {
  const founded = await foundedCounty();
  const county = await founded.copy();
  try {
    const [first] = county.stations;
    for (let n = 0; n < 3; n += 1) {
      await county.happen({ kind: 'record', station: 0, n });
      await county.happen({ kind: 'export', station: 0, n: 0 });
      await county.importAt(0, county.bundles.slice(-1));
      await county.happen({ kind: 'return', station: 0, n: 0 });
      await county.happen({ kind: 'take-return', station: 0, n });
    }
    // The twin has the first and the third stick only; the second went astray on its way.
    await county.importAt(1, [county.bundles[0] ?? '', county.bundles[2] ?? '']);
    const row = (await county.board(1)).find(({ site }) => site === first?.code);
    expect(row?.gaps).toHaveLength(1);
    await county.importAt(1, [county.bundles[1] ?? '']);
    expect((await county.board(1)).find(({ site }) => site === first?.code)?.gaps).toEqual([]);
    expect(await county.held(1)).toEqual(await county.held(0));
  } finally {
    await county.close();
    await founded.end();
  }
});
