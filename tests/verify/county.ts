import { createHmac, hkdfSync, type KeyObject, verify } from 'node:crypto';
import { carriedIn, isCarrying } from './carried.ts';
import { type Entry, type Hashed, placeOf } from './entries.ts';
import { broughtBack, keptIn } from './kept.ts';
import { lineage } from './lineage.ts';
import type { Manifest } from './manifest.ts';
import type { Package } from './package.ts';
import { canonicalBytes, fitsKind, kindOf, published } from './published.ts';
import { isRecipient } from './recipient.ts';
import { must } from './refusal.ts';
import { mayFollow } from './sites.ts';
import { ed25519Key } from './succession.ts';
import { superseding } from './superseded.ts';

type Receipt = {
  readonly stream: string;
  readonly through: number;
  readonly hash: string;
  readonly bundles: readonly Taken[];
};
type Taken = Readonly<Record<'number' | 'accepted' | 'alreadyKnown' | 'quarantined' | 'held', number>> & {
  readonly sha256: string;
};
type KitSite = { readonly secret: string };
type Link = { readonly hash: string; readonly prev: string };

export type StreamState = {
  readonly stream: string;
  readonly entries: number;
  readonly lastSeq: number;
  readonly head: string;
  /** Both ends included. */
  readonly gaps: readonly (readonly [first: number, last: number])[];
};
export type Signatures = { readonly valid: number; readonly unknown: number };

const fitsReceipt = published('receipt');
const fitsSite = published('site');
const fitsWanted = published('wanted');
const isReceipt = (value: unknown): value is Receipt => fitsReceipt(value);
const isKitSite = (value: unknown): value is KitSite => fitsSite(value);
const GENESIS = '0'.repeat(64);
const KEY_KINDS = ['site.account-created', 'site.account-rekeyed', 'site.signer-announced'];

/** What several packages say together, given in any order; each step throws a Refusal at what cannot be. */
export function county() {
  const streams = new Map<string, Map<number, Link>>();
  const accountKeys = new Map<string, KeyObject[]>();
  const signed: Entry[] = [];
  const receipts: Receipt[] = [];
  const bundles = new Map<string, { readonly number: number; readonly entries: number }>();
  const bureauKeys = new Map<string, KeyObject>();
  const secrets = new Map<string, Buffer>();
  const reports: Manifest[] = [];
  const line = lineage();
  const keys = superseding();

  /** Puts an entry in its place; false where it stands already. */
  const link = ({ entry, hash }: Hashed): boolean => {
    const { stream, seq, prev } = entry;
    const known = streams.get(stream) ?? new Map<number, Link>();
    streams.set(stream, known);
    const where = placeOf(entry);
    must((known.get(seq)?.hash ?? hash) === hash, 'journal.fork', where);
    const before = seq === 1 ? GENESIS : known.get(seq - 1)?.hash;
    must((before ?? prev) === prev && (known.get(seq + 1)?.prev ?? hash) === hash, 'journal.fork', where);
    const isNew = !known.has(seq);
    known.set(seq, { hash, prev });
    return isNew;
  };

  const take = (hashed: Hashed): void => {
    if (!link(hashed)) return;
    const { entry } = hashed;
    if (isCarrying(entry)) {
      const inner = carriedIn(entry);
      const [bureau = '', site = ''] = entry.stream.split('/');
      line.claim({ bureau, site, former: inner.stream, where: placeOf(entry) });
      read(inner);
    }
    if (entry.kind === 'site.station-succeeded') line.succeed(entry);
    read(entry);
  };

  /** What an entry says, wherever it stands. */
  const read = (entry: Entry): void => {
    const { recipient } = entry.body;
    must(typeof recipient !== 'string' || isRecipient(recipient), 'entry.body-invalid', placeOf(entry));
    must(!kindOf(entry.kind)?.signed || entry.sig !== undefined, 'journal.unsigned', placeOf(entry));
    if (entry.sig) signed.push(entry);
    keys.changed(entry);
    const { id, publicKey } = entry.body;
    if (
      !KEY_KINDS.includes(entry.kind) ||
      !isOfItsKind(entry) ||
      typeof id !== 'string' ||
      typeof publicKey !== 'string'
    )
      return;
    const owner = ownerOf(entry.stream, id);
    accountKeys.set(owner, [...(accountKeys.get(owner) ?? []), ed25519Key(publicKey)]);
  };

  const takeKit = ({ from, to, pairing, streams: ranges }: Manifest, site: unknown): void => {
    must(isKitSite(site) && pairing !== undefined, 'bundle.manifest-invalid', 'site.json');
    for (const { stream, first } of ranges) {
      must(first === 1, 'journal.chain-broken', stream);
      const former = stream.replace(`${from}/`, '');
      if (mayFollow(to, former)) line.claim({ bureau: from, site: to, former, where: stream });
    }
    secrets.set(to, Buffer.from(site.secret, 'base64'));
    bureauKeys.set(from, ed25519Key(pairing.signPublicKey));
  };

  const takeReceipt = ({ to, known }: Manifest, receipt: unknown): void => {
    must(isReceipt(receipt) && receipt.stream === to, 'bundle.manifest-invalid', 'receipt.json');
    const { stream, through, hash } = receipt;
    const stated = through === 0 ? [] : [{ stream, seq: through, hash }];
    must(canonicalBytes(known).equals(canonicalBytes(stated)), 'bundle.contents-differ', 'known');
    receipts.push(receipt);
  };

  const isWhole = (stream: string): boolean => streams.has(stream) && gapsOf(streams.get(stream)).length === 0;

  return {
    bureauKey: (site: string): KeyObject | undefined => bureauKeys.get(site),

    /** Entries whose form and chain their package has proven. */
    take: (entries: readonly Hashed[]): void => entries.forEach(take),

    add({ manifest, signer, sha256, entries, files, foreign }: Package): void {
      must(foreign.length === 0, 'file.kind-not-accepted', foreign[0]);
      entries.forEach(take);
      keys.signed({ manifest, signer });
      bundles.set(sha256, { number: manifest.number, entries: entries.length });
      const file = (name: string): unknown => jsonOf(files.get(name));
      if (manifest.kind === 'kit') takeKit(manifest, file('site.json'));
      if (manifest.kind === 'return') takeReceipt(manifest, file('receipt.json'));
      if (manifest.kind === 'return' && files.has('wanted.json'))
        must(fitsWanted(file('wanted.json')), 'bundle.manifest-invalid', 'wanted.json');
      if (manifest.kind === 'report') broughtBack(keptIn(file), manifest.to, bureauKeys.get(manifest.to)).forEach(take);
      if (manifest.pairing) reports.push(manifest);
    },

    /** Every pairing whose secret a kit told is proven by it. */
    checkPairings(): void {
      for (const { from, to, kind, pairing } of reports) {
        const secret = secrets.get(kind === 'kit' ? to : from);
        const proven = !secret || !pairing || pairing.mac === macOf(secret, { from, to, ...pairing });
        must(proven, kind === 'kit' ? 'bundle.manifest-invalid' : 'bundle.unknown-sender', `${from} pairing`);
        must(!pairing || isRecipient(pairing.recipient), 'bundle.manifest-invalid', `${from} pairing`);
      }
    },

    /** No key signs beyond what it was given up for. */
    checkKeys: (): void => keys.check(),

    /** Every computer that goes on for a former one does so by the bureau's word. */
    checkLineage: (): void => line.check(isWhole),

    /** Every receipt is of this history, and its counts are those of the bundles. */
    checkReceipts(): void {
      for (const { stream, through, hash, bundles: taken } of receipts) {
        const held = through === 0 ? GENESIS : (streams.get(stream)?.get(through)?.hash ?? hash);
        must(held === hash, 'handoff.receipt-not-our-history', `${stream} ${String(through)}`);
        for (const { sha256, number, accepted, alreadyKnown, quarantined, held: aside } of taken) {
          const told = accepted + alreadyKnown + quarantined + aside;
          const ours = bundles.get(sha256) ?? { number, entries: told };
          must(
            ours.number === number && ours.entries === told,
            'handoff.receipt-counts-differ',
            `counts of bundle ${String(number)}`,
          );
        }
      }
    },

    /** Every personal signature whose author's key is among what was given. */
    checkSignatures(): Signatures {
      let valid = 0;
      for (const { sig = '', ...unsigned } of signed) {
        const { stream, by } = unsigned;
        const keys = accountKeys.get(ownerOf(stream, by)) ?? [];
        const bytes = canonicalBytes(unsigned);
        const fits = keys.some((key) => verify(null, bytes, key, Buffer.from(sig, 'base64')));
        // Behind a gap, or in a stream of which only a carried entry came, the author may have got a new key.
        const knowable = keys.length > 0 && isWhole(stream);
        must(fits || !knowable, 'entry.signature-invalid', placeOf(unsigned));
        if (fits) valid += 1;
      }
      return { valid, unknown: signed.length - valid };
    },

    streams: (): StreamState[] =>
      [...streams].sort().map(([stream, known]) => {
        const lastSeq = Math.max(...known.keys());
        return {
          stream,
          entries: known.size,
          lastSeq,
          head: known.get(lastSeq)?.hash ?? '',
          gaps: gapsOf(known),
        };
      }),
  };
}

const isOfItsKind = ({ kind, body }: Entry): boolean => {
  const known = kindOf(kind);
  return known !== undefined && fitsKind(known, body);
};

const siteOf = (stream: string): string => stream.split('/')[0] ?? '';

const ownerOf = (stream: string, account: string): string => `${siteOf(stream)} ${account}`;

function gapsOf(known: ReadonlyMap<number, Link> = new Map()): [number, number][] {
  const gaps: [number, number][] = [];
  let expected = 1;
  for (const seq of [...known.keys()].sort((a, b) => a - b)) {
    if (seq > expected) gaps.push([expected, seq - 1]);
    expected = seq + 1;
  }
  return gaps;
}

/** Section 8. */
function macOf(
  secret: Buffer,
  { from, to, signPublicKey, recipient }: Record<'from' | 'to' | 'signPublicKey' | 'recipient', string>,
): string {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'lijing pairing v1', 32));
  return createHmac('sha256', key).update(canonicalBytes({ from, to, signPublicKey, recipient })).digest('hex');
}

function jsonOf(bytes: Buffer | undefined): unknown {
  try {
    return bytes && JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}
