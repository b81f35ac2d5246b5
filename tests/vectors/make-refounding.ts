import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sealed, type SealTo } from '../../electron/crypto/age.ts';
import { newSpokenKey } from '../../electron/crypto/spoken-key.ts';
import { canonical, sha256 } from '../../electron/journal/entry-line.ts';
import { GENESIS } from '../../shared/entry.ts';
import { joined, tarOf } from '../support/tar.ts';
import { allOf, BUREAU, entryLines, packageWorld, piecesOf, STATION } from '../support/package-world.ts';
import { REFOUNDING_FOLDER, type Vector, type Vectors } from './vectors.ts';

/** Made the frozen kits of stations that are founded anew, once, under keys of their own. */
if (existsSync(join(REFOUNDING_FOLDER, 'vectors.json'))) throw new Error('the vectors are frozen');

const ANEW = `${STATION.slice(0, -1)}2`;
const spokenCode = newSpokenKey(12);
const world = await packageWorld();
const byCode: SealTo = { code: spokenCode.replaceAll('-', ''), logN: 10 };
const vectors: Vector[] = [];
const put = async (name: string, about: string, code: string | null, bytes: Buffer): Promise<void> => {
  const file = `${name}.lijing`;
  await writeFile(join(REFOUNDING_FOLDER, file), bytes);
  vectors.push({ file, about, kind: 'kit', code });
};

/** A chain of entries with these kinds and bodies. */
function chain(stream: string, said: readonly (readonly [kind: string, body: object])[]): string[] {
  let prev = GENESIS;
  return said.map(([kind, body], index) => {
    const at = '2026-11-24T08:00:00.000Z';
    const line = canonical({ v: 1, stream, seq: index + 1, at, by: 'system', kind, body, prev });
    prev = sha256(line).toString('hex');
    return line;
  });
}
const stranded = entryLines(1, { first: 4, prev: 'a'.repeat(64), text: '第二个版本' })[0] ?? '';
const own = chain(`${BUREAU}/${ANEW}`, [
  ['site.station-registered', { site: ANEW, name: '城关派出所' }],
  ['site.station-succeeded', { site: ANEW, former: STATION }],
  ['handoff.entry-carried', { entry: JSON.parse(stranded) as object, hash: sha256(stranded).toString('hex') }],
]);
const site = { v: 1, station: '城关派出所', bureau: '青山县公安局', secret: Buffer.alloc(32, 7).toString('base64') };
const about = Buffer.from(JSON.stringify(site));
const lines = [...entryLines(2, { stream: `${BUREAU}/${STATION}` }), ...entryLines(3), ...own];
const result = await world.write(
  { kind: 'kit', from: BUREAU, to: ANEW, number: 1, lines, files: [{ name: 'site.json', bytes: about }] },
  byCode,
);
if (!result.ok) throw new Error(result.problem.code);
const { manifest } = result.value;

/** The kit for somebody else, properly signed and sealed. */
const readdressed = (to: string): Promise<Buffer> => {
  const stated = Buffer.from(canonical({ ...manifest, to }));
  const members: [string, Buffer][] = [
    ['manifest.json', stated],
    ['manifest.sig', world.sign(stated)],
    ['entries.ndjson', joined(lines)],
    ['site.json', about],
  ];
  return allOf(sealed(piecesOf(gzipSync(tarOf(members))), byCode));
};

await mkdir(REFOUNDING_FOLDER, { recursive: true });
await put('kit-anew', 'a kit with a former computer', null, world.files.get(world.path) ?? Buffer.alloc(0));
await put('kit-later', 'streams of a later computer', 'bundle.manifest-invalid', await readdressed(STATION));
await put(
  'kit-other-organ',
  'streams of another organ',
  'bundle.manifest-invalid',
  await readdressed('999999000009-9'),
);
const { identity, publicKey: signPublicKey } = world;
const list: Vectors = { identity, spokenCode, signPublicKey, bureau: BUREAU, station: ANEW, vectors };
await writeFile(join(REFOUNDING_FOLDER, 'vectors.json'), `${JSON.stringify(list, null, 2)}\n`);
