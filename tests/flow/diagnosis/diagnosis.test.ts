import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLog, logIn } from '../../../electron/files/log.ts';
import { faultLines } from '../../../electron/diagnosis/log-lines.ts';
import { aPerson } from '../../bench/people.ts';
import { aCounty, type County } from '../../support/county.ts';
import { aStation, type TestSite } from '../../support/site.ts';

const NAMES = ['金丝雀', '值班所长', '系统管理员', '城关派出所', '青山县公安局', 'suozhang', 'guanli', '王志强'];
const NUMBERS = ['11010519491231002X', '13912345678', '600000'];

let county: County;
let station: TestSite;
let folder: string;

beforeEach(async () => {
  county = await aCounty({ ageKind: 'x25519' });
  station = await county.station('999999010100', '城关派出所');
  folder = await mkdtemp(join(tmpdir(), 'lijing-diagnosis-'));
  const { id: _id, version: _version, ...facts } = aPerson(0).person;
  const person = { ...facts, name: '金丝雀', namePinyin: 'jin si que', phone: NUMBERS[1] ?? '', residentId: null };
  await station.call('roster.recordPerson', {
    ...{ id: null, version: null, reason: '', namesakeConfirmed: true },
    facts: person,
  });
  // A fault in a folder that is called after somebody, with a message that names him.
  const home = join(folder, '王志强');
  await mkdir(home);
  const error = new TypeError('王志强 11010519491231002X');
  error.stack = `TypeError: 王志强\n  13912345678\n    at sign (file:///C:/Users/王志强/out/core/core.js:7:9)\n    at async 王志强 (x.js:1:2)\n    at run (/home/wang zhiqiang/core.js:3:4)`;
  openLog(logIn(station.dir), () => station.now.value)(error, 'site.signIn');
});
afterEach(async () => {
  await county.close();
  await rm(folder, { recursive: true, force: true });
});

test('a diagnosis says how the installation stands and holds no name, no number and no word anybody typed', async () => {
  await station.call('backup.make', { drive: null });
  const report = await station.call('diagnosis.examine', {});
  expect(report).toMatchObject({
    site: '999999010100-1',
    integrity: { pagesWhole: true, searchesSee: true, faults: [], keyringCopies: [true, true] },
    sizes: { attachments: 0, keptAside: 0 },
    linesLeftOut: 1,
  });
  expect(report.backups).toHaveLength(1);
  expect(report.entries).toContainEqual({ kind: 'roster.person-recorded', count: 1 });
  expect(report.log).toEqual([
    expect.stringMatching(/^2026-11-\d\dT[\d:.]+Z site.signIn TypeError$/),
    '    at sign (core.js:7:9)',
    '    at run (core.js:3:4)',
  ]);
  const told = JSON.stringify(report);
  for (const canary of [...NAMES, ...NUMBERS, station.dir, 'zhiqiang']) expect(told).not.toContain(canary);
  expect(told).not.toMatch(/\p{Script=Han}/u);
});

test('a diagnosis is sealed to the bureau, which opens it; on the stick it says nothing', async () => {
  const drive = await station.drive(folder);
  const { fileName } = await station.call('diagnosis.save', { drive });
  expect(fileName).toBe('999999010100-1-2026-11-24.lijingzd');
  const bytes = await readFile(join(folder, fileName));
  for (const word of [...NAMES, 'roster.person-recorded', '999999010100']) expect(bytes.includes(word)).toBe(false);
  expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  const file = await county.bureau.file(join(folder, fileName), 'diagnosis');
  expect(await county.bureau.call('diagnosis.open', { file })).toMatchObject({ site: '999999010100-1', v: 1 });
});

test('a station without a bureau is told what to do, and nothing is written', async () => {
  const alone = await aStation({ organCode: '999999010900' });
  expect(await alone.refusal('diagnosis.save', { drive: await alone.drive(folder) })).toEqual({
    code: 'diagnosis.unpaired',
  });
  expect(await readdir(folder)).toEqual(['王志强']);
  await alone.close();
});

test('what is no diagnosis, or one for another bureau, is refused', async () => {
  const path = join(folder, 'x.lijingzd');
  await writeFile(path, 'age-encryption.org/v1\n-> nothing');
  const opened = async (of: string) =>
    county.bureau.refusal('diagnosis.open', { file: await county.bureau.file(of, 'diagnosis') });
  expect((await opened(path)).code).toMatch(/^bundle\./);
  const bundle = await county.report(station);
  expect((await opened(bundle)).code).toBe('diagnosis.unreadable');
  const other = await aCounty({ ageKind: 'x25519' });
  const { fileName } = await station.call('diagnosis.save', { drive: await station.drive(folder) });
  const file = await other.bureau.file(join(folder, fileName), 'diagnosis');
  expect(await other.bureau.refusal('diagnosis.open', { file })).toMatchObject({ code: 'bundle.not-for-us' });
  await other.close();
  expect(await station.refusal('diagnosis.save', { drive: crypto.randomUUID() })).toMatchObject({
    code: 'handoff.drive-unknown',
  });
});

test('damage is named in it', async () => {
  await station.core.shutdown();
  await writeFile(join(station.dir, 'keyring.copy.json'), '{');
  await writeFile(logIn(station.dir), 'x'.repeat(50));
  expect(faultLines([logIn(station.dir)])).toEqual({ log: [], linesLeftOut: 1 });
  await station.signIn('suozhang');
  const report = await station.call('diagnosis.examine', {});
  // The sign-in has made the copy good again, and kept the damaged one.
  expect(report.integrity.keyringCopies).toEqual([true, true]);
  expect(report.sizes.keptAside).toBe(1);
  expect(report.entries).toContainEqual({ kind: 'site.keyring-mended', count: 1 });
});
