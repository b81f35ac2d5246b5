import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newIdentity, readIdentity } from '../../../electron/crypto/age-keys.ts';
import { keyringName, openEscrowSlot } from '../../../electron/crypto/keyring.ts';
import { openDatabase } from '../../../electron/db/open.ts';
import { secretsOf } from '../../../electron/db/secrets.ts';
import { escrowSlotIn } from '../../../electron/site/escrow-slot.ts';
import { keyringPaths, openVault } from '../../../electron/site/vault.ts';
import { aCounty, type County } from '../../support/county.ts';
import { aStation, PASSWORD, type TestSite } from '../../support/site.ts';

const SITE = '999999010100-1';
const SECOND = { secondLoginName: 'erguan', secondPassword: PASSWORD };
let county: County;
let station: TestSite;
beforeEach(async () => {
  county = await aCounty();
  station = await county.station('999999010100', '城关派出所');
});
afterEach(() => county.close());

const vaultOf = ({ dir, now }: TestSite) => openVault(dir, () => now.value);
const dataKeyOf = async (site: TestSite, login = 'suozhang') => (await vaultOf(site).unlock(login, PASSWORD)).dataKey;

/** What the station's slot gives to the holder of these identities. */
async function openedWith(identities: readonly string[], claimed: { site?: string; keyring?: string } = {}) {
  const keyring = await vaultOf(station).read();
  const slot = escrowSlotIn(keyring);
  if (!slot) throw new Error('no escrow slot');
  const owner = { site: slot.site, keyring: keyringName(keyring.salt), ...claimed };
  return openEscrowSlot(slot.sealed, owner, { identities });
}

async function bureauIdentities(): Promise<readonly string[]> {
  const db = openDatabase(join(county.bureau.dir, 'lijing.db'), await dataKeyOf(county.bureau, 'guanli'), 'read');
  try {
    return secretsOf(db).identities();
  } finally {
    db.close();
  }
}

const kinds = async (site: TestSite) =>
  (await site.call('site.listEntries', { stream: SITE, before: null, limit: 200 })).entries.map(({ kind }) => kind);
const slotsKept = async () => (await kinds(station)).filter((kind) => kind === 'site.escrow-slot-kept').length;

test('a station founded from a kit has a way in for the bureau, in both copies of its keyring, and its chief sees it', async () => {
  const slot = await station.call('site.escrowSlot', {});
  expect(slot).toMatchObject({ since: station.now.value.toISOString(), holders: [{ of: 'bureau' }] });
  const [one, other] = await Promise.all(keyringPaths(station.dir).map((path) => readFile(path, 'utf8')));
  expect(one).toContain('"kind": "escrow"');
  expect(other).toBe(one);
  expect(await openedWith(await bureauIdentities())).toEqual(await dataKeyOf(station));
  expect(await slotsKept()).toBe(1);
});

test('it opens for nobody else, nor for another site or keyring than its own', async () => {
  await expect(openedWith([await newIdentity('x25519')])).rejects.toThrow('bundle.not-for-us');
  const bureau = await bureauIdentities();
  await expect(openedWith(bureau, { site: '999999010200-1' })).rejects.toThrow('bundle.damaged');
  await expect(openedWith(bureau, { keyring: '0'.repeat(64) })).rejects.toThrow('bundle.damaged');
});

test('it follows the keys of the bureau and its escrow key with the next return, and nobody does anything for it', async () => {
  const { bureau } = county;
  const former = await bureauIdentities();
  await county.receive(await county.report(station));
  await bureau.account('erguan', ['admin']);
  const { escrowKey } = await bureau.call('site.makeEscrow', SECOND);
  await bureau.call('site.confirmEscrow', { escrowKey });
  await bureau.call('site.changeKeys', { reason: '例行更换' });
  await county.answer(station, SITE);
  expect((await station.call('site.escrowSlot', {}))?.holders.map(({ of }) => of)).toEqual(['bureau', 'safe']);
  expect(await slotsKept()).toBe(2);
  await expect(openedWith(former)).rejects.toThrow('bundle.not-for-us');
  const dataKey = await dataKeyOf(station);
  expect(await openedWith(await bureauIdentities())).toEqual(dataKey);
  expect(await openedWith([(await readIdentity(escrowKey)) ?? ''])).toEqual(dataKey);

  await station.call('site.rename', { printingName: '城关所' });
  await county.receive(await county.report(station));
  await county.answer(station, SITE);
  expect(await slotsKept()).toBe(2);
  expect(await station.call('handoff.state', {})).toMatchObject({ waiting: 0 });
});

test('a keyring of before there was such a slot opens, and gets its slot at the sign-in', async () => {
  const vault = vaultOf(station);
  await station.call('site.lock', {});
  const slot = escrowSlotIn(await vault.read());
  await vault.removeSlot(slot?.id ?? '');
  expect(escrowSlotIn(await vault.read())).toBeNull();
  await station.signIn('suozhang');
  expect(escrowSlotIn(await vault.read())?.site).toBe(SITE);
  expect((await station.call('site.escrowSlot', {}))?.holders).toHaveLength(1);
});

test('a keyring taken back from before a change is brought up to date, and the journal says so again', async () => {
  const before = await Promise.all(
    keyringPaths(station.dir).map(async (path) => ({ path, bytes: await readFile(path) })),
  );
  await county.receive(await county.report(station));
  await county.bureau.call('site.changeKeys', { reason: '例行更换' });
  await county.answer(station, SITE);
  await station.call('site.lock', {});
  for (const { path, bytes } of before) await writeFile(path, bytes);
  await station.signIn('suozhang');
  expect(await openedWith(await bureauIdentities())).toEqual(await dataKeyOf(station));
  expect(await slotsKept()).toBe(3);
});

test('a station on its own has no such slot until it is paired', async () => {
  const alone = await aStation();
  expect(await alone.call('site.escrowSlot', {})).toBeNull();
  expect(escrowSlotIn(await vaultOf(alone).read())).toBeNull();
  const { bureau, stick } = county;
  const { site } = await bureau.call('handoff.registerStation', { name: '桃花镇派出所', organCode: '999999010200' });
  await alone.close();
  const other = await aStation({ organCode: '999999010200', name: '桃花镇派出所' });
  const kit = await bureau.call('handoff.issueKit', { site, drive: await bureau.drive(stick) });
  const file = await other.file(join(stick, kit.fileName), 'bundle');
  await other.call('site.pair', { file, code: kit.spokenCode });
  expect((await other.call('site.escrowSlot', {}))?.holders).toHaveLength(1);
  await other.close();
});
