import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pairingMac } from '../../../electron/bundle/pairing.ts';
import { type PackageContents, writePackage } from '../../../electron/bundle/write-package.ts';
import { newSpokenKey, normalSpokenKey } from '../../../electron/crypto/spoken-key.ts';
import { kitReader } from '../../../electron/site/kit.ts';
import { unwatched } from '../../../electron/ipc/handlers.ts';
import { chosenFiles } from '../../../electron/ipc/chosen-files.ts';
import { county } from '../../verify/county.ts';
import { readPackage } from '../../verify/package.ts';
import { Refusal } from '../../verify/refusal.ts';
import { ed25519Key } from '../../verify/succession.ts';
import { createReadStream } from 'node:fs';
import { BUREAU, contents, entryLines, packageWorld, STATION } from '../../support/package-world.ts';
import { NO_RECIPIENTS } from '../../support/recipients.ts';

const SECRET = Buffer.alloc(32, 7);
const about = (secret: string): string =>
  JSON.stringify({ v: 1, station: '城关派出所', bureau: '青山县公安局', secret });

/** What application and verifier make of a kit with this `site.json`, and what else is different in it. */
async function bothSay(text: string, change: { recipient?: string; secret?: Buffer; lines?: readonly string[] } = {}) {
  const dir = await mkdtemp(join(tmpdir(), 'lijing-kit-'));
  await mkdir(join(dir, 'staging'));
  const { sign, publicKey: signPublicKey, recipient: own } = await packageWorld();
  const { recipient = own, secret = SECRET, lines = entryLines(1, { stream: `${BUREAU}/common` }) } = change;
  const code = newSpokenKey(12);
  const keys = { signPublicKey, recipient };
  const pairing = { ...keys, mac: pairingMac(secret, { from: BUREAU, to: STATION, ...keys }) };
  const path = join(dir, 'kit.lijing');
  const kit: Partial<PackageContents> = {
    ...{ kind: 'kit', from: BUREAU, to: STATION, number: 1, pairing },
    files: [{ name: 'site.json', bytes: Buffer.from(text) }],
  };
  await writePackage(contents({ ...kit, lines }), { to: { code: normalSpokenKey(code), logN: 10 }, sign }, { path });
  const chosen = chosenFiles(() => 'kit');
  await chosen.remember(path);
  const opened = await kitReader(chosen, dir).open('kit', code, unwatched);
  if (opened.ok) await opened.value.dispose();
  expect(await readdir(join(dir, 'staging'))).toEqual([]);
  const verifier = await verifierSays(path, code, signPublicKey);
  await rm(dir, { recursive: true });
  return [opened.ok ? 'accepted' : opened.problem.code, verifier];
}

async function verifierSays(path: string, code: string, signer: string): Promise<string> {
  try {
    const signersOf = () => [ed25519Key(signer)];
    const kit = await readPackage(createReadStream(path), { codes: [normalSpokenKey(code)] }, { signersOf });
    const all = county();
    all.add(kit);
    all.checkPairings();
    return 'accepted';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

const INVALID = ['bundle.manifest-invalid', 'bundle.manifest-invalid'];
const WHOLE = about(SECRET.toString('base64'));

test('a kit that tells whom it founds, by whom and with which secret is read', async () => {
  expect(await bothSay(WHOLE)).toEqual(['accepted', 'accepted']);
});

test.for(['', '{', 'null', '{"v":1}'])(
  'a kit whose site.json is %j is refused, and leaves nothing behind',
  async (text) => {
    expect(await bothSay(text)).toEqual(INVALID);
  },
);

test.for([31, 33])('a kit whose secret has %i bytes is refused, though as long in base64', async (bytes) => {
  const secret = Buffer.alloc(bytes, 7);
  expect(secret.toString('base64')).toHaveLength(44);
  expect(await bothSay(about(secret.toString('base64')), { secret })).toEqual(INVALID);
});

test('a kit whose secret is written in another way than an encoder would is refused', async () => {
  expect(await bothSay(about(SECRET.toString('base64').replace('c=', 'd=')))).toEqual(INVALID);
});

test('a kit whose keys are not proven by its own secret is refused', async () => {
  expect(await bothSay(WHOLE, { secret: Buffer.alloc(32, 8) })).toEqual(INVALID);
});

test.for(Object.entries(NO_RECIPIENTS).filter(([, text]) => text.startsWith('age1')))(
  'a kit of a bureau to which nothing could be sealed, by %s, is refused',
  async ([, recipient]) => {
    expect(await bothSay(WHOLE, { recipient })).toEqual(INVALID);
  },
);
