import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Room for new objects: with less, long jobs take longer; with more, they only hold more. */
const ENOUGH_BYTES = 32 * 1024 * 1024;

const youngBytes = (): number =>
  getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.space_size ?? 0;

/**
 * Keeps this process's memory flat over a long job. Left alone, V8 doubles the room for new objects while work goes on,
 * to four times what helps, and lets garbage pile up to several times what is in use before it clears it. A utility
 * process takes no flags at its start, so they are set here.
 */
export function boundHeap(): void {
  // Cleared when it has grown by so much.
  setFlagsFromString('--heap-growing-percent=40');
  let factor = 0;
  new PerformanceObserver(() => {
    const wanted = youngBytes() < ENOUGH_BYTES ? 2 : 1;
    if (wanted === factor) return;
    factor = wanted;
    setFlagsFromString(`--semi-space-growth-factor=${String(factor)}`);
  }).observe({ entryTypes: ['gc'] });
}
