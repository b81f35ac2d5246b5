import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

/** Works for a while on things that live a little longer than one collection, as an import does, with pauses. */
const WORK = `
  const { memoryUsage } = process;
  const lately = [];
  let most = 0;
  for (let turn = 0; turn < 150; turn += 1) {
    for (let n = 0; n < 10_000; n += 1) lately[(turn * 10_000 + n) % 50_000] = { n, text: 'x'.repeat(20) + n, list: [n, turn] };
    most = Math.max(most, memoryUsage().heapTotal);
    await new Promise(setImmediate);
  }
  console.log(most / 2 ** 20);
`;

const mostMiB = (before: string): number =>
  Number(execFileSync(process.execPath, ['--input-type=module', '-e', before + WORK], { encoding: 'utf8' }));

it('works on in a heap that stays small, where it would else grow to several times what is in use', () => {
  const heap = new URL('../../../electron/heap.ts', import.meta.url).href;
  const bounded = mostMiB(`import { boundHeap } from '${heap}'; boundHeap();`);
  expect(bounded / mostMiB('')).toBeLessThan(0.6);
});
