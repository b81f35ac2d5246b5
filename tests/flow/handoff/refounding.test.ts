import { cp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { projections } from '../../../electron/slices.ts';
import { aPerson } from '../../bench/people.ts';
import { aCounty, type County, NEW_CHIEF, type Refounded } from '../../support/county.ts';
import { outdate } from '../../../electron/journal/journal.ts';
import { behind } from '../../support/behind.ts';
import { withDatabase } from '../../support/damage.ts';
import { rowsOf } from '../../support/journal.ts';
import { anIncident } from '../../support/discipline.ts';
import { aPair, aSignOff } from '../../support/mentorship.ts';
import { CLOSED_ENTRY } from '../../../shared/entry.ts';
import { photosIn, sessionWithPhotos } from '../../support/photos.ts';
import type { TestSite } from '../../support/site.ts';
import { aSession, recordSession, somePeople } from '../../support/training.ts';

const SITE = '999999010100-1';
let county: County;
let station: TestSite;
beforeEach(async () => {
  county = await aCounty();
  station = await county.station('999999010100', '城关派出所');
});
afterEach(() => county.close());

/** Opens the kit on a new computer. */
async function founded({ kit, code }: Refounded, site?: TestSite): Promise<TestSite> {
  const at = site ?? (await county.computer());
  const file = await at.file(kit, 'bundle');
  await at.call('site.foundStationFromKit', { file, code, ...NEW_CHIEF, setAside: site !== undefined });
  return at;
}

const titles = async (site: TestSite) => {
  const year = { from: '2026-01-01', to: '2026-12-31', station: null };
  return (await site.call('training.listSessions', year)).map(({ title }) => title).sort();
};
const boardRows = async () => county.bureau.call('handoff.board', {});
const train = (site: TestSite, people: readonly string[], title: string) =>
  recordSession(site, aSession(people, { title, course: null }));

/** What the slices' tables hold; what a site notes of itself is its own. */
async function records(site: TestSite, loginName: string): Promise<Record<string, string[]>> {
  const own = ['site', 'handoff', 'backup', 'quarantine', 'media'];
  const slices = projections.filter(({ name }) => !own.includes(name));
  await site.call('site.lock', {});
  const rows = await withDatabase(site.dir, (db) => rowsOf(db, slices), loginName);
  await site.signIn(loginName);
  return rows;
}

/** The new computer reports; everything stands at the bureau once, and the receipt says so. */
async function expectOneHistory(anew: TestSite, { site }: Refounded): Promise<void> {
  const [outcome] = await county.receive(await county.report(anew));
  expect(outcome).toMatchObject({ problem: null, lacking: 0 });
  expect(outcome?.counts?.accepted).toBe(outcome?.counts?.exported);
  await county.answer(anew, site);
  expect(await anew.call('handoff.state', {})).toMatchObject({ waiting: 0, missing: [], quarantined: [] });
  expect(await boardRows()).toMatchObject([{ site, station: SITE, gaps: [], quarantined: 0 }]);
  expect(await records(anew, 'xinsuozhang')).toEqual(await records(county.bureau, 'guanli'));
  for (const one of [anew, county.bureau])
    expect(await one.call('site.checkChain', {})).toMatchObject({ faults: [], rows: [] });
}

/** A copy of the station as it is now. */
async function copied(): Promise<string> {
  const copy = await county.folder();
  await station.core.shutdown();
  await cp(station.dir, copy, { recursive: true });
  return copy;
}

async function reopened(dir: string): Promise<TestSite> {
  const site = await county.computer(dir);
  await site.signIn('suozhang');
  return site;
}

test('a lost computer’s station goes on with all its records on another one', async () => {
  const people = await somePeople(station, 4);
  const [photo = ''] = await photosIn(county.stick, 1, 20_000);
  const session = await sessionWithPhotos(station, people, [photo], '带照片的训练');
  await county.receive(await county.report(station));
  await county.answer(station, SITE);

  const refounded = await county.refound(SITE);
  expect(refounded).toMatchObject({ site: '999999010100-2', carried: 0, left: 0 });
  const anew = await county.computer();
  const kit = { file: await anew.file(refounded.kit, 'bundle'), code: refounded.code };
  expect(await anew.call('site.readKit', kit)).toMatchObject({
    station: '城关派出所',
    formerEntries: expect.any(Number),
  });
  await founded(refounded, undefined).then(async (other) => expect(await titles(other)).toEqual(['带照片的训练']));
  await anew.call('site.foundStationFromKit', { ...kit, ...NEW_CHIEF });

  const found = await anew.call('training.getSession', { id: session });
  expect(found).toMatchObject({ station: SITE, recordedBy: '值班所长' });
  const [scan] = found.scans;
  const shown = await anew.call('training.getScan', { session, sha256: scan?.sha256 ?? '' });
  expect(shown).toBeDefined();
  // Accounts are made anew.
  expect((await anew.call('site.listAccounts', {})).map(({ loginName }) => loginName)).toEqual(['xinsuozhang']);

  // Its records go on where they were, in the station's name.
  const {
    station: _station,
    instructor: _i,
    recordedAt: _at,
    recordedBy: _by,
    reason: _r,
    people: _p,
    ...facts
  } = found;
  const { id, version, ...before } = facts;
  const draft = { ...before, hours: 8, newScans: [] };
  await anew.call('training.recordSession', { id, version, session: draft, reason: '更正学时', sameConfirmed: true });
  await train(anew, people, '新机训练');
  // What the bureau writes for the station goes to the computer in use.
  const { id: _id, version: _version, ...person } = aPerson(7).person;
  const draft7 = { id: null, version: null, facts: person, reason: '', namesakeConfirmed: true, station: SITE };
  await county.bureau.call('roster.recordPerson', draft7);
  await expectOneHistory(anew, refounded);
  expect(await titles(county.bureau)).toEqual(['带照片的训练', '新机训练'].sort());
  expect((await anew.call('roster.counts', {})).active).toBe(5);
});

test('what was held behind a bundle that went with the computer is carried over', async () => {
  const people = await somePeople(station, 2);
  await county.receive(await county.report(station));
  await train(station, people, '随机器丢失');
  const lost = await county.report(station);
  const unfinished = (await station.call('handoff.state', {})).bundles[0]?.last ?? 0;
  await train(station, people, '缺口之后');
  const whole = await county.report(station);
  await rm(lost);
  // As if the stick between had been lost: only what follows it arrives.
  await withGap(whole, unfinished);

  const refounded = await county.refound(SITE);
  expect(refounded.carried).toBeGreaterThan(0);
  const anew = await founded(refounded);
  expect(await titles(anew)).toEqual(['缺口之后']);
  await train(anew, people, '新机训练');
  await expectOneHistory(anew, refounded);
});

/** Holds the entries behind `seq` at the bureau, as a bundle that came early would have. */
async function withGap(_path: string, seq: number): Promise<void> {
  await county.bureau.call('site.lock', {});
  await station.call('site.lock', {});
  const rows = await withDatabase(station.dir, (db) =>
    db
      .prepare<[string, number], { seq: number; hash: Buffer; line: string }>(
        'SELECT seq, hash, line FROM entry WHERE stream = ? AND seq > ?',
      )
      .all(SITE, seq),
  );
  await withDatabase(
    county.bureau.dir,
    (db) => {
      const hold = db.prepare('INSERT INTO held (stream, seq, hash, line) VALUES (?, ?, ?, ?)');
      for (const row of rows) hold.run(SITE, row.seq, row.hash, row.line);
    },
    'guanli',
  );
  await county.bureau.signIn('guanli');
}

test('a station that went on from an old backup comes out with both branches’ records, each once', async () => {
  const people = await somePeople(station, 3);
  await train(station, people, '分开之前');
  await county.receive(await county.report(station));
  const older = await copied();
  const first = await reopened(station.dir);
  await train(first, people, '第一支');
  await county.receive(await county.report(first));

  const second = await reopened(older);
  await train(second, people, '第二支');
  const [photo = ''] = await photosIn(county.stick, 1, 20_000);
  await sessionWithPhotos(second, people, [photo], '第二支带照片');
  const before = await titles(county.bureau);
  const [outcome] = await county.receive(await county.report(second));
  expect(outcome).toMatchObject({
    counts: null,
    station: '城关派出所',
    problem: { code: 'journal.fork', detail: { seq: expect.any(Number), since: expect.any(String) } },
  });
  expect(await titles(county.bureau)).toEqual(before);
  expect(await boardRows()).toMatchObject([{ fork: { seq: expect.any(Number), entries: expect.any(Number) } }]);
  // The same again keeps nothing twice.
  const [row] = await boardRows();
  await county.receive(await county.report(second));
  expect((await boardRows())[0]?.fork?.entries).toBeGreaterThanOrEqual(row?.fork?.entries ?? 0);

  const refounded = await county.refound(SITE, 'forked');
  expect(refounded).toMatchObject({ carried: 2, left: 0 });
  const anew = await founded(refounded);
  const all = ['分开之前', '第一支', '第二支', '第二支带照片'].sort();
  expect(await titles(anew)).toEqual(all);
  await train(anew, people, '新机训练');
  await expectOneHistory(anew, refounded);
  expect(await titles(county.bureau)).toEqual([...all, '新机训练'].sort());
});

test('signatures and what is confidential come along under their own rules', async () => {
  const { pair, other } = await aPair(station);
  await county.receive(await county.report(station));
  const older = await copied();
  const first = await reopened(station.dir);
  await train(first, [other], '第一支');
  await county.receive(await county.report(first));

  const second = await reopened(older);
  await second.call('discipline.recordIncident', anIncident([other]));
  await second.call('site.lock', {});
  await second.signIn('shifu');
  await second.call('mentorship.signOff', aSignOff(pair));
  await second.call('site.lock', {});
  await second.signIn('suozhang');
  await county.receive(await county.report(second));

  const refounded = await county.refound(SITE, 'forked');
  expect(refounded.left).toBe(0);
  const anew = await founded(refounded);
  expect(await anew.call('mentorship.getPair', { id: pair })).toMatchObject({ signOffs: 1 });
  expect(await anew.call('discipline.listIncidents', { overdueOnly: false })).toHaveLength(1);
  await train(anew, [other], '新机训练');
  await expectOneHistory(anew, refounded);
  // The administrator who carried them over reads none of it.
  const stream = `999999010000-1/${refounded.site}`;
  const { entries } = await county.bureau.call('site.listEntries', { stream, before: null, limit: 200 });
  const kinds = entries.map(({ kind, body }) => (kind === CLOSED_ENTRY ? body : kind));
  expect(kinds).toContain(null);
  expect(kinds).toContain('handoff.entry-carried');
  expect(kinds).not.toContain('handoff.closed-entry-carried');
});

/** Leaves the session as an application that could not read it would have: held, and in quarantine. */
const unread = (site: TestSite, loginName: string) =>
  behind(site, loginName, (db) => {
    db.exec(`INSERT INTO quarantined (stream, seq, code)
      SELECT stream, seq, 'entry.kind-unknown' FROM entry WHERE kind = 'training.session-recorded'`);
    outdate(db);
  });

test('what nobody could read of a former computer counts on the new one too, once an update can', async () => {
  const people = await somePeople(station, 2);
  await train(station, people, '旧机训练');
  await county.receive(await county.report(station));
  await unread(county.bureau, 'guanli');
  const refounded = await county.refound(SITE);
  const anew = await founded(refounded);
  expect(await titles(county.bureau)).toEqual([]);
  const [waiting] = await county.bureau.call('quarantine.county', {});
  const entries = [{ stream: SITE, seq: waiting?.seq ?? 0 }];
  expect(await county.bureau.call('quarantine.reconsider', { entries })).toEqual({ accepted: 1, kept: 0 });
  await unread(anew, 'xinsuozhang');
  expect(await titles(anew)).toEqual(['旧机训练']);
  await train(anew, people, '新机训练');
  await expectOneHistory(anew, refounded);
});

test('what would contradict the branch that was taken stays aside, and is counted', async () => {
  const people = await somePeople(station, 1);
  const { id } = await train(station, people, '训练');
  await county.receive(await county.report(station));
  const older = await copied();
  const edit = async (site: TestSite, hours: number) => {
    const session = aSession(people, { title: '训练', course: null, hours });
    await site.call('training.recordSession', { id, version: 1, session, reason: '更正', sameConfirmed: true });
    return county.report(site);
  };
  await county.receive(await edit(await reopened(station.dir), 2));
  await county.receive(await edit(await reopened(older), 3));
  const refounded = await county.refound(SITE, 'forked');
  expect(refounded).toMatchObject({ carried: 0, left: 1 });
  const anew = await founded(refounded);
  expect((await anew.call('training.getSession', { id })).hours).toBe(2);
});

test('on a computer that has the former site it is put aside whole, and its backups stand in nobody’s way', async () => {
  await somePeople(station, 2);
  await station.call('backup.make', { drive: null });
  await county.receive(await county.report(station));
  const refounded = await county.refound(SITE, 'broken');
  const file = await station.file(refounded.kit, 'bundle');
  const typed = { file, code: refounded.code, ...NEW_CHIEF };
  expect(await station.refusal('site.foundStationFromKit', typed)).toEqual({ code: 'site.already-founded' });
  // Nor while somebody works.
  expect(await station.refusal('site.foundStationFromKit', { ...typed, setAside: true })).toEqual({
    code: 'site.already-founded',
  });
  await station.call('site.lock', {});
  await founded(refounded, station);
  await station.core.shutdown();

  const again = await county.computer(station.dir);
  await again.signIn('xinsuozhang');
  expect((await again.call('roster.counts', {})).active).toBe(2);
  const [instant = ''] = await readdir(join(station.dir, 'former'));
  const former = join(station.dir, 'former', instant);
  expect(await readdir(former)).toEqual(expect.arrayContaining(['backups', 'keyring.json', 'lijing.db']));
  const old = await reopened(former);
  expect((await old.call('roster.counts', {})).active).toBe(2);

  // The same kit once more would begin the same stream a second time.
  await again.call('site.lock', {});
  expect(
    await again.refusal('site.foundStationFromKit', {
      ...typed,
      file: await again.file(refounded.kit, 'bundle'),
      setAside: true,
    }),
  ).toEqual({ code: 'site.already-founded' });
});

test('a first kit never puts a site aside', async () => {
  const { bureau, stick } = county;
  const { site } = await bureau.call('handoff.registerStation', { name: '桃花镇派出所', organCode: '999999010200' });
  const { fileName, spokenCode } = await bureau.call('handoff.issueKit', { site, drive: await bureau.drive(stick) });
  await station.call('site.lock', {});
  const file = await station.file(join(stick, fileName), 'bundle');
  const typed = { file, code: spokenCode, ...NEW_CHIEF, setAside: true };
  expect(await station.refusal('site.foundStationFromKit', typed)).toEqual({ code: 'site.already-founded' });
  await station.signIn('suozhang');
});

test('only a computer out of use is followed by another, and once', async () => {
  const { bureau } = county;
  expect(await bureau.refusal('handoff.refound', { site: SITE })).toEqual({ code: 'handoff.station-not-revoked' });
  expect(await bureau.refusal('handoff.refound', { site: '999999010900-1' })).toEqual({
    code: 'handoff.station-unknown',
  });
  await county.refound(SITE);
  expect(await bureau.refusal('handoff.refound', { site: SITE })).toEqual({ code: 'handoff.station-succeeded' });
});

test('a second loss leads to a third computer with the records of both before', async () => {
  const people = await somePeople(station, 1);
  await train(station, people, '一号机');
  await county.receive(await county.report(station));
  const second = await county.refound(SITE);
  const two = await founded(second);
  await train(two, people, '二号机');
  await county.receive(await county.report(two));
  const third = await county.refound(second.site);
  expect(third.site).toBe('999999010100-3');
  const three = await founded(third);
  expect(await titles(three)).toEqual(['一号机', '二号机'].sort());
  await train(three, people, '三号机');
  await expectOneHistory(three, third);
});
