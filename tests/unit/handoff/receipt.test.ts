import { expect, test } from 'vitest';
import { notable } from '../../../electron/handoff/receipt.ts';
import { projections } from '../../../electron/slices.ts';
import { GENESIS } from '../../../shared/entry.ts';
import type { Receipt } from '../../../shared/manifest.ts';
import { aJournal } from '../../support/journal.ts';

const STATION = '999999010100-1';
const many = <T>(count: number, one: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => one(n + 1));
const decision = { round: 1, verdict: 'returned', words: '请'.repeat(500) } as const;

test.for<readonly [what: string, part: Partial<Receipt>]>([
  ['entries', { quarantined: many(40_000, (seq) => ({ seq, code: 'entry.attachment-missing' })) }],
  ['questions', { quarantined: many(2_000, (seq) => ({ seq, code: 'entry.body-invalid', decision })) }],
  ['gaps', { missing: many(100_000, (n) => [n * 1_000_000, n * 1_000_000 + 9]) }],
])('however many %s a receipt names, the station notes the first of them', async ([, part]) => {
  const receipt: Receipt = {
    ...{ v: 1, stream: STATION, through: 0, hash: GENESIS, missing: [], quarantined: [], bundles: [] },
    ...part,
  };
  const { journal, close } = await aJournal(projections, { site: STATION, kind: 'station' });
  const noted = notable(receipt);
  const body = { number: 1, through: 0, hash: GENESIS, ...noted };
  expect(journal.append('handoff.receipt-taken', body, { id: 'system', key: null }).seq).toBe(1);
  expect(noted.missing.concat(noted.quarantined.map(({ seq }) => [seq, seq])).length).toBeGreaterThan(300);
  expect(receipt.missing.slice(0, noted.missing.length)).toEqual(noted.missing);
  expect(receipt.quarantined.slice(0, noted.quarantined.length)).toEqual(noted.quarantined);
  close();
});
