import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Input } from '../../../shared/contract.ts';
import { aCounty } from '../../support/county.ts';
import { aBureau, aStation, type TestSite } from '../../support/site.ts';
import { aSession, recordSession, somePeople } from '../../support/training.ts';

const YEAR = { from: '2026-01-01', to: '2026-12-31', station: null };
let site: TestSite;
let people: readonly string[];

beforeEach(async () => {
  site = await aStation();
  people = await somePeople(site, 4);
});
afterEach(() => site.close());

const refused = async (session: Input<'training.recordSession'>['session']) =>
  (await site.refusal('training.recordSession', { id: null, version: null, session, reason: '', sameConfirmed: false }))
    .code;

test('a session of many people is recorded once and counts for each who was there', async () => {
  const [first = '', second = '', third = '', fourth = ''] = people;
  const { id } = await recordSession(
    site,
    aSession([], {
      attendance: [
        { personId: first, state: 'PRESENT', reason: null, result: 85 },
        { personId: second, state: 'LATE', reason: '出警', result: 59 },
        { personId: third, state: 'EXCUSED', reason: '病假', result: 'NOT_ASSESSED' },
        { personId: fourth, state: 'ABSENT', reason: '无故', result: 'NOT_ASSESSED' },
      ],
    }),
  );
  expect(await site.call('training.listSessions', YEAR)).toMatchObject([{ id, expected: 4, present: 2, hours: 6 }]);
  const hours = await site.call('training.hoursOf', { year: 2026, station: null });
  const of = (personId: string) => hours.find((row) => row.personId === personId);
  expect(of(first)).toMatchObject({ hours: 6, practiceHours: 6, days: 1, sessions: 1, failed: 0, norm: 15 });
  expect(of(second)).toMatchObject({ hours: 6, failed: 1 });
  expect(of(third)).toMatchObject({ hours: 0, absences: 0 });
  expect(of(fourth)).toMatchObject({ hours: 0, absences: 1 });
  expect(await site.call('training.recordOf', { personId: first })).toMatchObject([
    { id, state: 'PRESENT', result: 85 },
  ]);
});

test('a correction is the next version with its reason, and never overwrites another one', async () => {
  const { id, version } = await recordSession(site, aSession(people));
  const correct = (from: number, hours: number, reason = '学时抄错') =>
    ({ id, version: from, session: aSession(people, { hours }), reason, sameConfirmed: false }) as const;
  expect(await site.refusal('training.recordSession', correct(version, 3, ''))).toEqual({
    code: 'training.reason-missing',
  });
  await site.call('training.recordSession', correct(version, 3));
  expect(await site.refusal('training.recordSession', correct(version, 4))).toEqual({
    code: 'training.changed-meanwhile',
  });
  expect(await site.call('training.getSession', { id })).toMatchObject({ hours: 3, version: 2, reason: '学时抄错' });
  expect((await site.call('training.hoursOf', { year: 2026, station: null }))[0]).toMatchObject({
    hours: 3,
    sessions: 1,
  });
});

test('a session that was none is withdrawn with its reason and counts no more', async () => {
  const { id, version } = await recordSession(site, aSession(people));
  expect(await site.refusal('training.withdrawSession', { id, version, reason: '' })).toEqual({
    code: 'training.reason-missing',
  });
  await site.call('training.withdrawSession', { id, version, reason: '录错单位' });
  expect(await site.call('training.listSessions', YEAR)).toEqual([]);
  expect(await site.refusal('training.getSession', { id })).toEqual({ code: 'training.session-unknown' });
  expect(await site.refusal('training.withdrawSession', { id, version, reason: '再撤' })).toEqual({
    code: 'training.withdrawn',
  });
  expect((await site.call('training.hoursOf', { year: 2026, station: null }))[0]).toMatchObject({ hours: 0 });
});

test('what cannot be is refused by name', async () => {
  expect(await refused(aSession(people, { heldOn: '2026-11-25' }))).toBe('training.date-in-future');
  expect(await refused(aSession(people, { instructorName: null }))).toBe('training.instructor-missing');
  expect(await refused(aSession(people, { course: 'Q99' }))).toBe('training.course-unknown');
  expect(await refused(aSession([...people, crypto.randomUUID()]))).toBe('training.person-unknown');
  expect(await refused(aSession([people[0] ?? '', people[0] ?? '']))).toBe('request.malformed');
  const absent = { personId: people[0] ?? '', state: 'ABSENT', reason: null, result: 'NOT_ASSESSED' } as const;
  expect(await refused(aSession([], { attendance: [absent] }))).toBe('request.malformed');
  await recordSession(site, aSession(people));
  expect(await refused(aSession(people))).toBe('training.same-session');
  await site.call('training.recordSession', {
    id: null,
    version: null,
    session: aSession(people),
    reason: '',
    sameConfirmed: true,
  });
  expect(await site.call('training.listSessions', YEAR)).toHaveLength(2);
});

test('the sign-in sheet is kept encrypted and shown again; other files are refused', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'lijing-scan-'));
  const photo = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from('签到表 王志强'.repeat(50))]);
  await writeFile(join(dir, '签到表.jpg'), photo);
  await writeFile(join(dir, '恶意.pdf'), 'MZ\u0000');
  const scan = await site.file(join(dir, '签到表.jpg'), 'scan');
  const { id } = await recordSession(site, aSession(people, { newScans: [scan] }));
  const { scans } = await site.call('training.getSession', { id });
  expect(scans).toMatchObject([{ kind: 'jpg', name: '签到表.jpg', sizeBytes: photo.length }]);
  const sha256 = scans[0]?.sha256 ?? '';
  expect(Buffer.from((await site.call('training.getScan', { session: id, sha256 })).base64, 'base64')).toEqual(photo);
  site.choose(join(dir, '另存.jpg'));
  expect(await site.call('training.saveScan', { session: id, sha256 })).toEqual({ saved: true });
  expect(await readFile(join(dir, '另存.jpg'))).toEqual(photo);
  const [stored = ''] = await readdir(join(site.dir, 'attachments'));
  expect((await readFile(join(site.dir, 'attachments', stored))).includes('王志强')).toBe(false);
  const bad = await site.file(join(dir, '恶意.pdf'), 'scan');
  expect(await refused(aSession(people, { heldOn: '2026-11-19', newScans: [bad] }))).toBe('file.kind-not-accepted');
  await rm(join(site.dir, 'attachments', stored));
  expect(await site.refusal('training.getScan', { session: id, sha256 })).toEqual({ code: 'training.scan-missing' });
  await rm(dir, { recursive: true, force: true });
});

test('an officer sees his own training, and nobody else’s', async () => {
  const [mine = '', other = ''] = people;
  const { id } = await recordSession(site, aSession([mine, other]));
  const { id: others } = await recordSession(site, aSession([other], { title: '体能测试', course: 'S03' }));
  await site.account('minjing', ['officer'], mine);
  await site.signIn('minjing');
  expect((await site.call('training.listSessions', YEAR)).map((row) => row.id)).toEqual([id]);
  expect(await site.refusal('training.getSession', { id: others })).toEqual({ code: 'training.session-unknown' });
  expect((await site.call('training.getSession', { id })).attendance.map(({ personId }) => personId)).toEqual([mine]);
  expect((await site.call('training.hoursOf', { year: 2026, station: null })).map(({ personId }) => personId)).toEqual([
    mine,
  ]);
  expect(await site.call('training.recordOf', { personId: other })).toEqual([]);
  expect(await site.refusal('training.withdrawSession', { id, version: 1, reason: '无权' })).toEqual({
    code: 'request.not-allowed',
  });
});

test('the catalogue grows, codes are never used twice, and the norm is the site’s to set', async () => {
  const course = {
    code: 'L01',
    name: '溺水救援',
    kind: 'COMBAT',
    areas: [],
    method: 'DRILL',
    hours: 2,
    retired: false,
  } as const;
  await site.call('training.recordCourse', { course: { ...course, areas: [] }, isNew: true });
  const again = { course: { ...course, areas: [], name: '别的' }, isNew: true };
  expect(await site.refusal('training.recordCourse', again)).toEqual({ code: 'training.course-code-taken' });
  await site.call('training.recordCourse', { course: { ...course, areas: [], retired: true }, isNew: false });
  expect((await site.call('training.listCourses', {})).find(({ code }) => code === 'L01')).toMatchObject({
    retired: true,
  });
  await site.call('training.setNorm', { identityKind: 'CIVIL_SERVANT', days: 20, fromYear: 2026 });
  expect((await site.call('training.hoursOf', { year: 2026, station: null }))[0]?.norm).toBe(20);
  expect((await site.call('training.hoursOf', { year: 2025, station: null }))[0]?.norm).toBe(15);
});

test('people behind their share and a silent station are told', async () => {
  expect(await site.call('training.waiting', {})).toEqual({ behind: 4, lastHeldOn: null, silentDays: null });
  await recordSession(site, aSession(people.slice(0, 1), { hours: 120, heldOn: '2026-11-14' }));
  expect(await site.call('training.waiting', {})).toEqual({ behind: 3, lastHeldOn: '2026-11-14', silentDays: 10 });
});

test('sessions and scans go up, courses and norms of the bureau come down and stand before the station’s', async () => {
  const county = await aCounty();
  const station = await county.station('999999010100', '城关派出所');
  const own = await somePeople(station, 2);
  const dir = await mkdtemp(join(tmpdir(), 'lijing-scan-'));
  await writeFile(join(dir, 'a.png'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]));
  const { id } = await recordSession(
    station,
    aSession(own, { newScans: [await station.file(join(dir, 'a.png'), 'scan')] }),
  );
  await station.call('training.setNorm', { identityKind: 'CIVIL_SERVANT', days: 3, fromYear: 2026 });
  await county.receive(await county.report(station));
  const [row] = await county.bureau.call('training.listSessions', { ...YEAR, station: '999999010100-1' });
  expect(row).toMatchObject({ id, stationName: '城关派出所', scans: 1 });
  const { scans } = await county.bureau.call('training.getSession', { id });
  const seen = await county.bureau.call('training.getScan', { session: id, sha256: scans[0]?.sha256 ?? '' });
  expect(seen.kind).toBe('png');
  await county.bureau.call('training.setNorm', { identityKind: 'CIVIL_SERVANT', days: 18, fromYear: 2026 });
  await county.answer(station, '999999010100-1');
  const norms = await station.call('training.listNorms', { year: 2026 });
  expect(norms.find(({ identityKind }) => identityKind === 'CIVIL_SERVANT')).toMatchObject({
    days: 18,
    setBy: 'bureau',
  });
  await rm(dir, { recursive: true, force: true });
  await county.close();
});

test('a bureau records no sessions', async () => {
  const bureau = await aBureau();
  const session = aSession([crypto.randomUUID()]);
  expect(
    await bureau.refusal('training.recordSession', {
      id: null,
      version: null,
      session,
      reason: '',
      sameConfirmed: false,
    }),
  ).toEqual({ code: 'request.not-allowed' });
  await bureau.close();
});
