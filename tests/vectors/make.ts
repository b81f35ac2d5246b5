import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { sealed, type SealTo } from '../../electron/crypto/age.ts';
import { newSpokenKey } from '../../electron/crypto/spoken-key.ts';
import { canonical, sha256 } from '../../electron/journal/entry-line.ts';
import type { Manifest } from '../../shared/manifest.ts';
import { joined, tarOf } from '../support/tar.ts';
import { allOf, anAttachment, BUREAU, entryLines, packageWorld, piecesOf, STATION } from '../support/package-world.ts';
import { VECTOR_FOLDER, type Vector, type Vectors } from './vectors.ts';

/**
 * Made the frozen packages, once: `node tests/vectors/make.ts` refuses where they stand. A new vector is added by hand,
 * under keys of its own list, never by making the others again.
 */
if (existsSync(join(VECTOR_FOLDER, 'vectors.json'))) throw new Error('the vectors are frozen');

const spokenCode = newSpokenKey(12);
const world = await packageWorld();
const toBureau: SealTo = { recipients: [world.recipient] };
const byCode: SealTo = { code: spokenCode.replaceAll('-', ''), logN: 10 };
const scan = Buffer.from('%PDF-1.7');
const lines = entryLines(3, { text: '夜间巡逻' });
const receipt = {
  v: 1,
  stream: STATION,
  through: 3,
  hash: sha256(lines.at(-1) ?? '').toString('hex'),
  missing: [],
  quarantined: [],
  bundles: [],
};

const vectors: Vector[] = [];
const put = async (
  name: string,
  about: string,
  code: string | null,
  bytes: Buffer,
  kind: Vector['kind'] = 'report',
) => {
  const file = `${name}.lijing`;
  await writeFile(join(VECTOR_FOLDER, file), bytes);
  vectors.push({ file, about, kind, code });
};
const written = async (...given: Parameters<typeof world.write>) => {
  const result = await world.write(...given);
  if (!result.ok) throw new Error(result.problem.code);
  return { bytes: world.files.get(world.path) ?? Buffer.alloc(0), manifest: result.value.manifest };
};
const sealedTar = (tar: Buffer, to = toBureau): Promise<Buffer> => allOf(sealed(piecesOf(gzipSync(tar)), to));
type Member = readonly [name: string, bytes: Buffer];
const SCAN: Member = [`attachments/${sha256(scan).toString('hex')}`, scan];
const signedTar = (manifest: Buffer, rest: readonly Member[]): Buffer =>
  tarOf([['manifest.json', manifest], ['manifest.sig', world.sign(manifest)], ...rest]);

await mkdir(VECTOR_FOLDER, { recursive: true });
const report = await written({ lines, attachments: [anAttachment(scan)], medium: '县局-01' });
const entries: Member = ['entries.ndjson', joined(lines)];

/** The report with another manifest, properly signed and sealed. */
const restated = (change: object): Promise<Buffer> =>
  sealedTar(signedTar(Buffer.from(canonical({ ...report.manifest, ...change })), [entries, SCAN]));
/** The report with other entries, whose digest the manifest has right. */
const retold = (bytes: Buffer): Promise<Buffer> => {
  const manifest: Manifest = {
    ...report.manifest,
    entries: { sizeBytes: bytes.length, sha256: sha256(bytes).toString('hex') },
  };
  return sealedTar(signedTar(Buffer.from(canonical(manifest)), [['entries.ndjson', bytes], SCAN]));
};
const stated = Buffer.from(canonical(report.manifest));

async function wholeOnes(): Promise<void> {
  await put('report', 'three entries and an attachment', null, report.bytes);
  const receiptFile = { name: 'receipt.json', bytes: Buffer.from(JSON.stringify(receipt)) };
  const down = {
    from: BUREAU,
    to: STATION,
    known: [{ stream: STATION, seq: 3, hash: receipt.hash }],
    lines: entryLines(2, { stream: `${BUREAU}/common` }),
  };
  await put(
    'return',
    'a receipt',
    null,
    (await written({ ...down, kind: 'return', files: [receiptFile] })).bytes,
    'return',
  );
  const site = { v: 1, station: '城关派出所', bureau: '青山县公安局', secret: Buffer.alloc(32, 7).toString('base64') };
  const kit = { ...down, kind: 'kit' as const, number: 1, known: [] };
  const siteFile = { name: 'site.json', bytes: Buffer.from(JSON.stringify(site)) };
  await put('kit', 'a kit', null, (await written({ ...kit, files: [siteFile] }, byCode)).bytes, 'kit');
}

async function outsideSpoilt(): Promise<void> {
  await put('not-a-bundle', 'a text file', 'bundle.not-a-bundle', Buffer.from('这不是交接包\n'));
  await put('cut', 'cut in the middle', 'bundle.damaged', report.bytes.subarray(0, report.bytes.length >> 1));
  await put('longer', 'a byte behind the end', 'bundle.damaged', Buffer.concat([report.bytes, Buffer.of(0)]));
  const behind = Buffer.concat([gzipSync(await world.tarOf()), Buffer.alloc(8)]);
  await put('behind-gzip', 'zeros behind gzip', 'bundle.damaged', await allOf(sealed(piecesOf(behind), toBureau)));
  const stranger = { recipients: [await identityToRecipient(await generateX25519Identity())] };
  await put('other-bureau', 'sealed to another', 'bundle.not-for-us', (await written({ lines }, stranger)).bytes);
  await put('by-code', 'a report sealed to a code', 'bundle.wrong-kind', (await written({ lines }, byCode)).bytes);
  const otherCode = { code: '0000000000000000', logN: 10 };
  await put('wrong-code', 'another code', 'bundle.wrong-code', (await written({ lines }, otherCode)).bytes, 'kit');
}

async function manifestSpoilt(): Promise<void> {
  const invalid = 'bundle.manifest-invalid';
  const forged = tarOf([['manifest.json', stated], ['manifest.sig', Buffer.alloc(64, 1)], entries, SCAN]);
  await put('forged', 'signed by nobody', 'bundle.signature-invalid', await sealedTar(forged));
  await put('too-new', 'version 2', 'bundle.too-new', await restated({ version: 2, more: true }));
  await put('for-another', 'to another site', 'bundle.not-for-us', await restated({ to: STATION }));
  await put('more-fields', 'a field too many', invalid, await restated({ more: true }));
  await put('foreign-stream', 'a stream of others', invalid, await restated({ from: '999999000002-1' }));
  await put('miscounted', 'counts that do not add up', invalid, await restated({ countsByKind: { 'a.b': 9 } }));
  const spaced = Buffer.from(JSON.stringify(report.manifest, null, 1));
  await put('spaced', 'not canonical', invalid, await sealedTar(signedTar(spaced, [entries, SCAN])));
  const latin = Buffer.from(canonical({ ...report.manifest, medium: '?' }));
  latin[latin.indexOf('"?"') + 1] = 0xe9;
  await put('not-utf8', 'not UTF-8', invalid, await sealedTar(signedTar(latin, [entries, SCAN])));
  const large = { attachments: [{ sha256: sha256(scan).toString('hex'), sizeBytes: 21 << 20 }] };
  await put('too-large', 'an attachment of 21 MiB', 'bundle.too-large', await restated(large));
}

async function contentsSpoilt(): Promise<void> {
  const differ = 'bundle.contents-differ';
  const put3 = async (name: string, about: string, members: readonly Member[]) =>
    put(name, about, differ, await sealedTar(signedTar(stated, members)));
  await put3('one-more', 'a member too many', [entries, SCAN, ['more.txt', Buffer.from('x')]]);
  await put3('other-order', 'members in another order', [SCAN, entries]);
  await put3('other-scan', 'an attachment altered', [entries, [SCAN[0], Buffer.from('%PDF-1.8')]]);
  await put3('path', 'a name with a path', [entries, ['../evil', scan]]);
  const executable = signedTar(stated, [entries, SCAN]);
  executable.write('0000755', 100, 'latin1');
  await put('other-header', 'a header of another mode', 'bundle.manifest-invalid', await sealedTar(executable));
}

async function chainSpoilt(): Promise<void> {
  const broken = 'journal.chain-broken';
  const [first = '', second = '', third = ''] = lines;
  await put('gap', 'an entry left out', broken, await retold(joined([first, third])));
  await put('swapped', 'entries swapped', broken, await retold(joined([second, first, third])));
  await put('last-line', 'no line feed at the end', broken, await retold(joined(lines).subarray(0, -1)));
  const reordered = JSON.stringify({ v: 1, ...(JSON.parse(first) as object) });
  await put('other-key-order', 'a line not canonical', broken, await retold(joined([reordered, second, third])));
  await put('crlf', 'lines that end in CR LF', broken, await retold(joined(lines.map((line) => `${line}\r`))));
  const other = entryLines(3, { text: '另一段历史' });
  await put('other-entries', 'whole, but not those stated', 'bundle.contents-differ', await retold(joined(other)));
}

await wholeOnes();
// The disk holds the last package written: the others start from the report again.
world.files.set(world.path, report.bytes);
await outsideSpoilt();
await manifestSpoilt();
await contentsSpoilt();
await chainSpoilt();
const { identity, publicKey: signPublicKey } = world;
const list: Vectors = { identity, spokenCode, signPublicKey, bureau: BUREAU, station: STATION, vectors };
await writeFile(join(VECTOR_FOLDER, 'vectors.json'), `${JSON.stringify(list, null, 2)}\n`);
