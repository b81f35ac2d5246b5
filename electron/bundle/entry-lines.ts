import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import { z } from 'zod';
import { Entry } from '../../shared/entry.ts';
import type { Manifest, StreamRange } from '../../shared/manifest.ts';
import { ProblemError } from '../../shared/problem.ts';
import { isWithin, READ_LIMITS } from '../journal/entry-limits.ts';
import { canonical } from '../journal/entry-line.ts';

/** One verified line of `entries.ndjson`, as the journal takes it; `hash` is the SHA-256 of the line's bytes. */
export type PackedEntry = { readonly entry: Entry; readonly line: string; readonly hash: Buffer };

/** Cuts pieces into lines without their line feed; `bundle.too-large` at the first that is longer than a line may be. */
function lineSplitter() {
  let rest: Buffer = Buffer.alloc(0);
  const refuseLong = (bytes: number): void => {
    if (bytes > READ_LIMITS.bytes) throw new ProblemError('bundle.too-large', { bytes });
  };
  return {
    *push(piece: Buffer): Generator<Buffer> {
      const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
      let start = 0;
      for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
        refuseLong(end - start);
        yield bytes.subarray(start, end);
        start = end + 1;
      }
      rest = bytes.subarray(start);
      refuseLong(rest.length);
    },
    isDone: (): boolean => rest.length === 0,
  };
}

/** Passes the pieces on while every line in them is verified; refuses at the first that is no entry or breaks the chain. */
export async function* verifiedLines(
  pieces: AsyncIterable<Buffer>,
  see: (link: Link, hash: Buffer) => void,
): AsyncGenerator<Buffer> {
  const splitter = lineSplitter();
  let number = 0;
  for await (const piece of pieces) {
    for (const bytes of splitter.push(piece)) {
      number += 1;
      const packed = readLine(bytes);
      if (!packed) throw new ProblemError('journal.chain-broken', { line: number });
      see(packed.entry, packed.hash);
    }
    yield piece;
  }
  if (!splitter.isDone()) throw new ProblemError('journal.chain-broken', { line: number + 1 });
}

/** The entries of lines that have been verified before, in batches. */
export async function* entriesOf(pieces: AsyncIterable<Buffer>): AsyncGenerator<readonly PackedEntry[]> {
  const splitter = lineSplitter();
  for await (const piece of pieces) yield Array.from(splitter.push(piece), readAgain);
}

/** What of an entry is left to check when its bytes were JSON: the body is an object of anything. */
const EntryOfJson = Entry.extend({
  body: z.custom<Entry['body']>((body) => typeof body === 'object' && body !== null && !Array.isArray(body)),
});

/** The entry a line holds; null when it is none, or is not in canonical form. Too deep a one is `bundle.too-large`. */
export function readLine(bytes: Buffer): PackedEntry | null {
  if (!isUtf8(bytes)) return null;
  const line = bytes.toString();
  const value = parsed(line);
  if (!isWithin(READ_LIMITS.levels, value)) throw new ProblemError('bundle.too-large');
  if (value === undefined || !isCanonical(line, value)) return null;
  const { success, data } = EntryOfJson.safeParse(value);
  return success ? { entry: data, line, hash: hash('sha256', bytes, 'buffer') } : null;
}

const readAgain = (bytes: Buffer): PackedEntry => {
  const line = bytes.toString();
  return { entry: JSON.parse(line) as Entry, line, hash: hash('sha256', bytes, 'buffer') };
};

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

/**
 * Whether the line is the RFC 8785 form of the value it was parsed from. JSON.stringify writes numbers and texts as RFC
 * 8785 does and keeps the order of the keys, so for almost every line this costs a fraction of making the form anew;
 * the exceptions (keys that are whole numbers, escaped surrogates) are left to the library.
 */
export function isCanonical(line: string, value: unknown): boolean {
  if (JSON.stringify(value) === line && keysAscend(value) && !line.includes('\\ud')) return true;
  try {
    return canonical(value) === line;
  } catch (error) {
    // A lone surrogate, which canonical JSON cannot say.
    if (error instanceof Error) return false;
    throw error;
  }
}

function keysAscend(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(keysAscend);
  let before: string | null = null;
  for (const [key, member] of Object.entries(value)) {
    if ((before !== null && key <= before) || !keysAscend(member)) return false;
    before = key;
  }
  return true;
}

/** The part of an entry that makes the chain. */
export type Link = Pick<Entry, 'stream' | 'seq' | 'prev' | 'kind'>;

/** The streams and kinds a manifest says there are. */
type Stated = Pick<Manifest, 'streams' | 'countsByKind'>;

/**
 * Follows the chain of entries, stream after stream; `journal.chain-broken` at the first that does not fit, and
 * `bundle.contents-differ` at the first of a stream or kind that is not stated: no more is kept than a manifest holds.
 */
export function chainWalk(stated?: Stated) {
  const streams: StreamRange[] = [];
  const countsByKind: Record<string, number> = {};
  const isStated = ({ stream, kind }: Link): boolean =>
    !stated || (Object.hasOwn(stated.countsByKind, kind) && stated.streams.some((one) => one.stream === stream));

  const see = (link: Link, hash: Buffer): void => {
    const { stream, seq, prev, kind } = link;
    if (!isStated(link)) throw new ProblemError('bundle.contents-differ', { stream, seq });
    const head = hash.toString('hex');
    countsByKind[kind] = (countsByKind[kind] ?? 0) + 1;
    const current = streams.at(-1);
    if (current?.stream !== stream) {
      if (streams.some((former) => former.stream === stream))
        throw new ProblemError('journal.chain-broken', { stream, seq });
      streams.push({ stream, first: seq, last: seq, prev, head, count: 1 });
      return;
    }
    if (seq !== current.last + 1 || prev !== current.head)
      throw new ProblemError('journal.chain-broken', { stream, seq });
    streams[streams.length - 1] = { ...current, last: seq, head, count: current.count + 1 };
  };

  return { see, result: () => ({ streams, countsByKind }) };
}
