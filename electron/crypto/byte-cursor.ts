export type ByteCursor = ReturnType<typeof byteCursor>;

/** Reads a stream of chunks by exact counts, holding no more than was asked for and one chunk. */
export function byteCursor(source: AsyncIterable<Uint8Array>) {
  const chunks = source[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);

  /** False at the end of the source. */
  const fill = async (): Promise<boolean> => {
    while (held.length === 0) {
      const next = await chunks.next();
      if (next.done) return false;
      held = asBuffer(next.value);
    }
    return true;
  };

  const take = (atMost: number): Buffer => {
    const taken = held.subarray(0, atMost);
    held = held.subarray(taken.length);
    return taken;
  };

  async function* through(count: number): AsyncGenerator<Buffer> {
    for (let missing = count; missing > 0 && (await fill());) {
      const part = take(missing);
      missing -= part.length;
      yield part;
    }
  }

  async function* partsOfLine(atMost: number): AsyncGenerator<Buffer> {
    for (let room = atMost, end = -1; end < 0 && room > 0 && (await fill());) {
      end = held.subarray(0, room).indexOf('\n');
      const part = take(end < 0 ? room : end + 1);
      room -= part.length;
      yield part;
    }
  }

  return {
    /** The next `count` bytes as they come; fewer where the source ends. */
    through,
    /** The next `count` bytes uncopied, in as many parts as they came; fewer where the source ends. */
    parts: (count: number): Promise<Buffer[]> => collected(through(count)),
    /** The next `count` bytes as one piece; fewer where the source ends. */
    upTo: (count: number): Promise<Buffer> => readWhole(through(count)),
    /** The next line with its line feed; without one where the source or `atMost` bytes end before it. */
    line: (atMost: number): Promise<Buffer> => readWhole(partsOfLine(atMost)),
    atEnd: async (): Promise<boolean> => !(await fill()),
    /** Lets go of the source, whatever is left of it. */
    close: async (): Promise<void> => {
      await chunks.return?.();
    },
  };
}

async function collected(pieces: AsyncIterable<Buffer>): Promise<Buffer[]> {
  const all: Buffer[] = [];
  for await (const piece of pieces) all.push(piece);
  return all;
}

/** All pieces as one. */
export async function readWhole(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  const all = await collected(pieces);
  return all.length === 1 && all[0] ? all[0] : Buffer.concat(all);
}

/** The same bytes, uncopied. */
export const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
