import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../../electron/db/open.ts';
import { asDatabaseProblem } from '../../../electron/db/problems.ts';
import { secretsOf } from '../../../electron/db/secrets.ts';
import { aCounty, type County } from '../../support/county.ts';
import { withDatabase } from '../../support/damage.ts';
import type { TestSite } from '../../support/site.ts';

let county: County;
let station: TestSite;
let bundle: string;

beforeEach(async () => {
  county = await aCounty();
  station = await county.station('999999010100', '城关派出所');
  bundle = await county.report(station);
});
afterEach(() => county.close());

/** What the site holds, as one digest: the same before and after a refusal. */
async function stateOf(site: TestSite): Promise<string> {
  const page = await site.call('site.listEntries', { stream: null, before: null, limit: 200 });
  return createHash('sha256').update(JSON.stringify(page)).digest('hex');
}

/** The code with which the bureau refuses the bytes; it must be as if nobody had tried. */
async function refusedAs(bytes: Uint8Array): Promise<string | undefined> {
  const path = join(county.stick, 'offered.lijing');
  await writeFile(path, bytes);
  const before = await stateOf(county.bureau);
  const [outcome] = await county.receive(path);
  expect(await stateOf(county.bureau)).toBe(before);
  expect(outcome?.counts).toBeNull();
  return outcome?.problem?.code;
}

test('a bundle cut anywhere is refused as a whole', async () => {
  const bytes = await readFile(bundle);
  for (const part of [0.1, 0.5, 0.9, 0.999])
    expect(await refusedAs(bytes.subarray(0, Math.floor(bytes.length * part)))).toBe('bundle.damaged');
  expect(await refusedAs(bytes.subarray(0, bytes.length - 1))).toBe('bundle.damaged');
});

test('one flipped bit is enough to refuse a bundle', async () => {
  const bytes = await readFile(bundle);
  for (const at of [60, Math.floor(bytes.length / 2), bytes.length - 3]) {
    const flipped = Buffer.from(bytes);
    flipped[at] = (flipped[at] ?? 0) ^ 4;
    expect(['bundle.damaged', 'bundle.not-for-us']).toContain(await refusedAs(flipped));
  }
});

test('an empty file, a picture and a text are no bundles', async () => {
  for (const text of ['', '\x89PNG\r\n', '序号,姓名'])
    expect(await refusedAs(Buffer.from(text, 'utf8'))).toBe('bundle.not-a-bundle');
});

test('a kit is no bundle, and a return is none either', async () => {
  const drive = await county.bureau.drive(county.stick);
  const kit = await county.bureau.call('handoff.issueKit', { site: '999999010100-1', drive });
  expect(await refusedAs(await readFile(join(county.stick, kit.fileName)))).toBe('bundle.wrong-kind');
  await county.receive(bundle);
  const back = await county.bureau.call('handoff.writeReturn', { site: '999999010100-1', drive });
  expect(await refusedAs(await readFile(join(county.stick, back.fileName)))).toBe('bundle.not-for-us');
});

test('a station the bureau never gave a kit to is unknown, whatever it says of itself', async () => {
  const newcomer = await county.station('999999010900', '后来派出所');
  await newcomer.core.shutdown();
  await withDatabase(newcomer.dir, (db) => secretsOf(db).put('pairing-secret', randomBytes(32)), 'suozhang');
  await newcomer.signIn('suozhang');
  expect(await refusedAs(await readFile(await county.report(newcomer)))).toBe('bundle.unknown-sender');
});

test('files that no dialog gave out, drives that nobody plugged in', async () => {
  const nowhere = '33333333-3333-4333-8333-333333333333';
  expect((await county.bureau.call('handoff.importBundles', { files: [nowhere] }))[0]?.problem?.code).toBe(
    'file.unknown',
  );
  const refusal = await station.refusal('handoff.export', { drive: nowhere, medium: '' });
  expect(refusal.code).toBe('handoff.drive-unknown');
});

test('a full database disk and a write-protected one are told as such', () => {
  const path = join(county.stick, 'full.db');
  const db = openDatabase(path, Buffer.alloc(32, 1), 'write');
  db.exec('CREATE TABLE t (x)');
  db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true }))}`);
  const problemOf = (work: () => unknown): unknown => {
    try {
      return work();
    } catch (error) {
      return asDatabaseProblem(error);
    }
  };
  const fill = () => db.prepare('INSERT INTO t VALUES (zeroblob(100000))').run();
  expect(problemOf(fill)).toMatchObject({ problem: { code: 'disk.full' } });
  db.pragma('query_only = ON');
  expect(problemOf(fill)).toMatchObject({ problem: { code: 'disk.read-only' } });
  expect(asDatabaseProblem(new TypeError('ours'))).toBeInstanceOf(TypeError);
  db.close();
});

test('a stick with no room, and a bundle above what FAT32 holds, are told before anything is written', async () => {
  await station.call('site.rename', { printingName: '城关所' });
  const before = await stateOf(station);
  const file = join(county.stick, 'a-file');
  await writeFile(file, '');
  const noFolder = await station.drive(join(file, 'below'));
  expect((await station.refusal('handoff.export', { drive: noFolder, medium: '' })).code).toBe('disk.gone');
  expect(await stateOf(station)).toBe(before);
  expect(existsSync(`${file}.part`)).toBe(false);
});
