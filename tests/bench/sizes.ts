const flag = process.argv.indexOf('--entries');
const isQuick = process.argv.includes('--quick');

/**
 * How much is measured. The goals speak of a million entries: `--entries 1000000` takes an hour. Without it a tenth of
 * that, enough to tell the same ratios; `--quick` shows in a minute or two that everything still runs.
 */
export const sizes = isQuick
  ? { entries: 10_000, people: 10_000, sessions: 10_000, durable: 100, bundles: 10, photosMb: 20, flatMb: 100 }
  : { entries: 100_000, people: 100_000, sessions: 100_000, durable: 400, bundles: 100, photosMb: 100, flatMb: 1_000 };
if (flag > 0)
  Object.assign(sizes, { entries: Number(process.argv[flag + 1]), sessions: Number(process.argv[flag + 1]) });
