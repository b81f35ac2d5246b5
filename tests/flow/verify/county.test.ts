import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { pairingMac } from '../../../electron/bundle/pairing.ts';
import { canonical, sha256 } from '../../../electron/journal/entry-line.ts';
import { GENESIS } from '../../../shared/entry.ts';
import type { Receipt } from '../../../shared/manifest.ts';
import { BUREAU, type ContentsOver, entryLines, packageWorld, STATION } from '../../support/package-world.ts';
import { county } from '../../verify/county.ts';
import { type Package, readPackage } from '../../verify/package.ts';
import { ed25519Key } from '../../verify/succession.ts';

const ACCOUNT = '3f0e2c1a-5b6d-4c7e-8f90-a1b2c3d4e5f6';

/** A package written by the application and read by the verifier. */
async function aPackage(over: ContentsOver): Promise<Package> {
  const world = await packageWorld();
  const written = await world.write(over);
  if (!written.ok) throw new Error(written.problem.code);
  const file = world.files.get(world.path) ?? Buffer.alloc(0);
  return readPackage([file], { identities: [world.identity] }, { signersOf: () => [ed25519Key(world.publicKey)] });
}

const together = (...packages: readonly Package[]) => {
  const all = county();
  for (const one of packages) all.add(one);
  return all;
};

const headOf = (lines: readonly string[]): string => sha256(lines.at(-1) ?? '').toString('hex');

test('packages that follow on each other are one stream, in any order, and what lies between is named', async () => {
  const lines = entryLines(9);
  const [first, second, third] = await Promise.all(
    [lines.slice(0, 3), lines.slice(3, 6), lines.slice(6)].map((some) => aPackage({ lines: some })),
  );
  if (!first || !second || !third) throw new Error('three packages');
  const head = headOf(lines);
  expect(together(third, first).streams()).toEqual([{ stream: STATION, entries: 6, lastSeq: 9, head, gaps: [[4, 6]] }]);
  expect(together(third, first, second).streams()).toEqual([
    { stream: STATION, entries: 9, lastSeq: 9, head, gaps: [] },
  ]);
});

test('a stream that went on differently is a fork, under the same number or behind it', async () => {
  const lines = entryLines(6);
  const whole = await aPackage({ lines });
  const other = await aPackage({ lines: entryLines(6, { text: '另一段历史' }) });
  expect(() => together(whole, other)).toThrow('journal.fork');
  const behind = await aPackage({ lines: entryLines(2, { first: 7, prev: 'ab'.repeat(32) }) });
  expect(() => together(whole, behind)).toThrow('journal.fork');
  expect(() => together(behind, whole)).toThrow('journal.fork');
});

/** A chain of an account and one act that it signs with `key`. */
function signedLines(account: KeyObject, key: KeyObject): string[] {
  const raw = account.export({ format: 'jwk' }).x ?? '';
  const publicKey = Buffer.from(raw, 'base64url').toString('base64');
  const about = { v: 1, stream: STATION, at: '2026-11-24T08:00:00.000Z' };
  const created = canonical({
    ...about,
    seq: 1,
    by: 'system',
    kind: 'site.account-created',
    body: { id: ACCOUNT, name: '师父', loginName: 'shifu', roles: ['mentor'], personId: null, publicKey },
    prev: GENESIS,
  });
  const act = {
    ...about,
    seq: 2,
    by: ACCOUNT,
    kind: 'mentorship.seen',
    body: {},
    prev: headOf([created]),
  };
  const sig = sign(null, Buffer.from(canonical(act)), key).toString('base64');
  return [created, canonical({ ...act, sig })];
}

test('a personal signature counts under its author’s key alone, and is unknown without it', async () => {
  const own = generateKeyPairSync('ed25519');
  const foreign = generateKeyPairSync('ed25519');
  const lines = signedLines(own.publicKey, own.privateKey);
  expect(together(await aPackage({ lines })).checkSignatures()).toEqual({ valid: 1, unknown: 0 });
  expect(together(await aPackage({ lines: lines.slice(1) })).checkSignatures()).toEqual({ valid: 0, unknown: 1 });
  const forged = await aPackage({ lines: signedLines(own.publicKey, foreign.privateKey) });
  const bare = canonical({ ...(JSON.parse(lines[1] ?? '') as object), sig: undefined });
  const unsigned = await aPackage({ lines: [lines[0] ?? '', bare] });
  expect(() => together(unsigned)).toThrow('journal.unsigned');
  expect(() => together(forged).checkSignatures()).toThrow('entry.signature-invalid');
});

const aReturn = (receipt: Receipt): Promise<Package> =>
  aPackage({
    kind: 'return',
    from: BUREAU,
    to: STATION,
    lines: [],
    known: receipt.through === 0 ? [] : [{ stream: STATION, seq: receipt.through, hash: receipt.hash }],
    files: [{ name: 'receipt.json', bytes: Buffer.from(JSON.stringify(receipt)) }],
  });

test('a receipt must be of this history, and its counts those of the bundle', async () => {
  const lines = entryLines(3);
  const bundle = await aPackage({ lines });
  const taken = { number: 7, sha256: bundle.sha256, accepted: 2, alreadyKnown: 0, quarantined: 1, held: 0 };
  const receipt: Receipt = {
    v: 1,
    stream: STATION,
    through: 3,
    hash: headOf(lines),
    missing: [],
    quarantined: [{ seq: 2, code: 'entry.body-invalid' }],
    bundles: [taken],
  };
  const check = async (told: Receipt) => together(bundle, await aReturn(told)).checkReceipts();
  await expect(check(receipt)).resolves.toBeUndefined();
  await expect(check({ ...receipt, hash: 'cd'.repeat(32) })).rejects.toThrow('handoff.receipt-not-our-history');
  await expect(check({ ...receipt, through: 0, hash: 'cd'.repeat(32) })).rejects.toThrow('handoff.receipt-not-our');
  await expect(check({ ...receipt, bundles: [{ ...taken, accepted: 3 }] })).rejects.toThrow('counts of bundle 7');
  await expect(check({ ...receipt, stream: BUREAU })).rejects.toThrow('receipt.json');
});

test('a report is held to the secret of its station’s kit', async () => {
  const world = await packageWorld();
  const secret = Buffer.alloc(32, 7);
  const keys = { signPublicKey: world.publicKey, recipient: world.recipient };
  const pairing = { ...keys, mac: pairingMac(secret, { from: STATION, to: BUREAU, ...keys }) };
  const site = { v: 1, station: '城关派出所', bureau: '青山县公安局', secret: secret.toString('base64') };
  const kit = await aPackage({
    kind: 'return',
    from: BUREAU,
    to: STATION,
    lines: [],
    pairing: { ...keys, mac: pairingMac(secret, { from: BUREAU, to: STATION, ...keys }) },
    files: [{ name: 'site.json', bytes: Buffer.from(JSON.stringify(site)) }],
  });
  const asKit: Package = { ...kit, manifest: { ...kit.manifest, kind: 'kit' } };
  const report = await aPackage({ pairing });
  const stranger = await aPackage({ pairing: { ...pairing, mac: 'ef'.repeat(32) } });
  expect(() => together(report, asKit).checkPairings()).not.toThrow();
  expect(() => together(asKit, stranger).checkPairings()).toThrow('bundle.unknown-sender');
});
