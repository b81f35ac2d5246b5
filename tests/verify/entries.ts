import { hash } from 'node:crypto';
import { LIMITS, type Manifest, type Range } from './manifest.ts';
import { isCanonical, jsonOf, published } from './published.ts';
import { must } from './refusal.ts';

export type Entry = {
  readonly stream: string;
  readonly seq: number;
  readonly by: string;
  readonly kind: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly prev: string;
  readonly sig?: string;
};
export type Hashed = { readonly entry: Entry; readonly hash: string };

type Stated = Pick<Manifest, 'streams' | 'countsByKind'>;

const fits = published('entry');
export const isEntry = (value: unknown): value is Entry => fits(value);
const LF = 10;

/** Sections 5 and 6: takes the bytes of `entries.ndjson` as they come; each line must be the next entry of what is stated. */
export function lineReader(stated: Stated) {
  const entries: Hashed[] = [];
  let rest: Buffer = Buffer.alloc(0);

  const takeLine = (line: Buffer): void => {
    must(line.length <= LIMITS.line, 'bundle.too-large', 'line');
    const value = jsonOf(line);
    must(levelsOf(value) <= LIMITS.levels, 'bundle.too-large', 'levels');
    must(isEntry(value) && isCanonical(line, value), 'journal.chain-broken', `line ${String(entries.length + 1)}`);
    const known = stated.streams.some(({ stream }) => stream === value.stream);
    must(known && Object.hasOwn(stated.countsByKind, value.kind), 'bundle.contents-differ', placeOf(value));
    const next = { entry: value, hash: hash('sha256', line) };
    follow(entries, next);
    entries.push(next);
  };

  return {
    entries,
    take(piece: Buffer): void {
      const bytes = Buffer.concat([rest, piece]);
      let start = 0;
      for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, start)) {
        takeLine(bytes.subarray(start, end));
        start = end + 1;
      }
      rest = bytes.subarray(start);
      must(rest.length <= LIMITS.line, 'bundle.too-large', 'line');
    },
    end: (): void => must(rest.length === 0, 'journal.chain-broken', 'last line'),
  };
}

/** How many objects and arrays lie within each other, as far as it matters. */
function levelsOf(value: unknown): number {
  let level = 0;
  for (let inner = [value].filter(isNested); inner.length > 0 && level <= LIMITS.levels; level += 1)
    inner = inner.flatMap((one): unknown[] => Object.values(one)).filter(isNested);
  return level;
}

const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null;

export const placeOf = ({ stream, seq }: Pick<Entry, 'stream' | 'seq'>): string => `${stream} ${String(seq)}`;

/** Section 6: within a stream each follows on the one before; a stream that ended does not begin again. */
function follow(before: readonly Hashed[], { entry }: Hashed): void {
  const { stream, seq, prev } = entry;
  const last = before.at(-1);
  if (last?.entry.stream === stream)
    must(seq === last.entry.seq + 1 && prev === last.hash, 'journal.chain-broken', placeOf(entry));
  else must(!before.some((one) => one.entry.stream === stream), 'journal.chain-broken', placeOf(entry));
}

/** What the manifest must say of these entries. */
export function summaryOf(entries: readonly Hashed[]): { streams: Range[]; countsByKind: Record<string, number> } {
  const countsByKind: Record<string, number> = {};
  for (const { entry } of entries) countsByKind[entry.kind] = (countsByKind[entry.kind] ?? 0) + 1;
  const streams = [...Map.groupBy(entries, ({ entry }) => entry.stream)].map(([stream, own]) => ({
    stream,
    first: own[0]?.entry.seq ?? 0,
    last: own.at(-1)?.entry.seq ?? 0,
    prev: own[0]?.entry.prev ?? '',
    head: own.at(-1)?.hash ?? '',
    count: own.length,
  }));
  return { streams, countsByKind };
}
