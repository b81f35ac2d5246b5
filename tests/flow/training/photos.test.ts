import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MAX_SCANS } from '../../../shared/work.ts';
import { anIncident } from '../../support/discipline.ts';
import { aPhoto, photosIn } from '../../support/photos.ts';
import { aStation, type TestSite } from '../../support/site.ts';
import { aSession, recordSession, somePeople } from '../../support/training.ts';

let site: TestSite;
let people: readonly string[];
let folder: string;

beforeEach(async () => {
  site = await aStation();
  people = await somePeople(site, 1);
  folder = await mkdtemp(join(tmpdir(), 'lijing-photos-'));
});
afterEach(async () => {
  await site.close();
  await rm(folder, { recursive: true, force: true });
});

const choose = (paths: readonly string[]) => {
  site.choose(...paths);
  return site.call('work.chooseFiles', { kind: 'scan', many: true });
};
const scansOf = async (id: string) => (await site.call('training.getSession', { id })).scans;
const kept = () => site.events.filter(({ payload }) => (payload as { step?: string }).step === 'files.keeping').length;

test('of many files chosen at once each one that is no photo or scan is named, the others are kept', async () => {
  const good = await photosIn(folder, 30, 20_000);
  const renamed = join(folder, '签到表.jpg');
  await writeFile(renamed, 'MZ: a program under the name of a photo');
  const large = join(folder, '录像.jpg');
  await writeFile(large, aPhoto(100));
  await truncate(large, 20 * 1024 * 1024 + 1);
  const chosen = await choose([renamed, ...good, large]);
  expect(chosen.filter(({ refused }) => refused !== null)).toMatchObject([
    { name: '签到表.jpg', refused: 'file.kind-not-accepted' },
    { name: '录像.jpg', refused: 'file.too-large' },
  ]);
  const newScans = chosen.filter(({ refused }) => refused === null).map(({ id }) => id);
  const { id } = await recordSession(site, aSession(people, { newScans }));
  expect(await scansOf(id)).toHaveLength(30);
  expect(kept()).toBeGreaterThan(0);
});

test('a file that is gone when the session is saved is named, and the rest is saved without it', async () => {
  const paths = await photosIn(folder, 3, 1_000);
  const chosen = await choose(paths);
  await rm(paths[1] ?? '');
  const ids = chosen.map(({ id }) => id);
  const session = aSession(people, { newScans: ids });
  const draft = { id: null, version: null, session, reason: '', sameConfirmed: false };
  const refusal = await site.refusal('training.recordSession', draft);
  expect(refusal).toMatchObject({ code: 'file.unreadable', detail: { file: ids[1] } });
  const { id } = await recordSession(site, aSession(people, { newScans: ids.filter((one) => one !== ids[1]) }));
  expect(await scansOf(id)).toHaveLength(2);
});

test('the same photo chosen twice is one scan, also when a correction adds it again', async () => {
  const [path = ''] = await photosIn(folder, 1, 1_000);
  const twice = (await choose([path, path])).map(({ id }) => id);
  const { id, version } = await recordSession(site, aSession(people, { newScans: twice }));
  const scans = await scansOf(id);
  expect(scans).toHaveLength(1);
  await site.call('training.recordSession', {
    ...{ id, version, reason: '补传签到表', sameConfirmed: false },
    session: aSession(people, { scans, newScans: twice }),
  });
  expect(await scansOf(id)).toHaveLength(1);
});

test('a session takes as many scans as are allowed and not one more', async () => {
  const newScans = (await choose(await photosIn(folder, MAX_SCANS + 1, 100))).map(({ id }) => id);
  const draft = { id: null, version: null, reason: '', sameConfirmed: false };
  const over = { ...draft, session: aSession(people, { newScans }) };
  expect((await site.refusal('training.recordSession', over)).code).toBe('request.malformed');
  const { id } = await recordSession(site, aSession(people, { newScans: newScans.slice(1) }));
  expect(await scansOf(id)).toHaveLength(MAX_SCANS);
});

test('a session takes no file it was not given: a digest alone opens no evidence', async () => {
  await site.account('jiandu', ['inspector']);
  await site.account('zhuangan', ['trainer']);
  const [evidence = '', own = ''] = await photosIn(folder, 2, 1_000);
  await site.signIn('jiandu');
  const [chosen] = await choose([evidence]);
  const draft = anIncident(people, { evidence: [chosen?.id ?? ''] });
  const { id: incident } = await site.call('discipline.recordIncident', draft);
  const [named] = (await site.call('discipline.openIncident', { id: incident })).evidence;
  if (!named) throw new Error('no evidence');

  await site.signIn('zhuangan');
  const [scan] = await choose([own]);
  const { id } = await recordSession(site, aSession(people, { scans: [named], newScans: [scan?.id ?? ''] }));
  const [standing, ...others] = await scansOf(id);
  expect([standing?.name, others]).toEqual(['签到表1-2.jpg', []]);
  const asked = { session: id, sha256: named.sha256 };
  expect((await site.refusal('training.getScan', asked)).code).toBe('training.session-unknown');

  const session = aSession(people, { scans: [named, ...(standing ? [standing] : [])] });
  const change = { id, version: 1, session, reason: '更正', sameConfirmed: false };
  await site.call('training.recordSession', change);
  expect(await scansOf(id)).toEqual([standing]);
});
