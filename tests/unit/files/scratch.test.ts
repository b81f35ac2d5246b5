import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { readWhole } from '../../../electron/crypto/byte-cursor.ts';
import { openScratch } from '../../../electron/crypto/scratch.ts';
import { memoryDisk } from '../../support/memory-disk.ts';

async function* piecesOf(bytes: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* bytes;
}

describe('the temporary place', () => {
  it('gives back every stream as it came, again and again', async () => {
    const pieces = fc.array(fc.uint8Array({ maxLength: 200_000 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 4 }), async (streams) => {
        const { disk, files } = memoryDisk();
        const scratch = await openScratch('/temp', disk);
        const stored = [];
        for (const stream of streams) stored.push(await scratch.store(piecesOf(stream)));
        for (const [index, { open, sizeBytes }] of stored.entries()) {
          const expected = Buffer.concat(streams[index] ?? []);
          expect(sizeBytes).toBe(expected.length);
          expect(expected.equals(await readWhole(open()))).toBe(true);
          expect(expected.equals(await readWhole(open()))).toBe(true);
        }
        await scratch.dispose();
        expect(files.size).toBe(0);
      }),
      { numRuns: 25 },
    );
  });

  it('gives back what is larger than its pieces', async () => {
    const { disk } = memoryDisk();
    const scratch = await openScratch('/temp', disk);
    const large = Buffer.alloc(600_000, 'abcdefg');
    const first = await scratch.store(piecesOf([large.subarray(0, 7), large.subarray(7)]));
    const second = await scratch.store(piecesOf([large]));
    expect(large.equals(await readWhole(second.open()))).toBe(true);
    expect(large.equals(await readWhole(first.open()))).toBe(true);
  });

  it('shows nothing of people on the disk', async () => {
    const { disk, files } = memoryDisk();
    const scratch = await openScratch('/temp', disk);
    await scratch.store(piecesOf([Buffer.from('张三 999999199001011234')]));
    const [onDisk] = files.values();
    expect(onDisk?.length).toBeGreaterThan(20);
    expect(onDisk?.includes('张三')).toBe(false);
    expect(onDisk?.includes('999999')).toBe(false);
  });

  it('gives nothing that somebody changed meanwhile', async () => {
    const { disk, files } = memoryDisk();
    const scratch = await openScratch('/temp', disk);
    const { open } = await scratch.store(piecesOf([Buffer.from('untouched')]));
    for (const content of files.values()) content[0] = (content[0] ?? 0) ^ 1;
    await expect(readWhole(open())).rejects.toThrow();
  });
});
