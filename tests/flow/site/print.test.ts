import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { aStation, type TestSite } from '../../support/site.ts';

let site: TestSite;
beforeEach(async () => {
  site = await aStation();
  await site.call('site.rename', { printingName: '青山县公安局城关派出所' });
});
afterEach(() => site.close());

test("what is printed carries the site's printing name and who printed it", async () => {
  const path = join(site.dir, '档案.pdf');
  site.choose(path);
  expect(await site.call('site.printPage', { name: '档案' })).toEqual({});
  expect(await readFile(path, 'utf8')).toBe('%PDF of 青山县公安局城关派出所 by 值班所长');
});

test('a closed dialog writes nothing', async () => {
  const before = await readdir(site.dir);
  site.choose();
  expect(await site.call('site.printPage', { name: '档案' })).toBeNull();
  expect(await readdir(site.dir)).toEqual(before);
});
