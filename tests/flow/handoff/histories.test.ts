import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import type { StationHappening } from '../../support/happenings.ts';
import { foundedCounty } from '../../support/history.ts';
import { randomHistories } from '../../torture/histories.ts';
import { tried } from '../../torture/trial.ts';

const SEED = randomInt(2 ** 31);

test(`whatever happened on the way, bureaus that saw the same hold the same, and nothing twice (seed ${String(SEED)})`, async () => {
  const { harms } = await tried(randomHistories, { first: SEED, cases: 6 });
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

test('a lost computer is heard no more under any keys; its station goes on with another one, and then with a third', async () => {
  const founded = await foundedCounty();
  const county = await founded.copy();
  const at = (kind: StationHappening, n = 0) => county.happen({ kind, station: 0, n });
  const newest = () => county.bundles.slice(-1);
  const codesOf = async (bureau: 0 | 1) =>
    (await county.importAt(bureau, newest())).map(({ problem }) => problem?.code ?? 'taken');
  try {
    const [first] = county.stations;
    await at('record');
    await at('change-keys');
    await at('export');
    expect(await codesOf(0)).toEqual(['taken']);
    await county.happen({ kind: 'change-bureau-keys', n: 0 });
    await at('record', 1);
    await at('export');
    await at('revoke');
    for (const bureau of [0, 1] as const) expect(await codesOf(bureau)).toEqual(['handoff.sender-revoked']);
    for (const computer of [2, 3]) {
      await at('refound');
      expect(first?.code).toBe(`999999010100-${String(computer)}`);
      expect(first?.people.size).toBe(computer - 1);
      await at('record', computer);
      await at('change-keys');
      await at('export');
      for (const bureau of [0, 1] as const) expect(await codesOf(bureau)).toEqual(['taken']);
      await county.happen({ kind: 'export-lost', n: 0 });
      for (const bureau of [0, 1] as const) expect(await codesOf(bureau)).toEqual(['handoff.sender-revoked']);
    }
    if (first) await county.judgeCopy(first);
    expect(await county.held(1)).toEqual(await county.held(0));
    expect((await county.held(0))['person']).toHaveLength(3);
  } finally {
    await county.close();
    await founded.end();
  }
}, 120_000);
