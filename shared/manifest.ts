import { z } from 'zod';
import { Sha256, SiteCode, StreamId } from './entry.ts';
import { PublicKey, Recipient, Signature } from './keys.ts';

/** The one version written and the highest one read. */
export const MANIFEST_VERSION = 1;

const Count = z.int().nonnegative();
const Seq = z.int().positive();

/** An unbroken run of one stream, with the hash before its first entry and the hash of its last. */
const StreamRange = z.strictObject({
  stream: StreamId,
  first: Seq,
  last: Seq,
  prev: Sha256,
  head: Sha256,
  count: Seq,
});
export type StreamRange = z.infer<typeof StreamRange>;

const AttachmentRef = z.strictObject({ sha256: Sha256, sizeBytes: Seq });
export type AttachmentRef = z.infer<typeof AttachmentRef>;

/** A name without a path; `manifest.json` is taken. */
const FileName = z.string().regex(/^(?!manifest\.json$)[a-z][a-z0-9-]{0,40}\.json$/);

/** A change of the sender's keys: the former key vouches for the new ones; see resources/format. */
const KeyChange = z.strictObject({
  former: PublicKey,
  signPublicKey: PublicKey,
  recipient: Recipient,
  sig: Signature,
});
export type KeyChange = z.infer<typeof KeyChange>;

/** The sender's public keys, with proof that it knows the spoken code of its kit. */
const Pairing = z.strictObject({
  signPublicKey: PublicKey,
  recipient: Recipient,
  /** HMAC-SHA256, lower-case hex; see resources/format. */
  mac: Sha256,
});
export type Pairing = z.infer<typeof Pairing>;

const ManifestShape = z.strictObject({
  format: z.literal('lijing-bundle'),
  version: z.literal(MANIFEST_VERSION),
  /** 上报包, 回执包, 开站包 */
  kind: z.enum(['report', 'return', 'kit']),
  from: SiteCode,
  to: SiteCode,
  number: Seq,
  appVersion: z.string().min(1).max(40),
  at: z.iso.datetime(),
  /** In the order of the entries; a stream without entries is left out. */
  streams: z.array(StreamRange).max(100),
  countsByKind: z.record(z.string().max(100), Seq),
  /** Heads the sender holds of the receiver's streams. */
  known: z.array(z.strictObject({ stream: StreamId, seq: Seq, hash: Sha256 })).max(100),
  entries: z.strictObject({ sizeBytes: Count, sha256: Sha256 }),
  /** Ascending by digest. */
  attachments: z.array(AttachmentRef),
  files: z.array(z.strictObject({ name: FileName, sizeBytes: Count, sha256: Sha256 })).max(20),
  /** Number of the stick (介质编号). */
  medium: z.string().min(1).max(60).optional(),
  pairing: Pairing.optional(),
  /** Every change of the sender's keys, oldest first: whoever holds one of them follows to the one that signs. */
  succession: z.array(KeyChange).min(1).max(100).optional(),
});

/** What a package says of itself and commits to; its bytes are what the sender signs. See resources/format. */
export const Manifest = ManifestShape.superRefine((manifest, context) => {
  const fault = (path: string, message: string): void => context.addIssue({ code: 'custom', path: [path], message });
  const { streams, attachments, files } = manifest;
  const own = streamsOf(manifest);
  if (!streams.every(({ stream }) => own.includes(stream) || isOfFormer(manifest, stream)))
    fault('streams', 'not a stream of this sender for this receiver');
  if (!allDifferent(streams.map(({ stream }) => stream))) fault('streams', 'a stream twice');
  if (!increasing(streams.map(({ stream }) => placeOf(stream)))) fault('streams', 'not in their order');
  if (!streams.every(({ first, last, count }) => count === last - first + 1))
    fault('streams', 'count is not the range');
  if (sum(Object.values(manifest.countsByKind)) !== sum(streams.map(({ count }) => count)))
    fault('countsByKind', 'sum is not the count of the streams');
  if (!ascending(attachments.map(({ sha256 }) => sha256))) fault('attachments', 'not ascending');
  if (!allDifferent(files.map(({ name }) => name))) fault('files', 'a name twice');
});
export type Manifest = z.infer<typeof Manifest>;
export type PackageKind = Manifest['kind'];

/** The streams a package may carry: a station's own, or what a bureau writes for it; a kit may found a lost site again. */
const streamsOf = ({ kind, from, to }: z.infer<typeof ManifestShape>): readonly string[] => {
  if (kind === 'report') return [from];
  const down = [`${from}/common`, `${from}/${to}`];
  return kind === 'kit' ? [...down, to] : down;
};

/** A kit that founds a station anew brings the streams of its former computers: of the same organ, with lower numbers. */
function isOfFormer({ kind, from, to }: z.infer<typeof ManifestShape>, stream: string): boolean {
  const site = stream.startsWith(`${from}/`) ? stream.slice(from.length + 1) : stream;
  const [organ, device] = site.split('-');
  const [ownOrgan, ownDevice] = to.split('-');
  return kind === 'kit' && organ === ownOrgan && Number(device) < Number(ownDevice);
}

/**
 * What all stations are told comes first; then computer after computer what it was sent and what it wrote: whose
 * signatures count is known before anything that is signed.
 */
function placeOf(stream: string): number {
  const [writer = '', branch] = stream.split('/');
  const device = (site: string): number => Number(site.split('-')[1]);
  return branch === 'common' ? 0 : branch === undefined ? 2 * device(writer) + 2 : 2 * device(branch) + 1;
}

const increasing = (places: readonly number[]): boolean =>
  places.every((place, index) => index === 0 || (places[index - 1] ?? 0) < place);
const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
const allDifferent = (names: readonly string[]): boolean => new Set(names).size === names.length;
const ascending = (digests: readonly string[]): boolean =>
  digests.every((digest, index) => index === 0 || (digests[index - 1] ?? '') < digest);

/** What the bureau decided on an entry it could not take in: the station is asked, or it stays outside for good. */
export const ReceiptDecision = z.strictObject({
  /** Counts the decisions on this entry, from 1; an answer names the round it answers. */
  round: Seq,
  verdict: z.enum(['returned', 'refused']),
  /** The question, or the reason. */
  words: z.string().min(1).max(500),
});
export type ReceiptDecision = z.infer<typeof ReceiptDecision>;

/** The bureau's receipt (回执), member `receipt.json` of a return: what it holds of the station's stream. */
export const Receipt = z.strictObject({
  v: z.literal(1),
  stream: StreamId,
  /** Everything up to here has arrived, and this is its hash; 0 and the genesis hash when nothing has. */
  through: Count,
  hash: Sha256,
  /** Ranges known to be missing behind `through`, both ends included. */
  missing: z.array(z.tuple([Seq, Seq])),
  quarantined: z.array(z.strictObject({ seq: Seq, code: z.string().max(100), decision: ReceiptDecision.optional() })),
  /** Per bundle: its entries = accepted + already known + quarantined + held. */
  bundles: z.array(
    z.strictObject({
      number: Seq,
      sha256: Sha256,
      accepted: Count,
      alreadyKnown: Count,
      quarantined: Count,
      held: Count,
    }),
  ),
});
export type Receipt = z.infer<typeof Receipt>;
