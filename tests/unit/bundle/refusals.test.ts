import { gzipSync } from 'node:zlib';
import { generateX25519Identity } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { tarHeader } from '../../../electron/bundle/tar-layout.ts';
import { sealed } from '../../../electron/crypto/age.ts';
import { newSigningKey } from '../../../electron/crypto/ed25519.ts';
import { canonical, sha256 } from '../../../electron/journal/entry-line.ts';
import type { Manifest } from '../../../shared/manifest.ts';
import { fail, ok } from '../../../shared/problem.ts';
import { memoryDisk } from '../../support/memory-disk.ts';
import {
  BUREAU,
  CHEAP_CODE,
  type PackageWorld,
  STATION,
  allOf,
  anAttachment,
  entryLines,
  packageWorld,
  piecesOf,
} from '../../support/package-world.ts';

const withCode = (code: string) => ({ ok: false, problem: expect.objectContaining({ code }) });
const asKit = { keys: CHEAP_CODE, expect: { kind: 'kit' as const } };

async function smallKit(attachments = [anAttachment(Buffer.from('%PDF'))]): Promise<PackageWorld> {
  const world = await packageWorld();
  const lines = entryLines(1, { stream: `${BUREAU}/common` });
  await world.write({ kind: 'kit', from: BUREAU, to: STATION, lines, attachments }, CHEAP_CODE);
  return world;
}

/** Refused, and nothing left in the temporary place. */
async function expectRefused(
  world: PackageWorld,
  label: string,
  over: Parameters<PackageWorld['open']>[0] = asKit,
): Promise<string> {
  const result = await world.open(over);
  expect(result.ok, label).toBe(false);
  expect([...world.files.keys()], label).toEqual([world.path]);
  return result.ok ? '' : result.problem.code;
}

const onStick = (world: PackageWorld): Buffer => world.files.get(world.path) ?? Buffer.alloc(0);

describe('a package that was damaged on the way', () => {
  it('is refused for a flipped bit in any byte', async () => {
    const world = await smallKit([]);
    const whole = onStick(world);
    for (let bit = 0; bit < whole.length * 8; bit += 7) {
      const altered = Buffer.from(whole);
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      world.files.set(world.path, altered);
      await expectRefused(world, `bit ${bit}`);
    }
  }, 60_000);

  it('is refused at every length it can be cut to, and with anything behind its end', async () => {
    const world = await smallKit();
    const whole = onStick(world);
    for (let length = 0; length < whole.length; length += 1) {
      world.files.set(world.path, whole.subarray(0, length));
      const code = await expectRefused(world, `length ${length}`);
      expect(code).toBe(length < 22 ? 'bundle.not-a-bundle' : 'bundle.damaged');
    }
    for (const rest of [[0], [0x1f, 0x8b], Array.from(whole)]) {
      world.files.set(world.path, Buffer.concat([whole, Buffer.from(rest)]));
      expect(await expectRefused(world, 'longer')).toBe('bundle.damaged');
    }
  });
});

describe('a package sealed by somebody else', () => {
  it('is refused for a changed bit all over the tar inside', async () => {
    const world = await smallKit();
    const tar = await world.tarOf(CHEAP_CODE);
    for (let index = 0; index < tar.length; index += 19) {
      const altered = Buffer.from(tar);
      altered[index] = (altered[index] ?? 0) ^ (1 << (index % 8));
      await world.forge(altered, CHEAP_CODE);
      await expectRefused(world, `byte ${index}`);
    }
  }, 60_000);

  it('is refused when the tar inside is cut at any block, or goes on', async () => {
    const world = await smallKit();
    const tar = await world.tarOf(CHEAP_CODE);
    for (let length = 0; length < tar.length; length += 256) {
      await world.forge(tar.subarray(0, length), CHEAP_CODE);
      expect(await expectRefused(world, `length ${length}`)).toBe('bundle.damaged');
    }
    await world.forge(Buffer.concat([tar, Buffer.alloc(512)]), CHEAP_CODE);
    expect(await expectRefused(world, 'longer')).toBe('bundle.contents-differ');
  });

  it('is refused when anything stands behind the compressed tar', async () => {
    const world = await smallKit();
    const compressed = gzipSync(await world.tarOf(CHEAP_CODE));
    for (const rest of [Buffer.alloc(1), Buffer.from('x'), gzipSync('x'), Buffer.alloc(300_000)]) {
      world.files.set(world.path, await allOf(sealed(piecesOf(compressed, rest), CHEAP_CODE)));
      expect(['bundle.damaged', 'bundle.contents-differ']).toContain(await expectRefused(world, 'longer'));
    }
  });

  it('is refused with members exchanged, doubled, missing or added', async () => {
    const world = await packageWorld();
    const [one, two] = [Buffer.from('%PDF-1'), Buffer.from('%PDF-2')];
    await world.write({ attachments: [anAttachment(one), anAttachment(two)] });
    const tar = await world.tarOf();
    const [first, second, end] = [tar.subarray(-3072, -2048), tar.subarray(-2048, -1024), tar.subarray(-1024)];
    const before = tar.subarray(0, -3072);
    const link = Buffer.concat([tarHeader('attachments/link', 0)]);
    link[156] = '2'.charCodeAt(0);
    const path = tarHeader('../../outside', 0);
    const variants = [[second, first], [first, first, second], [first], [first, second, link], [first, path, second]];
    for (const members of variants) {
      await world.forge(Buffer.concat([before, ...members, end]));
      expect(await world.open()).toEqual(withCode('bundle.contents-differ'));
    }
    await world.forge(tar);
    expect((await world.open()).ok).toBe(true);
  });

  it('is refused when it does not begin with a manifest', async () => {
    const world = await packageWorld();
    await world.forge(Buffer.concat([tarHeader('entries.ndjson', 0), Buffer.alloc(1024)]));
    expect(await world.open()).toEqual(withCode('bundle.manifest-invalid'));
    world.files.set(
      world.path,
      await allOf(sealed(piecesOf(Buffer.from('no gzip')), { recipients: [world.recipient] })),
    );
    expect(await world.open()).toEqual(withCode('bundle.damaged'));
  });

  it('is refused under another signature', async () => {
    const world = await packageWorld();
    await world.write();
    expect(await world.open({ keysOf: () => ok([newSigningKey().publicKey]) })).toEqual(
      withCode('bundle.signature-invalid'),
    );
  });
});

/** A package whose manifest was changed before it was signed; the rest is left as it is. */
async function signedAnew(
  world: PackageWorld,
  change: (manifest: Manifest) => unknown,
  form = canonical,
): Promise<void> {
  const tar = await world.tarOf();
  const size = Number.parseInt(tar.toString('ascii', 124, 135), 8);
  const rest = tar.subarray(512 + Math.ceil(size / 512) * 512 + 1024);
  const bytes = Buffer.from(form(change(JSON.parse(tar.toString('utf8', 512, 512 + size)) as Manifest)));
  const padding = Buffer.alloc((512 - (bytes.length % 512)) % 512);
  const signature = Buffer.concat([world.sign(bytes), Buffer.alloc(448)]);
  await world.forge(
    Buffer.concat([
      tarHeader('manifest.json', bytes.length),
      bytes,
      padding,
      tarHeader('manifest.sig', 64),
      signature,
      rest,
    ]),
  );
}

describe('a package that is what it says, but not for here', () => {
  it.each([
    ['no file of ours', 'bundle.not-a-bundle', Buffer.from('PK\x03\x04 a workbook')],
    ['an empty file', 'bundle.not-a-bundle', Buffer.alloc(0)],
    [
      'an age file without an end to its header',
      'bundle.damaged',
      Buffer.from('age-encryption.org/v1\n-> X25519 abc\n'),
    ],
    ['an endless header', 'bundle.damaged', Buffer.from(`age-encryption.org/v1\n${'-> x\n'.repeat(20_000)}`)],
  ])('is refused: %s', async (_, code, bytes) => {
    const world = await packageWorld();
    world.files.set(world.path, bytes);
    expect(await world.open()).toEqual(withCode(code));
  });

  it('is refused: sealed to another bureau, or addressed to one', async () => {
    const world = await packageWorld();
    await world.write();
    expect(await world.open({ keys: { identities: [await generateX25519Identity()] } })).toEqual(
      withCode('bundle.not-for-us'),
    );
    expect(await world.open({ expect: { kind: 'report', to: '999999000009-1' } })).toEqual(
      withCode('bundle.not-for-us'),
    );
  });

  it('is refused: a kit with another code, or a code that costs too much to try', async () => {
    const world = await smallKit();
    expect(await world.open({ ...asKit, keys: { code: 'ANOTHER' } })).toEqual(withCode('bundle.wrong-code'));
    const costly = onStick(world)
      .toString('latin1')
      .replace(/(-> scrypt \S+) 1\n/, '$1 20\n');
    world.files.set(world.path, Buffer.from(costly, 'latin1'));
    expect(await world.open(asKit)).toEqual(withCode('bundle.damaged'));
  });

  it('is refused: a return where a report was meant, a kit where a return was, a report where a kit was', async () => {
    const world = await smallKit();
    expect(await world.open()).toEqual(withCode('bundle.wrong-kind'));
    await world.write();
    expect(await world.open({ expect: { kind: 'return', to: BUREAU } })).toEqual(withCode('bundle.wrong-kind'));
    expect(await world.open(asKit)).toEqual(withCode('bundle.wrong-kind'));
  });

  it('is refused: from a sender that is not known', async () => {
    const world = await packageWorld();
    await world.write();
    expect(await world.open({ keysOf: () => fail('bundle.unknown-sender') })).toEqual(
      withCode('bundle.unknown-sender'),
    );
  });

  it('is refused: from a newer version, whatever else that says', async () => {
    const world = await packageWorld();
    await world.write();
    await signedAnew(world, (manifest) => ({ ...manifest, version: 2, invented: true }));
    expect(await world.open()).toEqual({ ok: false, problem: { code: 'bundle.too-new', detail: { version: 2 } } });
  });
});

describe('a manifest signed by its station that does not hold', () => {
  const other = sha256('other').toString('hex');
  it.each<[string, string, (manifest: Manifest) => unknown]>([
    ['an unknown field', 'bundle.manifest-invalid', (manifest) => ({ ...manifest, extra: 1 })],
    ['a field missing', 'bundle.manifest-invalid', ({ number: _, ...manifest }) => manifest],
    ["another station's stream", 'bundle.manifest-invalid', (manifest) => ({ ...manifest, from: '999999000002-1' })],
    [
      'a count that is not the range',
      'bundle.manifest-invalid',
      (m) => ({ ...m, streams: m.streams.map((s) => ({ ...s, count: 9 })) }),
    ],
    [
      'counts by kind that do not add up',
      'bundle.manifest-invalid',
      (m) => ({ ...m, countsByKind: { 'roster.person-recorded': 9 } }),
    ],
    [
      'a path as a file name',
      'bundle.manifest-invalid',
      (m) => ({ ...m, files: [{ name: '../x.json', sizeBytes: 1, sha256: other }] }),
    ],
    ['attachments in disorder', 'bundle.manifest-invalid', (m) => ({ ...m, attachments: m.attachments.toReversed() })],
    [
      'other counts by kind',
      'bundle.contents-differ',
      (m) => ({ ...m, countsByKind: { 'roster.person-recorded': 3 } }),
    ],
    [
      'another head',
      'bundle.contents-differ',
      (m) => ({ ...m, streams: m.streams.map((s) => ({ ...s, head: other })) }),
    ],
    [
      'another hash before the first',
      'bundle.contents-differ',
      (m) => ({ ...m, streams: m.streams.map((s) => ({ ...s, prev: other })) }),
    ],
    ['other entries', 'bundle.contents-differ', (m) => ({ ...m, entries: { ...m.entries, sha256: other } })],
    [
      'another size of the entries',
      'bundle.contents-differ',
      (m) => ({ ...m, entries: { ...m.entries, sizeBytes: 12 } }),
    ],
    ['one attachment fewer', 'bundle.contents-differ', (m) => ({ ...m, attachments: m.attachments.slice(1) })],
    [
      'an attachment over 20 MB',
      'bundle.too-large',
      (m) => ({ ...m, attachments: m.attachments.map((a) => ({ ...a, sizeBytes: 20 * 2 ** 20 + 1 })) }),
    ],
    ['more than a disk', 'bundle.too-large', (m) => ({ ...m, entries: { ...m.entries, sizeBytes: 2 ** 45 } })],
  ])('is refused: %s', async (_, code, change) => {
    const world = await packageWorld();
    await world.write({ attachments: [anAttachment(Buffer.from('%PDF-1')), anAttachment(Buffer.from('%PDF-2'))] });
    await signedAnew(world, change);
    expect(await world.open()).toEqual(withCode(code));
    expect([...world.files.keys()]).toEqual([world.path]);
  });

  it('is refused: not in canonical form', async () => {
    const world = await packageWorld();
    await world.write();
    await signedAnew(
      world,
      (manifest) => manifest,
      (manifest) => JSON.stringify(manifest, null, 1),
    );
    expect(await world.open()).toEqual(withCode('bundle.manifest-invalid'));
  });

  it('is refused: larger than a manifest may be', async () => {
    const world = await packageWorld();
    await world.write();
    expect(await world.open({ limits: { manifestBytes: 100 } })).toEqual(withCode('bundle.too-large'));
  });
});

describe('a fault of the disk while reading', () => {
  it.each([
    ['ENOSPC', ['disk.full']],
    // Of the stick it is read from, and of the own disk it is opened on.
    ['EIO', ['disk.gone', 'disk.failing']],
  ])('is told as what it is, at any step, and leaves nothing behind: %s', async (code, problems) => {
    const world = await smallKit();
    const bytes = onStick(world);
    const told = new Set<string>();
    for (let at = 1; ; at += 1) {
      const { disk, files } = memoryDisk({ at, code });
      files.set(world.path, bytes);
      const result = await world.open({ ...asKit, disk });
      if (result.ok) break;
      told.add(result.problem.code);
      expect([...files.keys()]).toEqual([world.path]);
      expect(at).toBeLessThan(50);
    }
    expect([...told]).toEqual(problems);
  });

  it('is found out before unpacking when there is no room', async () => {
    const world = await smallKit();
    const freeBytes = (): Promise<number> => Promise.resolve(3);
    expect(await world.open({ ...asKit, disk: { ...world.disk, freeBytes } })).toEqual(withCode('disk.full'));
  });
});

it('stops when cancelled, and leaves nothing behind', async () => {
  const world = await packageWorld();
  await world.write({ lines: entryLines(50) });
  const cancel = new AbortController();
  cancel.abort();
  expect(await world.open({ signal: cancel.signal })).toEqual(withCode('request.cancelled'));
  expect(await world.open({ signal: AbortSignal.any([]) })).toMatchObject({ ok: true });
});
