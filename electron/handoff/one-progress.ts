import type { JobControl } from '../ipc/handlers.ts';

/** How much of a package's time goes into verifying it; the rest is taking its entries in. */
const CHECKING = 0.7;

/** The progress of several packages as one, in bytes: each counts for as much as it is large. */
export function oneProgress(job: JobControl, sizes: readonly number[]): (index: number) => JobControl {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return (index) => {
    const before = sizes.slice(0, index).reduce((sum, size) => sum + size, 0);
    const own = sizes[index] ?? 0;
    return {
      signal: job.signal,
      progress: (step, done, all) => {
        const part = all === 0 ? 0 : done / all;
        const share = step.endsWith('.taking') ? CHECKING + (1 - CHECKING) * part : CHECKING * part;
        return job.progress(step, Math.floor(before + own * share), total);
      },
    };
  };
}
