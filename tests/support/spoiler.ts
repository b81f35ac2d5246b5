import { gzipSync } from 'node:zlib';
import { Encrypter, generateX25519Identity, identityToRecipient, type Recipient, Stanza } from 'age-encryption';
import { TAR_END } from '../../electron/bundle/tar-layout.ts';
import { type SealTo, sealed } from '../../electron/crypto/age.ts';
import { newSigningKey, signBytes } from '../../electron/crypto/ed25519.ts';
import { canonical, sha256 } from '../../electron/journal/entry-line.ts';
import { type Entry, GENESIS } from '../../shared/entry.ts';
import type { Manifest, PackageKind } from '../../shared/manifest.ts';
import { gzipInParts, gzipWith } from './gzip.ts';
import { alteredAt, changed, type ChainChange, type Mutation, type TarField } from './mutations.ts';
import {
  allOf,
  anAttachment,
  BUREAU,
  CHEAP_CODE,
  entryLines,
  type PackageWorld,
  piecesOf,
  STATION,
} from './package-world.ts';
import { joined, type Member, memberOf, tarOf } from './tar.ts';

const BLOCK = 512;

/** A field of a tar header that is not as a package's must be; `resum` makes the checksum right again. */
function otherHeader(member: Buffer, field: TarField, resum: boolean): Buffer {
  const block = Buffer.from(member);
  const put: Readonly<Record<TarField, () => unknown>> = {
    name: () => block.write('x', 0),
    path: () => block.write('../evil\0', 0),
    mode: () => block.write('0000755', 100),
    owner: () => block.write('0000001', 108),
    size: () => block.write('00000000001', 124),
    time: () => block.write('00000000001', 136),
    type: () => block.write('5', 156),
    link: () => block.write('2entries.ndjson', 156),
    magic: () => block.write('ustar  \0', 257),
    prefix: () => block.write('up', 345),
  };
  put[field]();
  if (!resum) return block;
  block.write(' '.repeat(8), 148);
  const sum = block.subarray(0, BLOCK).reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

/** The lines with one of them, and what hangs on it, changed; the manifest is restated for what comes out. */
function otherChain(lines: readonly string[], how: ChainChange, at: number): readonly string[] {
  const place = at % lines.length;
  const entries = lines.map((line) => JSON.parse(line) as Entry);
  const rechained = (from: number, change: (entry: Entry) => Entry): string[] => {
    const out = lines.slice(0, from);
    for (const entry of entries.slice(from)) {
      const prev = out.length === 0 ? entry.prev : sha256(out.at(-1) ?? '').toString('hex');
      out.push(canonical({ ...change(entry), prev }));
    }
    return out;
  };
  switch (how) {
    case 'retold':
      return rechained(place, (entry) => ({ ...entry, body: { 另: '一段历史' } }));
    case 'shortened':
      return lines.slice(0, place);
    case 'left-out':
      return lines.toSpliced(place, 1);
    case 'doubled':
      return lines.toSpliced(place, 0, lines[place] ?? '');
    case 'renumbered':
      return rechained(place, (entry) => ({ ...entry, seq: entry.seq + 1 }));
    case 'exchanged':
      return lines.toSpliced(place, 1).toSpliced(0, 0, lines[place] ?? '');
    case 'second-stream':
      return [...lines, ...entryLines(1, { stream: '999999000001-2' })];
  }
}

/** What a manifest says of these lines, whether they are a chain or not. */
function stated(lines: readonly string[]): Pick<Manifest, 'streams' | 'countsByKind' | 'entries'> {
  const entries = lines.map((line) => ({ ...(JSON.parse(line) as Entry), hash: sha256(line).toString('hex') }));
  const byStream = Map.groupBy(entries, ({ stream }) => stream);
  const byKind = Map.groupBy(entries, ({ kind }) => kind);
  const bytes = joined(lines);
  return {
    streams: [...byStream].map(([stream, own]) => {
      const [first, last] = [own[0], own.at(-1)];
      const range = { first: first?.seq ?? 1, last: last?.seq ?? 1, prev: first?.prev ?? '', head: last?.hash ?? '' };
      return { stream, ...range, count: own.length };
    }),
    countsByKind: Object.fromEntries([...byKind].map(([kind, own]) => [kind, own.length])),
    entries: { sizeBytes: bytes.length, sha256: sha256(bytes).toString('hex') },
  };
}

/** Recipients beside the bureau, or in its place. */
async function sealedOtherwise(
  packed: Buffer,
  world: PackageWorld,
  how: Extract<Mutation, { layer: 'recipients' }>['how'],
): Promise<Buffer> {
  const stranger = await identityToRecipient(await generateX25519Identity());
  const stanza = (type: string, ...args: string[]): Recipient => ({
    wrapFileKey: () => [new Stanza([type, ...args], new Uint8Array(32))],
  });
  const recipients: Readonly<Record<typeof how, readonly (string | Recipient)[]>> = {
    grease: [stanza('K7-grease', 'x'), world.recipient, stanza('9-grease')],
    more: [stranger, world.recipient],
    stranger: [stranger],
    code: [world.recipient, stanza('scrypt', Buffer.alloc(16).toString('base64').slice(0, 22), '10')],
    costly: [stanza('scrypt', Buffer.alloc(16).toString('base64').slice(0, 22), '22')],
    many: [...Array.from({ length: 40 }, () => stranger), world.recipient],
  };
  const encrypter = new Encrypter();
  for (const recipient of recipients[how]) encrypter.addRecipient(recipient);
  return Buffer.from(await encrypter.encrypt(packed));
}

/** Six entries of the streams such a package has. */
const linesOf: Readonly<Record<PackageKind, () => readonly string[]>> = {
  report: () => entryLines(6, { text: '夜间巡逻😀' }),
  return: () => [
    ...entryLines(4, { stream: `${BUREAU}/common` }),
    ...entryLines(2, { stream: `${BUREAU}/${STATION}` }),
  ],
  kit: () => [...entryLines(4, { stream: FORMER }), ...entryLines(2, { stream: `${BUREAU}/${STATION}` })],
};
/** The computer in whose place a kit puts the station's. */
const FORMER = `${STATION.slice(0, -1)}0`;

/** A package of six entries with two attachments and a further file, and ways to spoil it. */
export async function spoiler(world: PackageWorld, kind: PackageKind = 'report') {
  const seal: SealTo = kind === 'kit' ? CHEAP_CODE : { recipients: [world.recipient] };
  const ends =
    kind === 'report' ? {} : { from: BUREAU, to: STATION, known: [{ stream: STATION, seq: 1, hash: GENESIS }] };
  const scans = [Buffer.from('%PDF-1.7 签到表'), Buffer.from('%PDF-1.7 会议记录'.repeat(40))];
  const lines = linesOf[kind]();
  const files = [{ name: 'note.json', bytes: Buffer.from('{"夜":"班"}') }];
  const contents = { kind, ...ends, lines, files, attachments: scans.map(anAttachment), medium: '县局-01' };
  const written = await world.write(contents, seal);
  if (!written.ok) throw new Error(written.problem.code);
  const { manifest } = written.value;
  const original = world.files.get(world.path) ?? Buffer.alloc(0);
  const stranger = newSigningKey();

  const ofScans = scans.map((bytes): Member => [`attachments/${sha256(bytes).toString('hex')}`, bytes]);
  const behind: readonly Member[] = [
    ...files.map(({ name, bytes }): Member => [name, bytes]),
    ...ofScans.sort(([a], [b]) => (a < b ? -1 : 1)),
  ];
  const membersOf = (manifestBytes: Buffer, entries: Buffer, signature = world.sign(manifestBytes)): Member[] => [
    ['manifest.json', manifestBytes],
    ['manifest.sig', signature],
    ['entries.ndjson', entries],
    ...behind,
  ];
  const rebuilt = (...given: Parameters<typeof membersOf>): Buffer => tarOf(membersOf(...given));
  const stating = (change: object): Buffer => Buffer.from(canonical({ ...manifest, ...change }));
  const whole = membersOf(stating({}), joined(lines));
  const withLines = (entries: Buffer): Buffer =>
    rebuilt(stating({ entries: { sizeBytes: entries.length, sha256: sha256(entries).toString('hex') } }), entries);
  const text = (value: unknown, spaced: boolean): string =>
    spaced ? JSON.stringify(value, null, 1) : canonical(value);

  const otherMembers = ({ how, at, to }: Extract<Mutation, { layer: 'tar-members' }>): Buffer => {
    const blocks = whole.map(memberOf);
    const [one, other] = [at % blocks.length, to % blocks.length];
    const changes: Readonly<Record<typeof how, () => readonly Buffer[]>> = {
      drop: () => blocks.toSpliced(one, 1),
      double: () => blocks.toSpliced(other, 0, blocks[one] ?? Buffer.alloc(0)),
      swap: () => blocks.with(one, blocks[other] ?? Buffer.alloc(0)).with(other, blocks[one] ?? Buffer.alloc(0)),
      insert: () => blocks.toSpliced(one, 0, memberOf(['more.txt', Buffer.from('x')])),
      'empty-block': () => blocks.toSpliced(one, 0, Buffer.alloc(BLOCK)),
      cut: () => blocks.slice(0, one),
    };
    return Buffer.concat([...changes[how](), TAR_END]);
  };

  const otherSignature = (how: Extract<Mutation, { layer: 'signature' }>['how']): Buffer => {
    const right = world.sign(stating({}));
    const signatures: Readonly<Record<typeof how, Buffer>> = {
      zeros: Buffer.alloc(64),
      short: right.subarray(0, 63),
      long: Buffer.concat([right, Buffer.of(0)]),
      stranger: signBytes(stranger.privateKey, stating({})),
      swapped: Buffer.concat([right.subarray(32), right.subarray(0, 32)]),
    };
    return signatures[how];
  };

  const spoiltTar = (mutation: Mutation): Buffer => {
    switch (mutation.layer) {
      case 'tar':
        return changed(tarOf(whole), mutation.change);
      case 'tar-header': {
        const blocks = whole.map(memberOf);
        const at = mutation.member % blocks.length;
        const spoilt = otherHeader(blocks[at] ?? Buffer.alloc(0), mutation.field, mutation.resum);
        return Buffer.concat([...blocks.with(at, spoilt), TAR_END]);
      }
      case 'tar-members':
        return otherMembers(mutation);
      case 'signature':
        return rebuilt(stating({}), joined(lines), otherSignature(mutation.how));
      case 'manifest':
        return rebuilt(Buffer.from(text(alteredAt(manifest, mutation.step), mutation.spaced)), joined(lines));
      case 'entry': {
        const at = mutation.step.at % lines.length;
        const entry = JSON.parse(lines[at] ?? '') as object;
        return withLines(joined(lines.with(at, text(alteredAt(entry, mutation.step), mutation.spaced))));
      }
      case 'words':
        return rebuilt(changed(stating({}), mutation.change), joined(lines));
      case 'lines':
        return withLines(changed(joined(lines), mutation.change));
      case 'chain': {
        const other = otherChain(lines, mutation.how, mutation.at);
        return rebuilt(stating(stated(other)), joined(other));
      }
      default:
        return tarOf(whole);
    }
  };

  const packed = (mutation: Mutation): Buffer => {
    const tar = spoiltTar(mutation);
    if (mutation.layer === 'gzip') return changed(gzipSync(tar), mutation.change);
    if (mutation.layer === 'gzip-members') return gzipInParts(tar, mutation.places, mutation.behind);
    if (mutation.layer === 'gzip-header') return gzipWith(mutation.field, tar);
    return gzipSync(tar);
  };

  return {
    original,
    /** The spoilt package as it would lie on the stick. */
    spoilt: async (mutation: Mutation): Promise<Buffer> => {
      if (mutation.layer === 'sealed') return changed(original, mutation.change);
      if (mutation.layer === 'age-header') {
        const end = original.indexOf('\n--- ') + 48;
        return Buffer.concat([changed(original.subarray(0, end), mutation.change), original.subarray(end)]);
      }
      if (mutation.layer === 'recipients') return sealedOtherwise(packed(mutation), world, mutation.how);
      return allOf(sealed(piecesOf(packed(mutation)), seal));
    },
  };
}
