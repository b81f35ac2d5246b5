import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../../electron/bundle/limits.ts';
import { filling, type Load, roomOn } from '../../../electron/handoff/parts.ts';

const GB = 1e9;
const photo = (sizeBytes: number, n: number) => ({ sizeBytes, sha256: String(n).padStart(64, '0') });

describe('the room on a drive', () => {
  it.each([
    ['vfat', 2 ** 32 - 1],
    ['FAT32', 2 ** 32 - 1],
    ['', 2 ** 32 - 1],
    ['exfat', 64 * GB],
    ['NTFS', 64 * GB],
  ])('of 64 GB formatted as "%s" is %i bytes for one bundle', (fileSystem, bytes) => {
    expect(roomOn({ freeBytes: 64 * GB, fileSystem })).toBe(bytes);
  });

  it('is what is free where that is less', () => {
    expect(roomOn({ freeBytes: 1_000, fileSystem: 'vfat' })).toBe(1_000);
  });
});

describe('filling a medium', () => {
  const load = fc.record({
    bytes: fc.integer({ min: 200, max: 5_000 }),
    photos: fc.array(fc.integer({ min: 1, max: 3_000_000 }), { maxLength: 3 }),
  });

  it('never takes more than there is room for, and every load once, in order, over enough media', () => {
    fc.assert(
      fc.property(fc.array(load, { maxLength: 40 }), fc.integer({ min: 9_500_000, max: 40_000_000 }), (raw, room) => {
        const loads = raw.map(({ bytes, photos }, index): Load => ({
          ...{ seq: index + 1, bytes },
          brings: photos.map((size, n) => photo(size, index * 10 + n)),
        }));
        const sent: string[] = [];
        for (let next = 0; next < loads.length;) {
          const medium = filling(room);
          const from = next;
          for (let one = loads[next]; one && medium.add(one); one = loads[next]) next += 1;
          expect(next).toBeGreaterThan(from);
          const { last, attachments } = medium.part();
          expect(last).toBe(next);
          expect(attachments.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)).toBeLessThan(room);
          sent.push(...attachments.map(({ sha256 }) => sha256));
        }
        expect(sent).toEqual(loads.flatMap(({ brings }) => brings.map(({ sha256 }) => sha256)));
      }),
    );
  });

  it('ends a bundle where its reader would refuse it, however large the medium', () => {
    const medium = filling(Infinity, { ...defaultLimits, attachments: 2, totalBytes: 10_000 });
    expect(medium.add({ seq: 1, bytes: 100, brings: [photo(1_000, 1), photo(1_000, 2)] })).toBe(true);
    expect(medium.add({ seq: 2, bytes: 100, brings: [photo(1_000, 3)] })).toBe(false);
    expect(medium.add({ seq: 2, bytes: 9_000, brings: [] })).toBe(false);
    expect(medium.part()).toMatchObject({ last: 1 });
  });
});
