import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { tarHeader } from '../../../electron/bundle/tar-layout.ts';
import { sealed } from '../../../electron/crypto/age.ts';
import type { Disk } from '../../../electron/files/disk.ts';
import { canonical, sha256 } from '../../../electron/journal/entry-line.ts';
import type { Manifest } from '../../../shared/manifest.ts';
import { tarOf } from '../../support/tar.ts';
import { allOf, packageWorld, type PackageWorld, piecesOf } from '../../support/package-world.ts';
import { verifierSays } from '../../support/readers.ts';

const MIB = 2 ** 20;
const BOMB_BYTES = 10 * 1024 * MIB;

/** Ten gibibytes of zeros in ten megabytes of gzip members. */
const zeros = gzipSync(Buffer.alloc(32 * MIB));
const bomb: readonly Buffer[] = Array.from({ length: BOMB_BYTES / (32 * MIB) }, () => zeros);

/** Tar blocks without the end, so that the bomb goes on where they stop. */
const open = (members: Parameters<typeof tarOf>[0], next: Buffer): Buffer =>
  Buffer.concat([tarOf(members).subarray(0, -1024), next]);

async function aReport(): Promise<{ readonly world: PackageWorld; readonly manifest: Manifest }> {
  const world = await packageWorld();
  const written = await world.write();
  if (!written.ok) throw new Error(written.problem.code);
  return { world, manifest: written.value.manifest };
}

/** The members up to the entries, the manifest changed and signed. */
function begun(world: PackageWorld, manifest: object, next: Buffer): Buffer {
  const bytes = Buffer.from(canonical(manifest));
  return open(
    [
      ['manifest.json', bytes],
      ['manifest.sig', world.sign(bytes)],
    ],
    next,
  );
}

const zerosDigest = { sha256: sha256('whatever').toString('hex') };

const bombs: Readonly<Record<string, (report: Awaited<ReturnType<typeof aReport>>) => Buffer | Promise<Buffer>>> = {
  'in the place of the tar': () => Buffer.alloc(0),
  'as a manifest': () => tarHeader('manifest.json', 8 ** 11 - 1),
  'as entries': ({ world, manifest }) =>
    begun(
      world,
      { ...manifest, entries: { ...zerosDigest, sizeBytes: 4096 * MIB } },
      tarHeader('entries.ndjson', 4096 * MIB),
    ),
  'as an attachment': ({ world, manifest }) =>
    begun(
      world,
      { ...manifest, attachments: [{ ...zerosDigest, sizeBytes: BOMB_BYTES }] },
      tarHeader('entries.ndjson', manifest.entries.sizeBytes),
    ),
  'behind the end': ({ world }) => world.tarOf(),
};

/** A disk that counts what is read from the package and written beside it. */
function counting(disk: Disk) {
  const bytes = { read: 0, written: 0 };
  const opened: Disk['open'] = async (path, flags) => {
    const file = await disk.open(path, flags);
    return {
      ...file,
      read: async (...where) => {
        const result = await file.read(...where);
        bytes.read += result.bytesRead;
        return result;
      },
      write: async (...what) => {
        const result = await file.write(...what);
        bytes.written += result.bytesWritten;
        return result;
      },
    };
  };
  return { bytes, disk: { ...disk, open: opened } };
}

test.each(Object.entries(bombs))('ten gibibytes of zeros %s are refused after their first', async (_where, start) => {
  const report = await aReport();
  const { world } = report;
  const packed = [gzipSync(await start(report)), ...bomb];
  const file = await allOf(sealed(piecesOf(...packed), { recipients: [world.recipient] }));
  expect(file.length).toBeLessThan(11 * MIB);
  world.files.set(world.path, file);
  const { bytes, disk } = counting(world.disk);
  const refused = await world.open({ disk });
  const code = refused.ok ? 'accepted' : refused.problem.code;
  expect(['bundle.too-large', 'bundle.manifest-invalid', 'bundle.contents-differ']).toContain(code);
  // What is read ahead of the refusal: a piece of the file and the chunks of age in it.
  expect(bytes.read).toBeLessThan(1.5 * MIB);
  expect(bytes.written).toBeLessThan(MIB);
  expect([...world.files.keys()]).toEqual([world.path]);
  expect(await verifierSays(world)).toBe(code);
});
