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

/** At most so much goes back in one report; far more than a bureau writes between two backups. */
const MOST_BYTES = 12 << 20;

/** What goes into a report: the file, and the ranges it is of. */
export type Back = { readonly kept: Kept; readonly ranges: readonly Range[] };

/** What a station brings back: the lines behind what the bureau holds, as far as the bureau's signature proves them. */
export function broughtBack(
  { db, journal }: Pick<Services, 'db' | 'journal'>,
  wanted: readonly { readonly stream: string; readonly seq: number }[],
): Back | null {
  const lines = db.prepare<[string, number, number], { line: string }>(
    'SELECT line FROM entry WHERE stream = ? AND seq BETWEEN ? AND ? ORDER BY seq',
  );
  let bytes = 0;
  const found = wanted.flatMap(({ stream, seq }) => {
    const kept = streamProof(db, stream);
    if (!kept || kept.range.last <= seq || journal.hashAt(stream, kept.range.last) !== kept.range.head) return [];
    const range = { stream, first: seq + 1, last: kept.range.last };
    const run = lines.all(stream, range.first, range.last).map(({ line }) => line);
    bytes += run.reduce((sum, line) => sum + Buffer.byteLength(line), kept.proof.manifest.length);
    return bytes > MOST_BYTES ? [] : [{ range, part: { stream, lines: run, ...kept.proof } }];
  });
  if (found.length === 0) return null;
  return { kept: { v: 1, streams: found.map(({ part }) => part) }, ranges: found.map(({ range }) => range) };
}

/**
 * Takes in what a report brings back of this bureau's own streams, where the chain goes on from what is here and ends as
 * the bureau itself has signed; returns how many entries. What is not proven so is passed over: the stream stays
 * behind, or is forked, and the board says so. Must run inside a transaction.
 */
export function takeBack(file: Buffer | null, journal: Journal, ownKeys: readonly string[]): number {
  const kept = Kept.safeParse(jsonOf(file?.toString('utf8') ?? ''));
  if (!kept.success) return 0;
  let taken = 0;
  for (const { stream, lines, ...proof } of kept.data.streams) {
    const head = provenHead(stream, journal.self.site, ownKeys, proof);
    const run = chained(stream, lines);
    if (run.at(-1)?.hash.toString('hex') !== head) continue;
    const { seq, hash } = journal.head(stream);
    const news = run.filter(({ entry }) => entry.seq > seq);
    if (news[0]?.entry.prev !== hash) continue;
    for (const { entry, line, hash: own } of news) journal.take(entry, line, own);
    taken += news.length;
  }
  return taken;
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

/** The lines as one unbroken run of the stream; empty when they are none. */
function chained(stream: string, lines: readonly string[]): readonly VerifiedLine[] {
  const run: VerifiedLine[] = [];
  for (const line of lines) {
    const packed = readLine(Buffer.from(line));
    const before = run.at(-1);
    const follows =
      packed?.entry.stream === stream &&
      (!before || (packed.entry.seq === before.entry.seq + 1 && packed.entry.prev === before.hash.toString('hex')));
    if (!packed || !follows) return [];
    run.push(packed);
  }
  return run;
}
