import { Kept } from '../../shared/give-back.ts';
import type { Manifest } from '../../shared/manifest.ts';
import { ProblemError } from '../../shared/problem.ts';
import { readLine } from '../bundle/entry-lines.ts';
import { followed } from '../bundle/key-changes.ts';
import { defaultLimits } from '../bundle/limits.ts';
import { jsonOf, parseManifest } from '../bundle/members.ts';
import { type StreamProof, streamProof } from '../bundle/stream-proofs.ts';
import { verifyBytes } from '../crypto/ed25519.ts';
import type { Services } from '../ipc/handlers.ts';
import type { Journal } from '../journal/journal.ts';
import type { VerifiedLine } from './intake.ts';
import type { Range } from './packing.ts';

/** So much goes into one file, as it is written there: below what a reader takes of any. */
const FILE_BYTES = 12 << 20;

/** More no manifest names. */
const MOST_FILES = 20;

/** The first of a report's files, and those that go on with it. */
const fileName = (number: number): string => (number === 1 ? 'kept.json' : `kept-${String(number)}.json`);

type Part = Kept['streams'][number];

/** What goes into a report: the files, and the ranges they are of. */
export type Back = {
  readonly files: readonly { readonly name: string; readonly bytes: Buffer }[];
  readonly ranges: readonly Range[];
};

/**
 * What a station brings back: the lines behind what the bureau holds, as far as the bureau's signature proves them. Throws
 * `handoff.kept-too-large` where they are more than one report takes; half of them would prove nothing.
 */
export function broughtBack(
  { db, journal }: Pick<Services, 'db' | 'journal'>,
  wanted: readonly { readonly stream: string; readonly seq: number }[],
  fileBytes = FILE_BYTES,
  mostFiles = MOST_FILES,
): Back | null {
  const lines = db.prepare<[string, number, number], { line: string }>(
    'SELECT line FROM entry WHERE stream = ? AND seq BETWEEN ? AND ? ORDER BY seq',
  );
  const found = wanted.flatMap(({ stream, seq }) => {
    const kept = streamProof(db, stream);
    if (!kept || kept.range.last <= seq || journal.hashAt(stream, kept.range.last) !== kept.range.head) return [];
    const range = { stream, first: seq + 1, last: kept.range.last };
    const run = lines.all(stream, range.first, range.last).map(({ line }) => line);
    return [{ range, part: { stream, lines: run, ...kept.proof } }];
  });
  if (found.length === 0) return null;
  const files = inFiles(
    found.map(({ part }) => part),
    fileBytes,
  ).map((streams, index) => ({
    name: fileName(index + 1),
    bytes: Buffer.from(JSON.stringify({ v: 1, streams } satisfies Kept)),
  }));
  if (files.length > mostFiles)
    throw new ProblemError('handoff.kept-too-large', { mib: Math.floor((mostFiles * fileBytes) / 2 ** 20) });
  return { files, ranges: found.map(({ range }) => range) };
}

const jsonBytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value)) + 1;

/** Spreads the streams over files, each with what proves them; a stream that does not fit goes on in the next file. */
function inFiles(whole: readonly Part[], fileBytes: number): Part[][] {
  const files: Part[][] = [];
  let bytes = Infinity;
  for (const { lines, ...proven } of whole) {
    let part: Part | null = null;
    for (const line of lines) {
      const size = jsonBytes(line);
      const proofSize = part ? 0 : jsonBytes(proven);
      if (bytes + proofSize + size > fileBytes) {
        part = null;
        files.push([]);
        bytes = 0;
      }
      if (!part) {
        part = { ...proven, lines: [] };
        files.at(-1)?.push(part);
        bytes += jsonBytes(proven);
      }
      part.lines.push(line);
      bytes += size;
    }
  }
  return files;
}

type Walk = { readonly last: VerifiedLine; readonly proof: StreamProof };

/**
 * Takes in what a report brings back of this bureau's own streams, where the chain goes on from what is here and ends as
 * the bureau itself has signed; returns how many entries. What is not proven so is passed over: the stream stays
 * behind, or is forked, and the board says so. Must run inside a transaction. Reads the files twice, to hold one of
 * them at a time.
 */
export async function takeBack(
  file: (name: string) => Promise<Buffer | null>,
  journal: Journal,
  ownKeys: readonly string[],
): Promise<number> {
  const walks = new Map<string, Walk | null>();
  for await (const { stream, lines, ...proof } of partsIn(file)) {
    const before = walks.get(stream);
    const last = before === null ? undefined : chained(stream, lines, before?.last).at(-1);
    walks.set(stream, last ? { last, proof } : null);
  }
  const isProven = (stream: string): boolean => {
    const walk = walks.get(stream);
    return !!walk && walk.last.hash.toString('hex') === provenHead(stream, journal.self.site, ownKeys, walk.proof);
  };
  const proven = new Set([...walks.keys()].filter(isProven));
  let taken = 0;
  for await (const { stream, lines } of partsIn(file)) {
    if (!proven.has(stream)) continue;
    const { seq, hash } = journal.head(stream);
    const news = chained(stream, lines).filter(({ entry }) => entry.seq > seq);
    if (news[0]?.entry.prev !== hash) continue;
    for (const { entry, line, hash: own } of news) journal.take(entry, line, own);
    taken += news.length;
  }
  return taken;
}

async function* partsIn(file: (name: string) => Promise<Buffer | null>): AsyncGenerator<Part> {
  for (let number = 1; ; number += 1) {
    const bytes = await file(fileName(number));
    const kept = Kept.safeParse(jsonOf(bytes?.toString('utf8') ?? ''));
    if (!kept.success) return;
    yield* kept.data.streams;
  }
}

/** The hash of the stream's last entry in a manifest that this bureau signed; null when it is none. */
function provenHead(stream: string, own: string, ownKeys: readonly string[], proof: StreamProof): string | null {
  const bytes = Buffer.from(proof.manifest);
  const manifest = readManifest(bytes);
  if (!manifest || manifest.from !== own || manifest.kind === 'report') return null;
  // What was forgotten may have followed on any of the keys, also on one that was changed anew since.
  const led = ownKeys.map((key) => followed(own, [key], manifest.succession ?? []));
  const keys = [
    ...ownKeys,
    ...led.flatMap((news) => (news.ok ? news.value.map(({ signPublicKey }) => signPublicKey) : [])),
  ];
  const isOurs = keys.some((key) => verifyBytes(key, bytes, Buffer.from(proof.sig, 'base64')));
  return isOurs ? (manifest.streams.find((range) => range.stream === stream)?.head ?? null) : null;
}

function readManifest(bytes: Buffer): Manifest | null {
  try {
    return parseManifest(bytes, defaultLimits.manifestMarks);
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

/** The lines as one unbroken run of the stream, behind `last` where there is one; empty when they are none. */
function chained(stream: string, lines: readonly string[], last?: VerifiedLine): readonly VerifiedLine[] {
  const run: VerifiedLine[] = [];
  for (const line of lines) {
    const packed = readLine(Buffer.from(line));
    const before = run.at(-1) ?? last;
    const follows =
      packed?.entry.stream === stream &&
      (!before || (packed.entry.seq === before.entry.seq + 1 && packed.entry.prev === before.hash.toString('hex')));
    if (!packed || !follows) return [];
    run.push(packed);
  }
  return run;
}
