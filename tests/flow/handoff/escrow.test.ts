import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newIdentity, readIdentity, recipientOf, withEscrow } from '../../../electron/crypto/age-keys.ts';
import { aCounty, type County } from '../../support/county.ts';
import { aCore, PASSWORD, type TestSite } from '../../support/site.ts';
import { readPackage } from '../../verify/package.ts';
import { ed25519Key } from '../../verify/succession.ts';

const SITE = '999999010100-1';
const SECOND = { secondLoginName: 'erguan', secondPassword: PASSWORD };
let county: County;
let station: TestSite;
beforeEach(async () => {
  county = await aCounty();
  station = await county.station('999999010100', '城关派出所');
  await county.bureau.account('erguan', ['admin']);
});
afterEach(() => county.close());

/** Makes the escrow key and reads it back; the key as it was shown. */
async function madeEscrow(): Promise<string> {
  const { escrowKey } = await county.bureau.call('site.makeEscrow', SECOND);
  await county.bureau.call('site.confirmEscrow', { escrowKey: escrowKey.toLowerCase() });
  return escrowKey;
}

/** The kinds of recipients a sealed file names. */
async function sealedTo(path: string): Promise<string[]> {
  const header = (await readFile(path)).subarray(0, 20_000).toString('latin1').split('\n--- ')[0] ?? '';
  return Array.from(header.matchAll(/\n-> (\S+)/g), ([, kind = '']) => kind);
}

async function aReturn(): Promise<string> {
  const { bureau, stick } = county;
  const { fileName } = await bureau.call('handoff.writeReturn', { site: SITE, drive: await bureau.drive(stick) });
  return join(stick, fileName);
}
const take = async (path: string) => station.call('handoff.importReturn', { file: await station.file(path, 'bundle') });

/** The verifier’s reading of a report, with the identity alone. */
async function readWith(identity: string, path: string) {
  const signersOf = (manifest: Parameters<Parameters<typeof readPackage>[2]['signersOf']>[0]) =>
    manifest.pairing ? [ed25519Key(manifest.pairing.signPublicKey)] : [];
  return readPackage([await readFile(path)], { identities: [identity] }, { signersOf });
}

test('an escrow key counts only once it was read back from paper, by no slip of the pen', async () => {
  const { bureau } = county;
  const alone = { secondLoginName: 'guanli', secondPassword: PASSWORD };
  expect(await bureau.refusal('site.makeEscrow', alone)).toEqual({ code: 'site.second-person-same' });
  const { escrowKey } = await bureau.call('site.makeEscrow', SECOND);
  const slip = escrowKey.replace(/.$/, (last) => (last === 'Q' ? 'P' : 'Q'));
  for (const typed of ['', 'AGE-SECRET-KEY-1', slip, await newIdentity('x25519')])
    expect(await bureau.refusal('site.confirmEscrow', { escrowKey: typed })).toEqual({ code: 'site.escrow-key-wrong' });
  await county.receive(await county.report(station));
  expect(await sealedTo(await aReturn())).toHaveLength(1);
  expect(await bureau.call('site.escrow', {})).toMatchObject({ check: null, pending: expect.any(String) });
  await bureau.call('site.confirmEscrow', { escrowKey });
  expect(await bureau.call('site.escrow', {})).toMatchObject({ check: expect.any(String), pending: null });
});

test('once stations know of it everything is sealed to both, and the escrow alone opens it', async () => {
  await county.receive(await county.report(station));
  const escrowKey = await madeEscrow();
  const down = await aReturn();
  expect(await sealedTo(down)).toEqual(['X25519', 'X25519']);
  await take(down);
  await station.call('site.rename', { printingName: '城关所' });
  const bundle = await county.report(station);
  expect(await sealedTo(bundle)).toEqual(['X25519', 'X25519']);
  const identity = (await readIdentity(escrowKey)) ?? '';
  expect((await readWith(identity, bundle)).manifest).toMatchObject({ kind: 'report', from: SITE });
  await expect(readWith(await newIdentity('x25519'), bundle)).rejects.toThrow('bundle.not-for-us');
  expect((await county.receive(bundle))[0]?.problem).toBeNull();
});

test('it is kept on a stick for the safe, and read back from there', async () => {
  const { bureau, stick } = county;
  const { escrowKey } = await bureau.call('site.makeEscrow', SECOND);
  const drive = await bureau.drive(stick);
  const { fileName } = await bureau.call('site.keepEscrow', { escrowKey, drive });
  const other = join(stick, 'letter.txt');
  await writeFile(other, '这是一封信');
  const wrong = { file: await bureau.file(other, 'key') };
  expect(await bureau.refusal('site.confirmEscrow', wrong)).toEqual({ code: 'site.escrow-key-wrong' });
  await writeFile(other, 'x'.repeat(20_000));
  expect(await bureau.refusal('site.confirmEscrow', wrong)).toEqual({ code: 'site.escrow-key-wrong' });
  await bureau.call('site.confirmEscrow', { file: await bureau.file(join(stick, fileName), 'key') });
  expect(await bureau.refusal('site.keepEscrow', { escrowKey, drive })).toEqual({ code: 'site.escrow-key-wrong' });
});

test('a bureau set up again from before it changed its keys opens what came since with the escrow, by two persons', async () => {
  const { bureau } = county;
  await county.receive(await county.report(station));
  const escrowKey = await madeEscrow();
  await bureau.core.shutdown();
  const backup = await mkdtemp(join(tmpdir(), 'lijing-backup-'));
  await cp(bureau.dir, backup, { recursive: true });
  await bureau.signIn('guanli');
  await bureau.call('site.changeKeys', { reason: '例行更换' });
  await take(await aReturn());
  await station.call('site.rename', { printingName: '城关所' });
  const bundle = await county.report(station);

  const again = await aCore({ dir: backup });
  await again.signIn('guanli');
  const files = [await again.file(bundle, 'bundle')];
  const outcome = async (key: string | null) =>
    (key === null
      ? await again.call('handoff.importBundles', { files })
      : await again.call('handoff.importWithEscrow', { files, escrowKey: key, ...SECOND }))[0];
  expect((await outcome(null))?.problem?.code).toBe('bundle.not-for-us');
  expect((await outcome(await newIdentity('x25519')))?.problem?.code).toBe('bundle.not-for-us');
  const slip = { files, escrowKey: 'AGE-SECRET-KEY-1', ...SECOND };
  expect(await again.refusal('handoff.importWithEscrow', slip)).toEqual({ code: 'site.escrow-key-wrong' });
  expect(await outcome(escrowKey)).toMatchObject({ problem: null, station: '城关派出所' });
  const { entries } = await again.call('site.listEntries', { stream: null, before: null, limit: 20 });
  expect(entries.map(({ kind }) => kind)).toContain('handoff.escrow-used');
  await again.close();
  await rm(backup, { recursive: true, force: true });
});

test('post-quantum keys are never sealed beside classical ones', async () => {
  const [hybrid, other, classical] = await Promise.all(
    (['hybrid', 'hybrid', 'x25519'] as const).map(async (kind) => recipientOf(await newIdentity(kind))),
  );
  expect(withEscrow(hybrid ?? '', other ?? '')).toEqual([hybrid, other]);
  expect(withEscrow(hybrid ?? '', classical ?? '')).toEqual([hybrid]);
  expect(withEscrow(classical ?? '', hybrid ?? '')).toEqual([classical]);

  const modern = await aCounty({ ageKind: 'hybrid' });
  await modern.bureau.account('erguan', ['admin']);
  const { escrowKey } = await modern.bureau.call('site.makeEscrow', SECOND);
  expect(escrowKey).toMatch(/^AGE-SECRET-KEY-PQ-1 /);
  await modern.bureau.call('site.confirmEscrow', { escrowKey });
  const from = await modern.station('999999010200', '桃花镇派出所');
  const bundle = await modern.report(from);
  expect(await sealedTo(bundle)).toEqual(['mlkem768x25519', 'mlkem768x25519']);
  expect((await modern.receive(bundle))[0]?.problem).toBeNull();
  await modern.close();
});
