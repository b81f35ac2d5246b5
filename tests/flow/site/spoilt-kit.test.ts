import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pairingMac } from '../../../electron/bundle/pairing.ts';
import { writePackage } from '../../../electron/bundle/write-package.ts';
import { newSpokenKey, normalSpokenKey } from '../../../electron/crypto/spoken-key.ts';
import { kitReader } from '../../../electron/site/kit.ts';
import { unwatched } from '../../../electron/ipc/handlers.ts';
import { chosenFiles } from '../../../electron/ipc/chosen-files.ts';
import { BUREAU, contents, entryLines, packageWorld, STATION } from '../../support/package-world.ts';

test.each(['', '{', 'null', '{"v":1}'])(
  'a kit whose site.json is %j is refused, and leaves nothing behind',
  async (text) => {
    const dir = await mkdtemp(join(tmpdir(), 'lijing-kit-'));
    await mkdir(join(dir, 'staging'));
    const { sign, publicKey: signPublicKey, recipient } = await packageWorld();
    const code = newSpokenKey(12);
    const paired = { from: BUREAU, to: STATION, signPublicKey, recipient };
    const path = join(dir, 'kit.lijing');
    const files = [{ name: 'site.json', bytes: Buffer.from(text) }];
    const lines = entryLines(1, { stream: `${BUREAU}/common` });
    const pairing = { signPublicKey, recipient, mac: pairingMac(Buffer.alloc(32, 7), paired) };
    await writePackage(
      contents({ kind: 'kit', from: BUREAU, to: STATION, number: 1, lines, pairing, files }),
      { to: { code: normalSpokenKey(code), logN: 10 }, sign },
      { path },
    );
    const chosen = chosenFiles(() => 'kit');
    await chosen.remember(path);
    expect(await kitReader(chosen, dir).open('kit', code, unwatched)).toEqual({
      ok: false,
      problem: { code: 'bundle.manifest-invalid' },
    });
    expect(await readdir(join(dir, 'staging'))).toEqual([]);
    await rm(dir, { recursive: true });
  },
);
