import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keyringPaths } from '../../../electron/site/vault.ts';
import { aCounty } from '../../support/county.ts';
import { aBureau, aCore, aStation, PASSWORD } from '../../support/site.ts';

const second = { secondLoginName: 'fusuozhang', secondPassword: PASSWORD };

test('a site that is not founded yet has nothing to sign in to', async () => {
  const site = await aCore();
  expect(await site.refusal('site.signIn', { loginName: 'suozhang', password: PASSWORD })).toEqual({
    code: 'site.not-founded',
  });
  await site.close();
});

test('an account that is not there is neither changed nor closed', async () => {
  const site = await aStation();
  const id = randomUUID();
  const change = { id, name: '甲', roles: ['viewer' as const], personId: null };
  expect(await site.refusal('site.changeAccount', change)).toEqual({ code: 'site.account-unknown' });
  expect(await site.refusal('site.closeAccount', { id, ...second })).toEqual({ code: 'site.account-unknown' });
  await site.close();
});

test('a closed account confirms nothing, even where its key came back with an older keyring', async () => {
  const site = await aStation();
  await site.account('fusuozhang', ['chief']);
  const closing = await site.account('neiqin', ['viewer']);
  const third = await site.account('xunlian', ['trainer']);
  const older = await Promise.all(keyringPaths(site.dir).map(async (path) => [path, await readFile(path)] as const));
  await site.call('site.closeAccount', { id: closing, ...second });
  for (const [path, bytes] of older) await writeFile(path, bytes);
  const byTheClosed = { id: third, secondLoginName: 'neiqin', secondPassword: PASSWORD };
  expect(await site.refusal('site.closeAccount', byTheClosed)).toEqual({ code: 'site.second-person-needed' });
  await site.close();
});

test('a station is paired with one bureau, and only by its own kit', async () => {
  const county = await aCounty();
  const paired = await county.station('999999010100', '城关派出所');
  const { site } = await county.bureau.call('handoff.registerStation', {
    name: '龙沟派出所',
    organCode: '999999010300',
  });
  const drive = await county.bureau.drive(county.stick);
  const { spokenCode: code, fileName } = await county.bureau.call('handoff.issueKit', { site, drive });
  const kit = join(county.stick, fileName);

  const again = { file: await paired.file(kit, 'bundle'), code };
  expect(await paired.refusal('site.pair', again)).toEqual({ code: 'site.kit-is-for-another-station' });
  const other = await aStation({ organCode: '999999010200', name: '桃花镇派出所' });
  const foreign = { file: await other.file(kit, 'bundle'), code };
  expect(await other.refusal('site.pair', foreign)).toEqual({ code: 'site.kit-is-for-another-station' });
  await other.close();
  const elsewhere = await aBureau({ organCode: '999999020000' });
  const there = { drive: await elsewhere.drive(county.stick), site: '999999010100-1' };
  await elsewhere.call('handoff.registerStation', { name: '城关派出所', organCode: '999999010100' });
  const theirs = await elsewhere.call('handoff.issueKit', there);
  const file = await paired.file(join(county.stick, theirs.fileName), 'bundle');
  expect(await paired.refusal('site.pair', { file, code: theirs.spokenCode })).toEqual({ code: 'site.already-paired' });
  await elsewhere.close();
  await county.close();
});
