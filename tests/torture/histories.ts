import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { PackageOutcome } from '../../shared/handoff.ts';
import { type Happening, foundedCounty, histories, type LivedCounty } from '../support/history.ts';
import { type Attempt, toldBy, type Trial, unless } from './trial.ts';

/** What may be told on the way; anything else is a fault of ours. */
const EXPECTED: readonly string[] = [
  'journal.fork',
  'handoff.receipt-not-our-history',
  'handoff.nothing-to-export',
  'handoff.station-unknown',
];

/** The order in which a bureau gets everything in the end. */
const shuffled = (paths: readonly string[], dice: readonly number[]): string[] =>
  paths
    .map((path, index) => ({ path, at: dice[index % dice.length] ?? 0 }))
    .sort((a, b) => a.at - b.at)
    .map(({ path }) => path);

function judgeOutcomes(outcomes: readonly PackageOutcome[], told: string[]): void {
  for (const { counts, problem } of outcomes) {
    if (problem) told.push(toldBy(problem as Parameters<typeof toldBy>[0]));
    const { exported, accepted, alreadyKnown, quarantined, held } = counts ?? {
      exported: 0,
      accepted: 0,
      alreadyKnown: 0,
      quarantined: 0,
      held: 0,
    };
    const sum = accepted + alreadyKnown + quarantined + held;
    unless(exported <= sum, 'lost', `${String(exported)} exported, ${String(sum)} accounted for`);
    unless(exported >= sum, 'double', `${String(exported)} exported, ${String(sum)} accounted for`);
    unless(quarantined === 0, 'silent', 'a good entry was quarantined');
  }
}

/** As often as it takes a restored bureau and its stations to come to hold the same again. */
const ROUNDS = 3;

/** The stick goes round: a return, and a bundle back. */
async function settle(county: LivedCounty, told: string[]): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [station, { returns }] of county.stations.entries()) {
      const before = county.bundles.length;
      await county.happen({ kind: 'export', station, n: 0 });
      if (county.bundles.length > before) judgeOutcomes(await county.importAt(0, county.bundles.slice(before)), told);
      await county.happen({ kind: 'return', station, n: 0 });
      await county.happen({ kind: 'take-return', station, n: returns.length - 1 });
    }
}

/** Every bundle that was not lost comes to both bureaus in the end, in an order of its own and some of them twice. */
async function bringAll(county: LivedCounty, dice: readonly number[], told: string[]): Promise<void> {
  for (const station of county.stations.keys()) await county.happen({ kind: 'export', station, n: 0 });
  for (const bureau of [0, 1]) {
    const order = shuffled(county.bundles, dice.slice(bureau * 20));
    if (order.length > 0) judgeOutcomes(await county.importAt(bureau, [...order, ...order.slice(0, 2)]), told);
  }
}

async function headsAt(
  county: LivedCounty,
  bureau: number,
): Promise<Map<string, readonly [seq: number, gaps: number]>> {
  return new Map((await county.board(bureau)).map((row) => [row.site, [row.lastSeq, row.gaps.length]]));
}

/** Whatever happened: a station with one history is whole at both bureaus; one with two of them is named, never merged. */
async function judge(county: LivedCounty, dice: readonly number[]): Promise<Attempt> {
  const told = county.told.map(toldBy);
  if (county.isBureauSetBack()) await settle(county, told);
  await bringAll(county, dice, told);
  const heads = [await headsAt(county, 0), await headsAt(county, 1)];
  let people = 0;
  let isOneHistory = true;
  for (const { site, code, people: own, wasSetBack } of county.stations) {
    const { bundles, waiting, provenThrough } = await site.call('handoff.state', {});
    const last = bundles[0]?.last ?? 0;
    // A lost bundle that told of the hand-off alone is not written again before there is more to say.
    const isAllThere = (seq: number): boolean => (waiting === 0 ? seq >= provenThrough : seq === last);
    const [here, there] = heads.map((of) => of.get(code) ?? [0, 0]);
    // Two histories may end at the same number.
    const isForked = wasSetBack && told.includes('journal.fork');
    const isWhole = !isForked && [here, there].every((head) => head && isAllThere(head[0]) && head[1] === 0);
    unless(isWhole || wasSetBack, 'lost', `${code} wrote up to ${String(last)}: ${JSON.stringify([here, there])}`);
    unless(isWhole || told.includes('journal.fork'), 'silent', `${code} is not whole and nobody was told`);
    isOneHistory &&= isWhole;
    people += own.size;
  }
  for (const bureau of county.bureaus) {
    const { faults } = await bureau.call('site.checkChain', {});
    unless(faults.length === 0, 'silent', `a broken chain was taken: ${JSON.stringify(faults)}`);
  }
  if (isOneHistory) {
    const [held, twin] = [await county.held(0), await county.held(1)];
    unless(isDeepStrictEqual(held, twin), 'double', 'two bureaus that saw the same hold different things');
    const found = held['person']?.length ?? 0;
    unless(found >= people, 'lost', `${String(people)} people were recorded, ${String(found)} arrived`);
    unless(found <= people, 'double', `${String(people)} people were recorded, ${String(found)} arrived`);
  }
  await judgeDown(county);
  for (const code of told) unless(EXPECTED.includes(code), 'silent', `${code} was told where nothing of it was wrong`);
  return { faults: 0, told };
}

/** What the bureau wrote for its stations comes down to each that has one history, old backup or not. */
async function judgeDown(county: LivedCounty): Promise<void> {
  for (const [station, where] of county.stations.entries()) {
    const before = county.told.length;
    await county.happen({ kind: 'return', station, n: 0 });
    await county.happen({ kind: 'take-return', station, n: where.returns.length - 1 });
    if (county.told.length > before) continue;
    const [bureau, own] = await county.down(where);
    unless(bureau === own, 'lost', `${where.code}: the bureau wrote ${bureau}, ${own} came down`);
    const { faults } = await where.site.call('site.checkChain', {});
    unless(faults.length === 0, 'silent', `a broken chain came down: ${JSON.stringify(faults)}`);
  }
}

type History = readonly [happenings: readonly Happening[], dice: readonly number[]];
const lives: fc.Arbitrary<History> = fc.tuple(histories, fc.array(fc.nat(9_999), { minLength: 40, maxLength: 40 }));

/** Random histories of a bureau and five stations; a history that harms is made as short as it can be. */
export const randomHistories: Trial = {
  name: 'histories',
  begin: async () => {
    const founded = await foundedCounty();
    return {
      attempt: async (number) => {
        let told: readonly string[] = [];
        let happened = 0;
        const live = async ([happenings, dice]: History): Promise<void> => {
          const county = await founded.copy();
          try {
            for (const happening of happenings) await county.happen(happening);
            ({ told } = await judge(county, dice));
            happened = happenings.length;
          } finally {
            await county.close();
          }
        };
        const { failed, counterexample, errorInstance } = await fc.check(fc.asyncProperty(lives, live), {
          seed: number,
          numRuns: 1,
          interruptAfterTimeLimit: 120_000,
        });
        if (failed) {
          const error = errorInstance instanceof Error ? errorInstance : new Error(String(errorInstance));
          error.message += `\n${JSON.stringify(counterexample?.[0][0])}`;
          throw error;
        }
        return { faults: happened, told };
      },
      end: founded.end,
    };
  },
};
