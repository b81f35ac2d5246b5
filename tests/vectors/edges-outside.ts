import { createHash } from 'node:crypto';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { armor, generateX25519Identity, identityToRecipient, type Recipient, Stanza } from 'age-encryption';
import { gzipInParts, gzipWith } from '../support/gzip.ts';
import { tarHeader } from '../../electron/bundle/tar-layout.ts';
import { entryLines } from '../support/package-world.ts';
import { joined, type Member } from '../support/tar.ts';
import type { Edge, EdgeWorld } from './edge-world.ts';

const [DAMAGED, DIFFERS, INVALID] = ['bundle.damaged', 'bundle.contents-differ', 'bundle.manifest-invalid'];
const BLOCK = 512;
const stanza = (type: string, ...args: string[]): Recipient => ({
  wrapFileKey: () => [new Stanza([type, ...args], new Uint8Array(32))],
});
const scrypt = (logN: string): Recipient => stanza('scrypt', Buffer.alloc(16).toString('base64').slice(0, 22), logN);
const someone = async (): Promise<string> => identityToRecipient(await generateX25519Identity());
const MEBI = 1 << 20;

/** Age and gzip. */
async function layers({ recipient, hybridRecipient, put }: EdgeWorld): Promise<void> {
  await put('for-escrow-too', 'to the bureau and an escrow', null, { recipients: [recipient, await someone()] });
  await put('hybrid', 'to a post-quantum recipient', null, { recipients: [hybridRecipient] });
  await put('mixed', 'to a classical and a post-quantum recipient', null, { recipients: [recipient, hybridRecipient] });
  await put('hybrid-before', 'post-quantum first', null, { recipients: [hybridRecipient, await someone()] });
  const grease = [stanza('K7-grease', 'x'), recipient, stanza('9-grease')];
  await put('grease', 'stanzas nobody knows', null, { recipients: grease });
  await put('all-strangers', 'to many others', 'bundle.not-for-us', {
    recipients: await Promise.all([someone(), someone(), someone()]),
  });
  await put('unknown-stanzas', 'stanzas nobody knows alone', 'bundle.not-for-us', {
    recipients: [stanza('future', 'a')],
  });
  await put('code-beside', 'a code beside a recipient', DAMAGED, { recipients: [recipient, scrypt('10')] });
  await put('too-costly', 'a code of 2^22', DAMAGED, { kind: 'kit', recipients: [scrypt('22')] });
  await put('kit-for-keys', 'a kit for a recipient', 'bundle.wrong-kind', { kind: 'kit', recipients: [recipient] });
  await put('long-header', 'an age header of more than 64 KiB', DAMAGED, {
    recipients: [...Array.from({ length: 700 }, () => stanza('filler', 'x'.repeat(60))), recipient],
  });
  await put('armored', 'age in ASCII armor', 'bundle.not-a-bundle', {
    sealed: (file) => Buffer.from(armor.encode(file)),
  });
  await put('nothing', 'an empty file', 'bundle.not-a-bundle', { sealed: () => Buffer.alloc(0) });
  await put('header-only', 'an age header alone', DAMAGED, {
    sealed: (file) => file.subarray(0, file.indexOf('\n--- ') + 49),
  });
  await put('last-chunk', 'a byte less', DAMAGED, { sealed: (file) => file.subarray(0, -1) });

  const parts = (behind: Parameters<typeof gzipInParts>[2]): Edge => ({
    gzip: (tar) => gzipInParts(tar, [0, 512, 700, 5000], behind),
  });
  await put('members', 'gzip in several members, one empty', null, parts('empty-member'));
  await put('gzip-zeros', 'zeros behind gzip members', DAMAGED, parts('zeros'));
  await put('gzip-garbage', 'other bytes behind gzip', DAMAGED, parts('garbage'));
  await put('gzip-half', 'half an empty member behind gzip', DAMAGED, {
    gzip: (tar) => Buffer.concat([gzipSync(tar), gzipSync('').subarray(0, 14)]),
  });
  await put('gzip-name', 'gzip with a file name', null, { gzip: (tar) => gzipWith('name', tar) });
  await put('gzip-extra', 'gzip with an extra field', null, { gzip: (tar) => gzipWith('extra', tar) });
  await put('gzip-sum', 'gzip with another checksum', DAMAGED, { gzip: (tar) => gzipWith('sum', tar) });
  await put('gzip-size', 'gzip with another size', DAMAGED, { gzip: (tar) => gzipWith('size', tar) });
  await put('deflate', 'deflate without gzip', DAMAGED, { gzip: deflateRawSync });
  await put('gzip-nothing', 'gzip of nothing', DAMAGED, { gzip: () => gzipSync('') });
  await put('no-gzip', 'nothing sealed', DAMAGED, { gzip: () => Buffer.alloc(0) });
  await put('bomb-line', 'a line of 64 MiB', 'bundle.too-large', { entries: Buffer.alloc(64 * MEBI, 'x') });
  await put('bomb-behind', '64 MiB behind the end', DIFFERS, {
    tar: (tar) => Buffer.concat([tar, Buffer.alloc(64 * MEBI)]),
  });
  await put('bomb-manifest', 'a manifest of 64 MiB', 'bundle.too-large', {
    tar: () => Buffer.concat([tarHeader('manifest.json', 64 * MEBI), Buffer.alloc(64 * MEBI, ' ')]),
  });
}

/** The tar block by block. */
async function blocks({ put }: EdgeWorld): Promise<void> {
  const scans = [Buffer.from('%PDF-1.7 甲'), Buffer.from('%PDF-1.7 乙')];
  const files: readonly Member[] = [['note.json', Buffer.from('{}')]];
  const whole: Edge = { scans, files };
  const moved = (from: number, to: number): Edge => ({
    ...whole,
    members: (members) => members.toSpliced(from, 1).toSpliced(to, 0, ...members.slice(from, from + 1)),
  });
  await put('attachments', 'a file and two attachments', null, whole);
  await put('attachments-swapped', 'attachments in another order', DIFFERS, moved(5, 4));
  await put('file-last', 'the file behind the attachments', DIFFERS, moved(3, 5));
  await put('signature-first', 'the signature first', INVALID, moved(1, 0));
  await put('no-attachment', 'an attachment left out', DIFFERS, {
    ...whole,
    members: (members) => members.slice(0, -1),
  });
  await put('twice', 'a member twice', DIFFERS, { members: (members) => [...members, ...members.slice(-1)] });

  /** The header of `entries.ndjson` with something else at a place, its checksum right. */
  const header = (at: number, text: string): Edge => ({
    tar: (tar) => {
      const start = tar.indexOf('entries.ndjson\0');
      const block = tar.subarray(start, start + BLOCK);
      block.write(text, at, 'latin1');
      block.write(' '.repeat(8), 148);
      const sum = block.reduce((total, byte) => total + byte, 0);
      block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
      return tar;
    },
  });
  await put('other-mode', 'a member of mode 0755', DIFFERS, header(100, '0000755'));
  await put('other-owner', 'a member of user 1', DIFFERS, header(108, '0000001'));
  await put('other-time', 'a member with a time', DIFFERS, header(136, '00000000001'));
  await put('link', 'a symbolic link', DIFFERS, header(156, '2/etc/passwd'));
  await put('old-type', 'a member of type NUL', DIFFERS, header(156, '\0'));
  await put('pax', 'an extended header', DIFFERS, header(156, 'x'));
  await put('gnu', 'a header of GNU tar', DIFFERS, header(257, 'ustar  \0'));
  await put('prefix', 'a name with a prefix', DIFFERS, header(345, 'up'));
  await put('other-size', 'a size other than stated', DIFFERS, header(124, '00000000001'));

  await put('padding', 'padding that is not zero', DIFFERS, {
    tar: (tar) => {
      tar[tar.length - 2 * BLOCK - 1] = 1;
      return tar;
    },
  });
  await put('one-end-block', 'one zero block at the end', DAMAGED, { tar: (tar) => tar.subarray(0, -BLOCK) });
  await put('no-end', 'no zero blocks at the end', DAMAGED, { tar: (tar) => tar.subarray(0, -2 * BLOCK) });
  await put('three-end-blocks', 'three zero blocks at the end', DIFFERS, {
    tar: (tar) => Buffer.concat([tar, Buffer.alloc(BLOCK)]),
  });
  await put('tar-cut', 'a tar that ends within the entries', DAMAGED, {
    tar: (tar) => tar.subarray(0, tar.indexOf('entries.ndjson\0') + BLOCK + 100),
  });
  await put('short-signature', 'a signature of 63 bytes', DIFFERS, { signature: (bytes) => bytes.subarray(0, -1) });
  await put('long-signature', 'a signature of 65 bytes', DIFFERS, {
    signature: (bytes) => Buffer.concat([bytes, Buffer.of(0)]),
  });
  /** `S` raised by the order of the group: the same equation holds. */
  const raised = (bytes: Buffer): Buffer => {
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    const s = BigInt(`0x${Buffer.from(bytes.subarray(32)).reverse().toString('hex')}`) + order;
    return Buffer.concat([bytes.subarray(0, 32), Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse()]);
  };
  await put('malleable', 'a signature with a larger S', 'bundle.signature-invalid', { signature: raised });
  await put('attachment-altered', 'an attachment of another content', DIFFERS, {
    ...whole,
    members: (members) =>
      members.map(([name, bytes]): Member => [name, name.startsWith('att') ? reversed(bytes) : bytes]),
  });
  await put('file-altered', 'a file of another content', DIFFERS, {
    ...whole,
    members: (members) =>
      members.map(([name, bytes]): Member => [name, name === 'note.json' ? reversed(bytes) : bytes]),
  });
  const entries = joined(entryLines(3));
  const sha256 = createHash('sha256').update('x').digest('hex');
  await put('entries-digest', 'another digest of the entries', DIFFERS, {
    manifest: { entries: { sizeBytes: entries.length, sha256 } },
  });
}

const reversed = (bytes: Buffer): Buffer => Buffer.from(bytes).reverse();

/** Everything below the manifest. */
export async function containerEdges(world: EdgeWorld): Promise<void> {
  await layers(world);
  await blocks(world);
}
