import { must } from './refusal.ts';
import { isCanonical, jsonOf, published } from './published.ts';
import { mayFollow } from './sites.ts';

export type Sized = { readonly sha256: string; readonly sizeBytes: number };
export type Range = {
  readonly stream: string;
  readonly first: number;
  readonly last: number;
  readonly prev: string;
  readonly head: string;
  readonly count: number;
};
export type KeyChange = Readonly<Record<'former' | 'signPublicKey' | 'recipient' | 'sig', string>>;
export type Manifest = {
  readonly kind: 'report' | 'return' | 'kit';
  readonly from: string;
  readonly to: string;
  readonly number: number;
  readonly streams: readonly Range[];
  readonly countsByKind: Readonly<Record<string, number>>;
  readonly known: readonly { readonly stream: string; readonly seq: number; readonly hash: string }[];
  readonly entries: Sized;
  readonly attachments: readonly Sized[];
  readonly files: readonly (Sized & { readonly name: string })[];
  readonly succession?: readonly KeyChange[];
  readonly pairing?: { readonly signPublicKey: string; readonly recipient: string; readonly mac: string };
};

const MIB = 1 << 20;
export const LIMITS = {
  manifest: 8 * MIB,
  /** Of `[`, `{` and `,` in the manifest. */
  marks: 250_000,
  line: MIB,
  /** Objects and arrays within each other in a line. */
  levels: 32,
  entries: 4096 * MIB,
  file: 16 * MIB,
  attachment: 20 * MIB,
  attachments: 50_000,
  total: 32_768 * MIB,
};
const MARKS = Buffer.from('[{,');

const fits = published('manifest');
const isManifest = (value: unknown): value is Manifest => fits(value);
const VERSION = 1;

/** Section 4: the manifest and what must hold of it beyond its structure. */
export function readManifest(bytes: Buffer): Manifest {
  const marks = bytes.filter((byte) => MARKS.includes(byte)).length;
  must(marks <= LIMITS.marks, 'bundle.too-large', 'manifest.json');
  must(!isNewer(bytes), 'bundle.too-new');
  const value = jsonOf(bytes);
  must(isManifest(value) && isCanonical(bytes, value), 'bundle.manifest-invalid');
  const { streams, attachments, files, countsByKind } = value;
  const rule = (holds: boolean, where: string): void => must(holds, 'bundle.manifest-invalid', where);
  const allowed = streamsOf(value);
  rule(
    streams.every(({ stream }) => allowed.includes(stream) || isOfFormer(value, stream)),
    'foreign stream',
  );
  rule(noneTwice(streams.map(({ stream }) => stream)), 'stream twice');
  rule(
    streams.every(({ stream }, at) => at === 0 || isBefore(streams[at - 1]?.stream ?? '', stream)),
    'order of streams',
  );
  rule(
    streams.every(({ first, last, count }) => count === last - first + 1),
    'count of a range',
  );
  const counted = Object.values(countsByKind).reduce((sum, count) => sum + count, 0);
  rule(counted === streams.reduce((sum, { count }) => sum + count, 0), 'countsByKind');
  const digests = attachments.map(({ sha256 }) => sha256);
  rule(noneTwice(digests) && digests.join() === digests.toSorted().join(), 'order of attachments');
  rule(noneTwice(files.map(({ name }) => name)), 'file twice');
  return value;
}

/** A later version is told as such, whatever else the manifest says, canonical or not. */
function isNewer(bytes: Buffer): boolean {
  try {
    const { format, version } = JSON.parse(bytes.toString()) as { format?: unknown; version?: unknown };
    return format === 'lijing-bundle' && Number.isSafeInteger(version) && Number(version) > VERSION;
  } catch {
    return false;
  }
}

function streamsOf({ kind, from, to }: Manifest): readonly string[] {
  if (kind === 'report') return [from];
  return [`${from}/common`, `${from}/${to}`, ...(kind === 'kit' ? [to] : [])];
}

/** A kit also brings what a station's former computers wrote and were sent. */
function isOfFormer({ kind, from, to }: Manifest, stream: string): boolean {
  return kind === 'kit' && mayFollow(to, stream.replace(`${from}/`, ''));
}

/** Common first; then by the number of the computer, what it was sent before what it wrote. */
function isBefore(one: string, other: string): boolean {
  const keysOf = (stream: string): readonly [computer: number, own: number] => {
    const [writer = '', branch] = stream.split('/');
    return branch === 'common' ? [-1, 0] : [Number((branch ?? writer).split('-')[1]), branch === undefined ? 1 : 0];
  };
  const [[computer, own], [otherComputer, otherOwn]] = [keysOf(one), keysOf(other)];
  return computer < otherComputer || (computer === otherComputer && own < otherOwn);
}

const noneTwice = (names: readonly string[]): boolean => new Set(names).size === names.length;

/** Refuses by the manifest's word alone. */
export function refuseOversized({ entries, files, attachments }: Manifest): void {
  const total = [entries, ...files, ...attachments].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const fits =
    entries.sizeBytes <= LIMITS.entries &&
    files.every(({ sizeBytes }) => sizeBytes <= LIMITS.file) &&
    attachments.every(({ sizeBytes }) => sizeBytes <= LIMITS.attachment) &&
    attachments.length <= LIMITS.attachments &&
    total <= LIMITS.total;
  must(fits, 'bundle.too-large');
}
