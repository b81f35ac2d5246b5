import { join } from 'node:path';
import { expect, test } from 'vitest';
import { secretsOf } from '../../../electron/db/secrets.ts';
import { NEW_CHIEF } from '../../support/county.ts';
import { withDatabase } from '../../support/damage.ts';
import { aCore } from '../../support/site.ts';
import { EDGES_FOLDER, readVectors } from '../../vectors/vectors.ts';

const { vectors, identity, spokenCode } = await readVectors(EDGES_FOLDER);
const KIT = 'kit-new.lijing';

test('a station founded from the frozen kit says of the frozen returns what the list says', async () => {
  const station = await aCore();
  try {
    const chosen = async (file: string) => station.file(join(EDGES_FOLDER, file), 'bundle');
    await station.call('site.foundStationFromKit', { file: await chosen(KIT), code: spokenCode, ...NEW_CHIEF });
    await station.call('site.lock', {});
    // What the returns are sealed to, as if the station had had these keys before.
    const keep = Buffer.from(identity);
    await withDatabase(station.dir, (db) => secretsOf(db).put('former-identity/vectors', keep), 'xinsuozhang');
    await station.signIn('xinsuozhang');
    const own = vectors.filter(({ kind, after }) => kind === 'return' && after?.join() === KIT);
    const told: Record<string, string | null> = {};
    for (const { file } of own)
      told[file] = await station
        .refusal('handoff.importReturn', { file: await chosen(file) })
        .then(({ code }) => code)
        .catch(() => null);
    expect(told).toEqual(Object.fromEntries(own.map(({ file, together }) => [file, together])));
    expect(own.length).toBeGreaterThan(6);
    expect(await station.call('handoff.state', {})).toMatchObject({ receiptAt: expect.any(String) });
  } finally {
    await station.close();
  }
});

test.for(
  vectors.filter(
    ({ kind, code, together }) => kind === 'kit' && code === null && together === 'bundle.manifest-invalid',
  ),
)('no station is founded from the frozen $file', async ({ file }) => {
  const station = await aCore();
  try {
    const typed = { file: await station.file(join(EDGES_FOLDER, file), 'bundle'), code: spokenCode, ...NEW_CHIEF };
    expect((await station.refusal('site.foundStationFromKit', typed)).code).toBe('bundle.manifest-invalid');
  } finally {
    await station.close();
  }
});
