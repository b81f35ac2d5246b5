import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultLimits } from '../../../electron/bundle/limits.ts';
import { READ_LIMITS, STATION_LIMITS } from '../../../electron/journal/entry-limits.ts';
import { canonical, sha256 } from '../../../electron/journal/entry-line.ts';
import { GENESIS } from '../../../shared/entry.ts';
import type { Manifest } from '../../../shared/manifest.ts';
import { problemKinds } from '../../../shared/problem.ts';
import { joined, tarOf } from '../../support/tar.ts';
import { contents, packageWorld, type PackageWorld, STATION } from '../../support/package-world.ts';
import { applicationSays, verifierSays } from '../../support/readers.ts';
import { LIMITS } from '../../verify/manifest.ts';

/** What both readers say of a report with this one line and, where given, a manifest changed before it is signed. */
async function bothSay(line: string, change: (manifest: Manifest) => object = (manifest) => manifest) {
  const world = await packageWorld();
  const written = await world.write({ lines: [aLine({})] });
  if (!written.ok) throw new Error(written.problem.code);
  const bytes = joined([line]);
  const [range] = written.value.manifest.streams;
  const head = sha256(line).toString('hex');
  const entries = { sizeBytes: bytes.length, sha256: sha256(bytes).toString('hex') };
  const manifest = change({ ...written.value.manifest, entries, streams: range ? [{ ...range, head }] : [] });
  await world.forge(signed(world, Buffer.from(canonical(manifest)), bytes));
  return [await applicationSays(world), await verifierSays(world)];
}

const signed = (world: PackageWorld, manifest: Buffer, entries: Buffer): Buffer =>
  tarOf([
    ['manifest.json', manifest],
    ['manifest.sig', world.sign(manifest)],
    ['entries.ndjson', entries],
  ]);

const aLine = (body: object, kind = 'roster.person-recorded'): string =>
  canonical({ v: 1, stream: STATION, seq: 1, at: contents().at, by: 'system', kind, body, prev: GENESIS });

test('a line of a mebibyte is read, one byte more is too large', async () => {
  const ofLength = (bytes: number): string => aLine({ text: 'x'.repeat(bytes - aLine({ text: '' }).length) });
  expect(await bothSay(ofLength(2 ** 20))).toEqual(['accepted', 'accepted']);
  expect(await bothSay(ofLength(2 ** 20 + 1))).toEqual(['bundle.too-large', 'bundle.too-large']);
});

test('thirty-two levels of objects and arrays are read, deeper ones are refused at any depth', async () => {
  /** The entry and its body are two of the levels. */
  const ofDepth = (levels: number): string =>
    aLine({ in: [] }).replace('[]', '['.repeat(levels - 2) + ']'.repeat(levels - 2));
  expect(await bothSay(ofDepth(32))).toEqual(['accepted', 'accepted']);
  for (const levels of [33, 5_000, 400_000])
    expect(await bothSay(ofDepth(levels))).toEqual(['bundle.too-large', 'bundle.too-large']);
});

test('the largest manifest there can be is read, one that would cost more to parse is not parsed', async () => {
  const digest = (n: number): string => n.toString(16).padStart(64, '0');
  const attachments = (count: number) => Array.from({ length: count }, (_, n) => ({ sha256: digest(n), sizeBytes: 1 }));
  // Fifty thousand attachments are stated, and none is there.
  const largest = (manifest: Manifest) => ({ ...manifest, attachments: attachments(50_000) });
  const beyond = (manifest: Manifest) => ({ ...manifest, known: Array.from({ length: 250_001 }, () => 0) });
  expect(await bothSay(aLine({}), largest)).toEqual(['bundle.contents-differ', 'bundle.contents-differ']);
  expect(await bothSay(aLine({}), beyond)).toEqual(['bundle.too-large', 'bundle.too-large']);
});

test('a kind or a stream the manifest does not state ends the reading where it comes', async () => {
  const foreign = aLine({}).replace(STATION, '999999000009-1');
  expect(await bothSay(foreign)).toEqual(['bundle.contents-differ', 'bundle.contents-differ']);
  expect(await bothSay(aLine({}, 'site.renamed'))).toEqual(['bundle.contents-differ', 'bundle.contents-differ']);
});

const DOCUMENT = await readFile(join(import.meta.dirname, '../../../resources/format/README.md'), 'utf8');

test('the limits the document names are those both readers hold', () => {
  const [, table = ''] = /### 上限\n([\s\S]*?)\n## /.exec(DOCUMENT) ?? [];
  const numbers = Array.from(table.matchAll(/^\| .*?\| (\d+) +\|/gm), ([, number]) => Number(number));
  const { manifest, marks, entries, file, attachment, attachments, total, line, levels } = LIMITS;
  expect(numbers).toEqual([manifest, marks, entries, file, attachment, attachments, total, line, levels]);
  expect(defaultLimits).toEqual({
    manifestBytes: manifest,
    manifestMarks: marks,
    entriesBytes: entries,
    fileBytes: file,
    attachmentBytes: attachment,
    attachments,
    totalBytes: total,
  });
  expect(READ_LIMITS).toEqual({ bytes: line, levels });
  const [, bytes, deepest] = /派出所写的流水不超过 (\d+) 字节、(\d+) 层/.exec(DOCUMENT) ?? [];
  expect(STATION_LIMITS).toEqual({ bytes: Number(bytes), levels: Number(deepest) });
});

test('every field of a package and every code of the verifier stands in the document', async () => {
  const format = join(import.meta.dirname, '../../../resources/format');
  const schemas = (await readdir(format)).filter((name) => name.endsWith('.schema.json'));
  const fields = await Promise.all(
    schemas.map(async (name) => {
      const { properties } = JSON.parse(await readFile(join(format, name), 'utf8')) as { properties: object };
      return Object.keys(properties);
    }),
  );
  expect([...new Set(fields.flat())].filter((field) => !DOCUMENT.includes(`\`${field}\``))).toEqual([]);
  const verify = join(import.meta.dirname, '../../verify');
  const sources = await Promise.all((await readdir(verify)).map((name) => readFile(join(verify, name), 'utf8')));
  const codes = sources.flatMap(
    (text) => text.match(/'(bundle|journal|entry|handoff|file|site|diagnosis)\.[a-z-]+'/g) ?? [],
  );
  const told = new Set(codes.map((code) => code.slice(1, -1)).filter((code) => Object.hasOwn(problemKinds, code)));
  expect(told.size).toBeGreaterThan(20);
  expect([...told].filter((code) => !DOCUMENT.includes(`\`${code}\``))).toEqual([]);
});
