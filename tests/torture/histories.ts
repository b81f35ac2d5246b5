import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { PackageOutcome } from '../../shared/handoff.ts';
import { type Happening, histories } from '../support/happenings.ts';
import { foundedCounty, type LivedCounty } from '../support/history.ts';
import { peopleIn, rowsFor } from '../support/history-station.ts';
import { type Attempt, toldBy, type Trial, unless } from './trial.ts';

/** What may be told on the way; anything else is a fault of ours. */
const EXPECTED: readonly string[] = [
  'journal.fork',
  'handoff.receipt-not-our-history',
  'handoff.nothing-to-export',
  'handoff.station-unknown',
];
/** Told of a computer that is out of use, at the bureau. */
const OUT_OF_USE: readonly string[] = ['handoff.sender-revoked', 'handoff.station-revoked'];
/** Told of a computer that a bureau restored from a backup had forgotten. */
const FORGOTTEN = 'handoff.sender-forgotten';
const WAITING: readonly string[] = ['handoff.stream-unheard', 'handoff.stream-behind'];
/** Told where something was sealed to keys that a backup did not know, or to a computer of before. */
const OTHER_KEYS: readonly string[] = ['bundle.not-for-us', 'handoff.keys-lost'];

function judgeTold(county: LivedCounty, happenings: readonly Happening[], told: readonly string[]): void {
  const happened = (...kinds: readonly string[]): boolean => happenings.some(({ kind }) => kinds.includes(kind));
  const isOut = happened('revoke', 'refound');
  const hasOtherKeys =
    county.lost.length > 0 || (happened('change-keys', 'change-bureau-keys') && happened('restore', 'restore-bureau'));
  // A restored bureau writes nothing to all stations before it has heard of them, its new keys neither.
  const isWaiting = happened('change-bureau-keys') && county.isBureauSetBack();
  const expected = [
    ...EXPECTED,
    ...(isWaiting ? WAITING : []),
    ...(isOut ? OUT_OF_USE : []),
    ...(county.isBureauSetBack() && happened('refound') ? [FORGOTTEN] : []),
    ...(hasOtherKeys ? OTHER_KEYS : []),
  ];
  for (const code of told) unless(expected.includes(code), 'silent', `${code} was told where nothing of it was wrong`);
}

type History = readonly [happenings: readonly Happening[], dice: readonly number[]];

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

/** The stick goes round: a return, and a bundle back; of whom the bureau has forgotten it hears by something new. */
async function settle(county: LivedCounty, told: string[]): Promise<void> {
  const board = await county.board(0);
  for (const [station, { code, isRevoked }] of county.stations.entries())
    if (!isRevoked && !board.some(({ site }) => site === code)) await county.happen({ kind: 'record', station, n: 0 });
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [station, { returns, isRevoked }] of county.stations.entries()) {
      if (isRevoked) continue;
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
  for (const bureau of [0, 1] as const) {
    const order = shuffled(county.bundles, dice.slice(bureau * 20));
    if (order.length > 0) judgeOutcomes(await county.importAt(bureau, [...order, ...order.slice(0, 2)]), told);
  }
}

async function headsAt(county: LivedCounty, bureau: 0 | 1): Promise<Map<string, readonly [seq: number, gaps: number]>> {
  return new Map((await county.board(bureau)).map((row) => [row.site, [row.lastSeq, row.gaps.length]]));
}

type Rows = Record<string, string[]>;

/** Nobody is there who was never recorded, nor any version of anybody twice. */
function judgeOnce(county: LivedCounty, held: Rows): void {
  const ever = new Set(county.stations.flatMap((station) => [...station.ever]));
  const unknown = [...peopleIn(held).keys()].filter((id) => !ever.has(id)).length;
  unless(unknown === 0, 'double', `${String(unknown)} people are at the bureau whom no station recorded in its name`);
  const versions = (held['person_version'] ?? []).map((row) => {
    const { id, version } = JSON.parse(row) as { id: string; version: number };
    return `${id} ${String(version)}`;
  });
  unless(new Set(versions).size === versions.length, 'double', 'a version of a person counts twice');
}

/** What came to the bureau of a station whose computer is out of use goes on counting there. */
function judgeRevoked(held: Rows, { code, owner, brought }: LivedCounty['stations'][number], hasGap: boolean): number {
  const people = peopleIn(rowsFor(held, owner));
  const missing = [...brought].filter((id) => !people.has(id)).length;
  unless(missing === 0 || hasGap, 'lost', `${code} is out of use, and ${String(missing)} who came before are gone`);
  return people.size;
}

/** Whatever happened: a station with one history is whole at both bureaus; one with two of them is named, never merged. */
async function judge(county: LivedCounty, [happenings, dice]: History): Promise<Attempt> {
  const told = county.told.map(toldBy);
  if (county.isBureauSetBack()) await settle(county, told);
  await bringAll(county, dice, told);
  const heads = [await headsAt(county, 0), await headsAt(county, 1)];
  const [held, twin] = [await county.held(0), await county.held(1)];
  let people = 0;
  let isOneHistory = true;
  for (const station of county.stations) {
    const { site, code, people: own, wasSetBack } = station;
    const [here = [0, 0], there = [0, 0]] = heads.map((of) => of.get(code));
    if (station.isRevoked) {
      people += judgeRevoked(held, station, here[1] > 0 || wasSetBack);
      continue;
    }
    const { bundles, waiting, provenThrough } = await site.call('handoff.state', {});
    const last = bundles[0]?.last ?? 0;
    // A lost bundle that told of the hand-off alone is not written again before there is more to say.
    const isAllThere = (seq: number): boolean => (waiting === 0 ? seq >= provenThrough : seq === last);
    // Two histories may end at the same number.
    const isForked = wasSetBack && told.includes('journal.fork');
    const isWhole = !isForked && [here, there].every(([seq, gaps]) => isAllThere(seq) && gaps === 0);
    unless(isWhole || wasSetBack, 'lost', `${code} wrote up to ${String(last)}: ${JSON.stringify([here, there])}`);
    unless(isWhole || told.includes('journal.fork'), 'silent', `${code} is not whole and nobody was told`);
    isOneHistory &&= isWhole;
    people += own.size;
    if (isWhole) await county.judgeCopy(station);
  }
  for (const bureau of county.bureaus) {
    const { faults } = await bureau.call('site.checkChain', {});
    unless(faults.length === 0, 'silent', `a broken chain was taken: ${JSON.stringify(faults)}`);
  }
  judgeOnce(county, held);
  if (isOneHistory) {
    unless(isDeepStrictEqual(held, twin), 'double', 'two bureaus that saw the same hold different things');
    const found = held['person']?.length ?? 0;
    unless(found >= people, 'lost', `${String(people)} people were recorded, ${String(found)} arrived`);
    unless(found <= people, 'double', `${String(people)} people were recorded, ${String(found)} arrived`);
  }
  await judgeDown(county);
  judgeTold(county, happenings, [...told, ...county.told.map(toldBy)]);
  return { faults: 0, told };
}

/** What the bureau wrote for its stations comes down to each that has one history, old backup or not. */
async function judgeDown(county: LivedCounty): Promise<void> {
  for (const [station, where] of county.stations.entries()) {
    if (where.isRevoked) continue;
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
        const live = async (history: History): Promise<void> => {
          const county = await founded.copy();
          try {
            for (const happening of history[0]) await county.happen(happening);
            ({ told } = await judge(county, history));
            happened = history[0].length;
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
