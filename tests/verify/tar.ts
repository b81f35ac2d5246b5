import { must } from './refusal.ts';

const BLOCK = 512;

/** Section 3: the header block that a member of this name and size must have. */
function headerOf(name: string, sizeBytes: number): Buffer {
  const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0');
  const fields = (checksum: string): Buffer => {
    const parts: readonly [offset: number, text: string][] = [
      [0, name],
      [100, '0000644'],
      [108, '0000000'],
      [116, '0000000'],
      [124, octal(sizeBytes, 11)],
      [136, octal(0, 11)],
      [148, checksum],
      [156, '0'],
      [257, 'ustar\0' + '00'],
    ];
    const block = Buffer.alloc(BLOCK);
    for (const [offset, text] of parts) block.write(text, offset, 'latin1');
    return block;
  };
  const sum = fields(' '.repeat(8)).reduce((total, byte) => total + byte, 0);
  return fields(`${octal(sum, 6)}\0 `);
}

const padding = (sizeBytes: number): Buffer => Buffer.alloc((BLOCK - (sizeBytes % BLOCK)) % BLOCK);

/** Takes members in turn; each must be the one expected, to the byte. No more is held than was asked for. */
export function tarReader(source: AsyncIterable<Uint8Array>) {
  const pieces = source[Symbol.asyncIterator]();
  let held: Uint8Array = Buffer.alloc(0);

  /** At most so many of the next bytes; none at the end. */
  const some = async (atMost: number): Promise<Uint8Array> => {
    while (held.length === 0) {
      const next = await pieces.next();
      if (next.done) return held;
      held = next.value;
    }
    const taken = held.subarray(0, atMost);
    held = held.subarray(taken.length);
    return taken;
  };

  async function* run(bytes: number): AsyncGenerator<Buffer> {
    for (let missing = bytes; missing > 0;) {
      const piece = await some(missing);
      must(piece.length > 0, 'bundle.damaged', 'tar ends early');
      missing -= piece.length;
      yield Buffer.from(piece);
    }
  }
  const next = (bytes: number): Promise<Buffer> => whole(run(bytes));
  const expect = async (bytes: Buffer, where: string): Promise<void> =>
    must((await next(bytes.length)).equals(bytes), 'bundle.contents-differ', where);

  return {
    /** The manifest, whose size only its own header tells. */
    async manifest(atMostBytes: number): Promise<Buffer> {
      const header = await next(BLOCK);
      const size = header.toString('latin1', 124, 135);
      const sizeBytes = /^[0-7]{11}$/.test(size) ? Number.parseInt(size, 8) : -1;
      must(
        sizeBytes >= 0 && header.equals(headerOf('manifest.json', sizeBytes)),
        'bundle.manifest-invalid',
        'first member',
      );
      must(sizeBytes <= atMostBytes, 'bundle.too-large', 'manifest.json');
      const bytes = await next(sizeBytes);
      await expect(padding(sizeBytes), 'padding');
      return bytes;
    },
    /** The member's bytes as they come; what fills its last block is looked at when they end. */
    async *member(name: string, sizeBytes: number): AsyncGenerator<Buffer> {
      await expect(headerOf(name, sizeBytes), name);
      yield* run(sizeBytes);
      await expect(padding(sizeBytes), 'padding');
    },
    async end(): Promise<void> {
      await expect(Buffer.alloc(2 * BLOCK), 'end');
      must((await some(1)).length === 0, 'bundle.contents-differ', 'behind the end');
    },
    /** Lets go of the source, whatever is left of it. */
    close: async (): Promise<void> => {
      await pieces.return?.();
    },
  };
}

/** All pieces as one. */
export async function whole(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}
