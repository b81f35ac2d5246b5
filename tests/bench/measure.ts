/** One figure beside the limit measured in the same run. */
export type Figure = {
  readonly what: string;
  readonly ours: string;
  readonly limit: string;
  /** Ours divided by the limit, or by the budget where the goal is an absolute one. */
  readonly ratio: number;
  readonly goal: number;
};

/** Milliseconds the work takes; the best of `times`, as noise only ever adds. */
export async function timed(work: () => unknown, times = 1): Promise<number> {
  let best = Infinity;
  for (let run = 0; run < times; run += 1) {
    const start = performance.now();
    await work();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

/** The value below which `share` of the samples lie. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Ours against a limit in the same unit. */
export const against = (what: string, oursMs: number, limitMs: number, goal: number): Figure => ({
  what,
  ours: ms(oursMs),
  limit: ms(limitMs),
  ratio: oursMs / limitMs,
  goal,
});

/** Ours against a fixed budget. */
export const absolute = (what: string, ours: number, budget: number, unit: string): Figure => ({
  what,
  ours: unit === 'ms' ? ms(ours) : `${String(Math.round(ours))} ${unit}`,
  limit: `${String(budget)} ${unit}`,
  ratio: ours / budget,
  goal: 1,
});

export const ms = (value: number): string =>
  value < 10 ? `${value.toFixed(3)} ms` : `${String(Math.round(value))} ms`;

/** Prints the figures as a table, a missed goal with its name. */
export function report(figures: readonly Figure[]): void {
  const rows = [
    ['what', 'ours', 'limit', 'ratio', 'goal', ''],
    ...figures.map(({ what, ours, limit, ratio, goal }) => [
      what,
      ours,
      limit,
      `${ratio.toFixed(2)} x`,
      `<= ${String(goal)} x`,
      ratio <= goal ? 'met' : 'MISSED',
    ]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  for (const row of rows) console.log(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
}
