import { randomInt } from 'node:crypto';
import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aStation, PASSWORD } from '../../support/site.ts';
import { damage } from '../../torture/damage.ts';
import { tried } from '../../torture/trial.ts';

const SEED = randomInt(2 ** 20);
const SUOZHANG = { loginName: 'suozhang', password: PASSWORD };

test('damage to any file of a site is named or harmless, leads to a way back, and deletes nothing', async () => {
  const { harms } = await tried(damage, { first: SEED, cases: 12 });
  expect(harms, `seed ${String(SEED)}`).toEqual([]);
});

test('a database that was cut to nothing is named, and a backup leads back', async () => {
  const site = await aStation();
  const { id } = await site.call('backup.make', { drive: null });
  await site.core.shutdown();
  await truncate(join(site.dir, 'lijing.db'), 0);
  expect(await site.refusal('site.signIn', SUOZHANG)).toMatchObject({ code: 'database.damaged' });
  await site.call('backup.restore', { ...SUOZHANG, id });
  await site.signIn('suozhang');
  await site.close();
});

test('a backup whose own description is damaged keeps nobody out of a sound site, and accuses nobody', async () => {
  const site = await aStation();
  const { id } = await site.call('backup.make', { drive: null });
  await site.core.shutdown();
  const path = join(site.dir, 'backups', id, 'backup.json');
  const text = await readFile(path, 'utf8');
  await writeFile(
    path,
    text.replace(/"hash": "./, (start) => `${start.slice(0, -1)}${start.endsWith('0') ? '1' : '0'}`),
  );
  await site.signIn('suozhang');
  expect(await site.call('site.checkChain', {})).toMatchObject({ faults: [] });
  await site.close();
});
