import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonical, linkOf, placeOf } from '../../../electron/journal/entry-line.ts';

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'));
/** Bodies that look like the end of an entry, among others. */
const body = fc.dictionary(
  fc.constantFrom('kind', 'prev', 'seq', 'sig', 'stream', 'v', 'text'),
  fc.oneof(fc.string(), fc.constant('","kind":"a.b","prev":"'), fc.integer(), hash),
);

it('an entry’s place is read from its line as from the entry itself, whatever its body says', () => {
  fc.assert(
    fc.property(body, hash, fc.nat(2 ** 40), fc.boolean(), fc.boolean(), (said, prev, seq, isSigned, isDown) => {
      const entry = {
        ...{ v: 1, at: '2026-11-24T08:00:00.000Z', by: '8f14e45f-ceea-467f-a83b-001122334455' },
        ...{ stream: isDown ? '999999010000-1/999999010100-999' : '999999010100-1', seq: seq + 1, prev },
        ...{ kind: 'training.session-recorded', body: said },
        ...(isSigned ? { sig: Buffer.alloc(64, 7).toString('base64') } : {}),
      };
      const line = canonical(entry);
      const { kind, stream, at } = entry;
      expect(placeOf(line)).toEqual({ kind, prev, seq: seq + 1, stream });
      expect(linkOf(line)).toEqual({ at, prev });
    }),
  );
});

it('what is no entry has no place', () => {
  for (const line of ['', '{}', '"kind":"a.b"', '{"body":{},"stream":"999999010100-1","v":1}'])
    expect(() => placeOf(line)).toThrow();
});
