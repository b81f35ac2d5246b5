import { execFileSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { gunzipped } from '../../electron/bundle/gzip.ts';
import { newIdentity, recipientOf } from '../../electron/crypto/age-keys.ts';
import { sealed, unsealed } from '../../electron/crypto/age.ts';
import { readPieces, realDisk } from '../../electron/files/disk.ts';
import { secretsOf } from '../../electron/db/secrets.ts';
import { aCounty } from '../support/county.ts';
import { fill } from './history.ts';
import { against, type Figure, timed } from './measure.ts';
import { addPhotos } from './photos.ts';
import { valueOf, withClosed, withCore } from './sites.ts';
import { sizes } from './sizes.ts';

const RUNS = 3;

/**
 * A bundle onto the stick with its copy, flushed and read back twice, beside the `age` command that only seals the same
 * bytes into a file, and beside the commands that do all of it by hand.
 */
export async function exporting(): Promise<Figure[]> {
  const entries = Math.min(10_000, sizes.entries);
  const county = await aCounty({ ageKind: 'x25519' });
  const station = await county.station('999999010100', '城关派出所');
  const work = await mkdtemp(join(tmpdir(), 'lijing-age-'));
  try {
    await station.core.shutdown();
    await county.bureau.core.shutdown();
    const site = { dir: station.dir, loginName: 'suozhang' };
    await withClosed(site, async ({ journal, attachments }) => {
      fill(journal, entries);
      await addPhotos(journal, attachments, sizes.photosMb);
    });
    const { ours, bundle } = await withCore(site, async (core) => {
      const drive = await core.drive(county.stick);
      let fileName = '';
      const tookMs = await timed(async () => {
        ({ fileName } = await valueOf(core.call('handoff.export', { drive, medium: '' })));
      }, RUNS);
      return { ours: tookMs, bundle: join(county.stick, fileName) };
    });

    const identity = await withClosed({ dir: county.bureau.dir, loginName: 'guanli' }, ({ db }) =>
      (secretsOf(db).get('site-identity') ?? Buffer.alloc(0)).toString(),
    );
    const plain = join(work, 'plain.tar');
    await pipeline(
      gunzipped(unsealed(readPieces(realDisk, bundle), { identities: [identity] })),
      createWriteStream(plain),
    );
    const recipient = await recipientOf(await newIdentity('x25519'));
    const sealedPath = join(work, 'by-age');
    const byAge = await timed(() => execFileSync('age', ['-r', recipient, '-o', sealedPath, plain]), RUNS);
    const onStick = join(county.stick, 'by-hand');
    const byHand = await timed(() => {
      execFileSync('age', ['-r', recipient, '-o', sealedPath, plain]);
      for (const [command = '', ...args] of [
        ['cp', sealedPath, onStick],
        ['sync', sealedPath, onStick],
        ['sha256sum', sealedPath, onStick],
        ['mv', onStick, `${onStick}.age`],
        ['sha256sum', `${onStick}.age`],
      ])
        execFileSync(command, args);
    }, RUNS);
    const byLibrary = await timed(
      () =>
        pipeline(
          sealed(readPieces(realDisk, plain), { recipients: [recipient] }, false),
          createWriteStream(join(work, 'by-library')),
        ),
      RUNS,
    );
    const what = `${String(entries)} entries with ${String(sizes.photosMb)} MB of photos`;
    return [
      against(`export ${what}, beside age alone`, ours, byAge, 2),
      against('the same beside age, cp, sync and sha256sum by hand', ours, byHand, 2),
      against('sealed by the library alone, as under Electron, beside age', byLibrary, byAge, 2),
    ];
  } finally {
    await rm(work, { recursive: true, force: true });
    await county.close();
  }
}
