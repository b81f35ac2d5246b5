import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openPackage } from '../../../electron/bundle/read-package.ts';
import { fail, ok } from '../../../shared/problem.ts';
import { memoryDisk } from '../../support/memory-disk.ts';
import {
  EDGES_FOLDER,
  FROZEN,
  HELP_FOLDER,
  KEYS_FOLDER,
  readVectors,
  REFOUNDING_FOLDER,
  STRICT_FOLDER,
  VECTOR_FOLDER,
  type Vector,
} from '../../vectors/vectors.ts';
import { normalCode } from '../../verify/container.ts';
import { county } from '../../verify/county.ts';
import { type Package, readPackage } from '../../verify/package.ts';
import { ed25519Key } from '../../verify/succession.ts';

const lists = [
  { folder: VECTOR_FOLDER, ...(await readVectors()) },
  { folder: REFOUNDING_FOLDER, ...(await readVectors(REFOUNDING_FOLDER)) },
  { folder: EDGES_FOLDER, ...(await readVectors(EDGES_FOLDER)) },
  { folder: KEYS_FOLDER, ...(await readVectors(KEYS_FOLDER)) },
  { folder: STRICT_FOLDER, ...(await readVectors(STRICT_FOLDER)) },
];
type List = Omit<(typeof lists)[number], 'vectors'>;
const identitiesOf = ({ identity, hybridIdentity }: List) => [identity, ...(hybridIdentity ? [hybridIdentity] : [])];

/** What the verifier reads in a package of a list. */
const verified = ({
  file,
  kind,
  revoked = [],
  ...list
}: List & Pick<Vector, 'file' | 'kind' | 'revoked'>): Promise<Package> =>
  readPackage(
    createReadStream(join(list.folder, file)),
    kind === 'kit' ? { codes: [normalCode(list.spokenCode)] } : { identities: identitiesOf(list) },
    {
      kind,
      to: [kind === 'report' ? list.bureau : list.station],
      revoked,
      signersOf: () => [ed25519Key(list.signPublicKey)],
    },
  );
const cases = lists.flatMap(({ vectors: own, ...keys }) => own.map((vector) => ({ ...keys, ...vector })));

describe.for(cases)('the frozen package $file, $about', ({ file, kind, code: expected, revoked = [], ...list }) => {
  const { folder, signPublicKey, bureau, station } = list;
  const code = normalCode(list.spokenCode);
  const to = kind === 'report' ? bureau : station;

  test(`comes to ${String(expected)} in the application`, async () => {
    const { disk, files } = memoryDisk();
    files.set('/stick/x', await readFile(join(folder, file)));
    const opened = await openPackage({
      path: '/stick/x',
      keys: kind === 'kit' ? { code } : { identities: identitiesOf(list) },
      tempDir: '/temp',
      expect: { kind, to },
      keysOf: ({ from }) => (revoked.includes(from) ? fail('handoff.sender-revoked') : ok([signPublicKey])),
      disk,
    });
    expect(opened.ok ? null : opened.problem.code).toBe(expected);
    if (opened.ok) await opened.value.dispose();
    expect([...files.keys()]).toEqual(['/stick/x']);
  });

  test(`comes to ${String(expected)} in the verifier`, async () => {
    const reading = verified({ file, kind, revoked, ...list });
    if (expected === null) await expect(reading).resolves.toMatchObject({ manifest: { kind } });
    else await expect(reading).rejects.toMatchObject({ code: expected });
  });
});

const beside = lists.flatMap(({ vectors: own, ...list }) =>
  own.flatMap((vector) => (vector.together === undefined ? [] : [{ ...vector, own, list }])),
);
test.for(beside)('beside others $file comes to $together in the verifier', async (vector) => {
  const { own, list, after = [], together = null } = vector;
  const before = after.map((name) => own.filter(({ file }) => file === name));
  const packages = await Promise.all([...before.flat(), vector].map((one) => verified({ ...list, ...one })));
  const check = (): number => {
    const all = county();
    for (const one of packages) all.add(one);
    all.checkPairings();
    all.checkKeys();
    all.checkLineage();
    all.checkReceipts();
    return all.checkSignatures().unknown;
  };
  if (together === null) expect(check()).toBe(0);
  else expect(check).toThrow(together);
});

test('no package was made again, and none was added or left out unnoticed', async () => {
  const digest = async (path: string) =>
    createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
  const frozen = JSON.parse(await readFile(FROZEN, 'utf8')) as Readonly<Record<string, string>>;
  const lying: Record<string, string> = {};
  for (const folder of [...lists.map((list) => list.folder), HELP_FOLDER])
    for (const name of await readdir(folder)) lying[`${basename(folder)}/${name}`] = await digest(join(folder, name));
  expect(lying).toEqual(frozen);
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
      'bundle.key-superseded',
      'handoff.sender-revoked',
      'journal.chain-broken',
    ]),
  );
});
