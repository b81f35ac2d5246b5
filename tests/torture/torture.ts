import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { type HarmKind, type Tally, tried } from './trial.ts';
import { trials } from './trials.ts';

/**
 * `npm run torture -- [--minutes M | --cases N] [--seed S] [--only NAME…]`: ill-treats the application until the time is
 * over or so many cases of every kind have been tried. The seed is the number of the first case, and a case is a function of
 * its number: a harm at case K comes again with `--only NAME --seed K --cases 1`. Ends with 0 only when there was none.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string' },
    cases: { type: 'string' },
    seed: { type: 'string' },
    only: { type: 'string', multiple: true },
  },
});

const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
const cases = values.cases === undefined ? Infinity : Number(values.cases);
const minutes = values.minutes === undefined ? (values.cases === undefined ? 10 : Infinity) : Number(values.minutes);
const chosen = trials.filter(({ name }) => !values.only || values.only.includes(name));

const say = (line: string): void => console.log(line);
const row = (...cells: readonly (string | number)[]): string =>
  cells.map((cell, index) => (index === 0 ? String(cell).padEnd(16) : String(cell).padStart(10))).join('');
const harmsOf = (tallies: readonly Tally[], kind: HarmKind | 'broken'): number =>
  tallies.reduce((sum, { harms }) => sum + harms.filter((harm) => harm.kind === kind).length, 0);
const rowOf = (name: string, tallies: readonly Tally[]): string => {
  const total = (what: 'cases' | 'faults'): number => tallies.reduce((sum, tally) => sum + tally[what], 0);
  const harms = (['lost', 'double', 'silent', 'broken'] as const).map((kind) => harmsOf(tallies, kind));
  return row(name, total('cases'), total('faults'), ...harms);
};

say(`seed ${String(seed)}`);
say(row('', 'cases', 'faults', 'lost', 'double', 'silent', 'broken'));
const endMs = performance.now() + minutes * 60_000;
const tallies: Tally[] = [];
for (const [index, trial] of chosen.entries()) {
  // What the ones before have left of their share goes to those that follow.
  const share = (endMs - performance.now()) / (chosen.length - index);
  const tally = await tried(trial, { first: seed, cases, untilMs: performance.now() + share });
  tallies.push(tally);
  say(rowOf(tally.name, [tally]));
  for (const { number, kind, message } of tally.harms) say(`  case ${String(number)}, ${kind}: ${message}`);
  say(`  told: ${[...tally.told].map(([code, times]) => `${code} ${String(times)}`).join(', ')}`);
}
say(rowOf('in all', tallies));
process.exitCode = tallies.some(({ harms }) => harms.length > 0) || tallies.length === 0 ? 1 : 0;
