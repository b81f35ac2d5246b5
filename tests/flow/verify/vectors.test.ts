import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openPackage } from '../../../electron/bundle/read-package.ts';
import { ok } from '../../../shared/problem.ts';
import { memoryDisk } from '../../support/memory-disk.ts';
import { readVectors, REFOUNDING_FOLDER, VECTOR_FOLDER } from '../../vectors/vectors.ts';
import { normalCode } from '../../verify/container.ts';
import { readPackage } from '../../verify/package.ts';
import { ed25519Key } from '../../verify/succession.ts';

const lists = [
  { folder: VECTOR_FOLDER, ...(await readVectors()) },
  { folder: REFOUNDING_FOLDER, ...(await readVectors(REFOUNDING_FOLDER)) },
];
const cases = lists.flatMap(({ vectors: own, ...keys }) => own.map((vector) => ({ ...keys, ...vector })));

describe.for(cases)('the frozen package $file, $about', ({ file, kind, code: expected, ...list }) => {
  const { folder, identity, signPublicKey, bureau, station } = list;
  const code = normalCode(list.spokenCode);
  const to = kind === 'report' ? bureau : station;

  test(`comes to ${String(expected)} in the application`, async () => {
    const { disk, files } = memoryDisk();
    files.set('/stick/x', await readFile(join(folder, file)));
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
      createReadStream(join(folder, file)),
      kind === 'kit' ? { codes: [code] } : { identities: [identity] },
      { kind, to, signersOf: () => [ed25519Key(signPublicKey)] },
    );
    if (expected === null) await expect(reading).resolves.toMatchObject({ manifest: { kind } });
    else await expect(reading).rejects.toMatchObject({ code: expected });
  });
});

test('every package lies in the list once, every code of reading has its package', async () => {
  for (const { folder, vectors } of lists) {
    const lying = (await readdir(folder)).filter((name) => name.endsWith('.lijing'));
    expect(lying.sort()).toEqual(vectors.map(({ file }) => file).sort());
  }
  // bundle.unknown-sender is the receiver's own verdict, on keys that no package holds.
  expect(new Set(cases.map(({ code: told }) => told))).toEqual(
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
