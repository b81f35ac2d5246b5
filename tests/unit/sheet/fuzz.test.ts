import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../electron/sheet/csv.ts';
import { readWorkbook } from '../../../electron/sheet/workbook.ts';
import { openZip } from '../../../electron/sheet/zip.ts';
import { problemKinds, ProblemError } from '../../../shared/problem.ts';
import { zipOf } from '../../support/xlsx.ts';

/** Spoilt files tried of each kind; `LIJING_FUZZ` asks for more. */
const TRIES = Number(process.env['LIJING_FUZZ'] ?? 15) * 20;
const ledgers = join(import.meta.dirname, '../../ledgers');
const xlsx = readFileSync(join(ledgers, '师徒结对名单.xlsx'));
const csv = readFileSync(join(ledgers, '龙沟派出所人员.csv'));

/** Bytes with some overwritten, some taken out, and perhaps the rest cut off. */
const spoilt = (whole: Buffer): fc.Arbitrary<Buffer> =>
  fc
    .record({
      changes: fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 12 }),
      gap: fc.option(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 400 })), { freq: 2 }),
      keep: fc.option(fc.nat(whole.length), { freq: 2 }),
    })
    .map(({ changes, gap, keep }) => {
      const bytes = Buffer.from(whole);
      for (const [at, value] of changes) bytes[at] = value;
      const holed = gap ? Buffer.concat([bytes.subarray(0, gap[0]), bytes.subarray(gap[0] + gap[1])]) : bytes;
      return keep === null ? holed : holed.subarray(0, keep);
    });

/** A workbook whose parts were spoilt inside and packed again, so that the faults reach the XML. */
const spoiltInside: fc.Arbitrary<Buffer> = fc
  .constantFrom(...openZip(xlsx).names.filter((name) => name.endsWith('.xml') || name.endsWith('.rels')))
  .chain((spoiltName) =>
    spoilt(Buffer.from(openZip(xlsx).text(spoiltName) ?? '')).map((inside) =>
      zipOf(
        openZip(xlsx).names.map((name) => ({
          name,
          text: name === spoiltName ? inside.toString('utf8') : (openZip(xlsx).text(name) ?? ''),
        })),
      ),
    ),
  );

/** A grid, or one of our own problems: never another error. */
function expectCivil(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    expect(problemKinds).toHaveProperty([error.problem.code]);
  }
}

describe('a spoilt ledger', () => {
  it('of any bytes of an xlsx is read or refused, and nothing else', () => {
    fc.assert(
      fc.property(spoilt(xlsx), (bytes) => expectCivil(() => readWorkbook(bytes))),
      { numRuns: TRIES },
    );
  });

  it('of any text inside an xlsx is read or refused, and nothing else', () => {
    fc.assert(
      fc.property(spoiltInside, (bytes) => expectCivil(() => readWorkbook(bytes))),
      { numRuns: TRIES },
    );
  });

  it('of any bytes of a csv is read or refused, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          spoilt(csv),
          fc.uint8Array({ maxLength: 600 }).map((each) => Buffer.from(each)),
        ),
        (bytes) => expectCivil(() => readCsv(bytes)),
      ),
      { numRuns: TRIES },
    );
  });
});
