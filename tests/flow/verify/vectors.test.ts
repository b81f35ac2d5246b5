import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openPackage } from '../../../electron/bundle/read-package.ts';
import { ok } from '../../../shared/problem.ts';
import { memoryDisk } from '../../support/memory-disk.ts';
import { readVectors, VECTOR_FOLDER } from '../../vectors/vectors.ts';
import { normalCode } from '../../verify/container.ts';
import { readPackage } from '../../verify/package.ts';
import { ed25519Key } from '../../verify/succession.ts';

const { vectors, identity, spokenCode, signPublicKey, bureau, station } = await readVectors();
const code = normalCode(spokenCode);

describe.for(vectors)('the frozen package $file, $about', ({ file, kind, code: expected }) => {
  const to = kind === 'report' ? bureau : station;

  test(`comes to ${String(expected)} in the application`, async () => {
    const { disk, files } = memoryDisk();
    files.set('/stick/x', await readFile(join(VECTOR_FOLDER, file)));
    const opened = await openPackage({
      path: '/stick/x',
      keys: kind === 'kit' ? { code } : { identities: [identity] },
      tempDir: '/temp',
      expect: { kind, to },
      keysOf: () => ok([signPublicKey]),
      disk,
    });
    expect(opened.ok ? null : opened.problem.code).toBe(expected);
    if (opened.ok) await opened.value.dispose();
    expect([...files.keys()]).toEqual(['/stick/x']);
  });

  test(`comes to ${String(expected)} in the verifier`, async () => {
    const reading = readPackage(
      createReadStream(join(VECTOR_FOLDER, file)),
      kind === 'kit' ? { codes: [code] } : { identities: [identity] },
      { kind, to, signersOf: () => [ed25519Key(signPublicKey)] },
    );
    if (expected === null) await expect(reading).resolves.toMatchObject({ manifest: { kind } });
    else await expect(reading).rejects.toMatchObject({ code: expected });
  });
});

test('every package lies in the list once, every code of reading has its package', async () => {
  const lying = (await readdir(VECTOR_FOLDER)).filter((name) => name.endsWith('.lijing'));
  expect(lying.sort()).toEqual(vectors.map(({ file }) => file).sort());
  // bundle.unknown-sender is the receiver's own verdict, on keys that no package holds.
  expect(new Set(vectors.map(({ code: told }) => told))).toEqual(
    new Set([
      null,
      'bundle.not-a-bundle',
      'bundle.damaged',
      'bundle.not-for-us',
      'bundle.wrong-kind',
      'bundle.wrong-code',
      'bundle.signature-invalid',
      'bundle.too-new',
      'bundle.manifest-invalid',
      'bundle.too-large',
      'bundle.contents-differ',
      'journal.chain-broken',
    ]),
  );
});
