import { expect, test } from 'vitest';
import { canonical, sha256 } from '../../../electron/journal/entry-line.ts';
import type { Manifest } from '../../../shared/manifest.ts';
import { BUREAU, CHEAP_CODE, contents, entryLines, packageWorld } from '../../support/package-world.ts';
import { applicationSays, verifierSays } from '../../support/readers.ts';
import { joined, tarOf } from '../../support/tar.ts';

/** Two computers before the one of a two-figure number. */
const [FIRST, SECOND, ANEW] = ['999999000001-1', '999999000001-9', '999999000001-10'];
const COMMON = `${BUREAU}/common`;
const [SENT1, SENT2, SENT] = [`${BUREAU}/${FIRST}`, `${BUREAU}/${SECOND}`, `${BUREAU}/${ANEW}`];
const INVALID = ['bundle.manifest-invalid', 'bundle.manifest-invalid'];

/** What both readers say of a package for the new computer with an entry of each stream, in this order. */
async function bothSay(kind: 'return' | 'kit', streams: readonly string[], change: object = {}) {
  const world = await packageWorld();
  const lines = streams.flatMap((stream) => entryLines(1, { stream }));
  const { linePages: _pages, ...stated } = contents({ kind, from: BUREAU, to: ANEW });
  const range = (stream: string, line = '') => {
    const { prev } = JSON.parse(line) as { prev: string };
    return { stream, first: 1, last: 1, prev, head: sha256(line).toString('hex'), count: 1 };
  };
  const bytes = joined(lines);
  const manifest: Manifest = {
    ...{ ...stated, format: 'lijing-bundle', version: 1, files: [], attachments: [] },
    streams: streams.map((stream, at) => range(stream, lines[at])),
    countsByKind: { 'training.session-recorded': lines.length },
    entries: { sizeBytes: bytes.length, sha256: sha256(bytes).toString('hex') },
  };
  const written = Buffer.from(canonical({ ...manifest, ...change }));
  await world.forge(
    tarOf([
      ['manifest.json', written],
      ['manifest.sig', world.sign(written)],
      ['entries.ndjson', bytes],
    ]),
    kind === 'kit' ? CHEAP_CODE : { recipients: [world.recipient] },
  );
  return [await applicationSays(world, kind, ANEW), await verifierSays(world, kind, ANEW)];
}

test('a kit’s streams stand in the order in which each is understood, and in no other', async () => {
  const order = [COMMON, SENT1, FIRST, SENT2, SECOND, SENT];
  expect(await bothSay('kit', order)).toEqual(['accepted', 'accepted']);
  expect(await bothSay('kit', [COMMON, FIRST, SENT])).toEqual(['accepted', 'accepted']);
  for (const at of order.slice(1).keys())
    expect(await bothSay('kit', order.toSpliced(at, 2, order[at + 1] ?? '', order[at] ?? ''))).toEqual(INVALID);
});

test('what a return brings to all stands before what it brings to one', async () => {
  expect(await bothSay('return', [COMMON, SENT])).toEqual(['accepted', 'accepted']);
  expect(await bothSay('return', [SENT, COMMON])).toEqual(INVALID);
});

test('a public key is written in one way only', async () => {
  const pairing = { signPublicKey: `${'A'.repeat(43)}=`, recipient: 'age1x', mac: 'ef'.repeat(32) };
  expect(await bothSay('return', [COMMON], { pairing })).toEqual(['accepted', 'accepted']);
  // The same 32 bytes to most decoders.
  const other = { ...pairing, signPublicKey: `${'A'.repeat(42)}B=` };
  expect(await bothSay('return', [COMMON], { pairing: other })).toEqual(INVALID);
});
