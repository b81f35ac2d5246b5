import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../../shared/problem.ts';

/** One kind of ill-treatment: a world, and any number of cases in it, each a function of its number alone. */
export type Trial = { readonly name: string; readonly begin: () => Promise<World> };
export type World = {
  /** How many different cases there are; then they begin again. Without end when left out. */
  readonly all?: number;
  readonly attempt: (number: number) => Promise<Attempt>;
  readonly end: () => Promise<void>;
};

/** What was done in one case, and the codes a person was told. */
export type Attempt = { readonly faults: number; readonly told: readonly string[] };

/** What must never come of a fault: something lost, something counted twice, or something wrong that nobody is told. */
export type HarmKind = 'lost' | 'double' | 'silent';

/** A case in which the application failed its users. */
export class Harm extends Error {
  readonly kind: HarmKind;
  constructor(kind: HarmKind, message: string) {
    super(message);
    this.name = 'Harm';
    this.kind = kind;
  }
}

/** Raises the harm unless it holds. */
export function unless(holds: boolean, kind: HarmKind, message: string): asserts holds {
  if (!holds) throw new Harm(kind, message);
}

const LOCALE = join(import.meta.dirname, '../../renderer/locales/zh-CN');

/** What a person reads, by the problem's code. */
const sentences: Readonly<Record<string, string>> = Object.assign(
  {},
  ...readdirSync(LOCALE).map((name) => {
    const { problems = {} } = JSON.parse(readFileSync(join(LOCALE, name), 'utf8')) as { problems?: object };
    return problems;
  }),
) as Record<string, string>;

/** The code of a refusal that tells the person something; a bug or a code without a Chinese sentence is a silent harm. */
export function toldBy(problem: Problem): string {
  unless(problem.code !== 'internal', 'silent', 'a bug instead of a sentence');
  unless(/\p{Script=Han}/u.test(sentences[problem.code] ?? ''), 'silent', `${problem.code} has no sentence`);
  return problem.code;
}

/** The place of a case among all there are, such that the next one is far away: a few cases see a little of everything. */
export const spread = (number: number, all: number): number => (number * 7_919) % all;

export type Tally = {
  readonly name: string;
  readonly cases: number;
  readonly faults: number;
  readonly told: ReadonlyMap<string, number>;
  readonly harms: readonly { readonly number: number; readonly kind: HarmKind | 'broken'; readonly message: string }[];
};

type Bounds = {
  /** The number of the first case; the others follow on it. */
  readonly first: number;
  readonly cases: number;
  /** No further case begins after this, on the clock of `performance.now`. */
  readonly untilMs?: number;
};

/** Tries so many cases, or all there are, and goes on behind a harm. */
export async function tried({ name, begin }: Trial, { first, cases, untilMs = Infinity }: Bounds): Promise<Tally> {
  const world = await begin();
  const told = new Map<string, number>();
  const harms: Tally['harms'][number][] = [];
  let done = 0;
  let faults = 0;
  try {
    for (; done < Math.min(cases, world.all ?? cases) && performance.now() < untilMs; done += 1) {
      const number = (first + done) % (world.all ?? Number.MAX_SAFE_INTEGER);
      try {
        const attempt = await world.attempt(number);
        faults += attempt.faults;
        for (const code of attempt.told) told.set(code, (told.get(code) ?? 0) + 1);
      } catch (error) {
        const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
        harms.push({ number, kind: error instanceof Harm ? error.kind : 'broken', message });
      }
    }
  } finally {
    await world.end();
  }
  return { name, cases: done, faults, told, harms };
}
