import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aCounty } from '../../support/county.ts';
import { photosIn, sessionWithPhotos } from '../../support/photos.ts';
import { aCore } from '../../support/site.ts';
import { somePeople } from '../../support/training.ts';

const KB = 1_000;

test('a package refused behind what it had already written leaves nothing of itself, and the others land', async () => {
  const county = await aCounty();
  const folder = await mkdtemp(join(tmpdir(), 'lijing-half-'));
  const station = await county.station('999999010100', '城关派出所');
  const people = await somePeople(station, 1);
  await station.core.shutdown();
  await cp(station.dir, join(folder, 'old'), { recursive: true });
  await station.signIn('suozhang');

  // The second half of the station's history arrives and is held.
  for (const title of ['盘查训练', '武器使用训练', '体能测试'])
    await sessionWithPhotos(station, people, await photosIn(folder, 1, 100 * KB), title);
  const drive = await station.drive(county.stick, { freeBytes: 250 * KB });
  const part = await station.call('handoff.export', { drive, medium: '' });
  const rest = await station.call('handoff.export', {
    ...{ drive: await station.drive(county.stick), medium: '', continues: part.number },
  });
  await county.receive(join(county.stick, rest.fileName));

  // An old copy goes on otherwise, up to where the held half begins.
  const old = await aCore({ dir: join(folder, 'old') });
  await old.signIn('suozhang');
  while ((await old.call('handoff.state', {})).lastSeq < part.last)
    await old.call('site.rename', { printingName: `城关派出所${String(Math.random())}` });
  const { fileName } = await old.call('handoff.export', { drive: await old.drive(folder), medium: '' });
  const forked = join(folder, fileName);
  const other = await county.station('999999010200', '桃花镇派出所');
  const good = await county.report(other);
  const before = (await county.bureau.call('handoff.board', {})).find(({ site }) => site === '999999010100-1');

  const outcomes = await county.receive(forked, good);
  expect(outcomes.map(({ problem }) => problem?.code ?? 'taken')).toEqual(['journal.fork', 'taken']);
  const board = await county.bureau.call('handoff.board', {});
  expect(board.find(({ site }) => site === '999999010100-1')).toEqual({
    ...before,
    fork: expect.objectContaining({ seq: 1 }),
  });
  expect(board.find(({ site }) => site === '999999010200-1')?.lastSeq).toBe(outcomes[1]?.counts?.accepted);
  expect(await county.bureau.call('site.checkChain', {})).toMatchObject({ faults: [] });
  await county.receive(join(county.stick, part.fileName));
  expect((await county.bureau.call('handoff.board', {})).find(({ gaps }) => gaps.length > 0)).toBeUndefined();

  await old.core.shutdown();
  await county.close();
  await rm(folder, { recursive: true, force: true });
});
