import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkDigit } from '../../shared/resident-id.ts';
import { aPerson } from '../bench/people.ts';
import { behind, foreignEntry } from './behind.ts';
import { type Canary, MARK, type Sow } from './canaries.ts';
import { confidentialIncidents, idsIn } from './confidential-incidents.ts';
import { aCounty, type County } from './county.ts';
import { STATION } from './discipline.ts';
import { type Login, stationRoles, type WorldPeople } from './confidential-people.ts';
import { aSignOff } from './mentorship.ts';
import { PASSWORD, type TestSite } from './site.ts';
import { aSession, recordSession } from './training.ts';

export type WorldSite = 'station' | 'neighbour' | 'bureau';
/** A county that has seen every kind of confidential record; its sites are closed, to be opened on copies. */
export type ConfidentialWorld = {
  readonly people: WorldPeople;
  readonly ids: Awaited<ReturnType<typeof idsIn>> &
    Awaited<ReturnType<typeof ordinaryRecords>> & {
      readonly comment: string;
      /** Numbers of the station's entries that the bureau could not take in. */
      readonly quarantined: readonly number[];
      /** A file on the stick. */
      readonly diagnosis: string;
    };
  readonly canaries: readonly Canary[];
  /** The stick with what went between the sites, and the spoken code of the kit on it. */
  readonly stick: string;
  readonly kitCode: string;
  /** The name of the newest file on the stick that begins so. */
  readonly newest: (prefix: string) => string;
  /** A copy of a site's folder to work on; gone with the world. */
  readonly copyOf: (site: WorldSite) => Promise<string>;
  readonly remove: () => Promise<void>;
};

/** Builds it through the application's own calls, with the hand-off between the three sites. */
export async function aConfidentialWorld(): Promise<ConfidentialWorld> {
  const canaries: Canary[] = ['"discipline.', '"comments.comment-written"'].map((text) => ({ text, of: 'kind' }));
  const sow: Sow = (of, what, toldTo) => {
    const text = `${MARK}${of}-${what}`;
    canaries.push({ text, of, ...(toldTo ? { toldTo } : {}) });
    return text;
  };
  const county = await aCounty();
  const station = await county.station('999999010100', '城关派出所');
  const neighbour = await county.station('999999010200', '桃花派出所');
  const people = await peopled(station, canaries);
  await neighbour.account('jiandu', ['inspector']);
  await neighbour.account('kanke', ['viewer']);
  const exchange = exchangeOf(county, station, neighbour);
  await exchange();
  await bureauAccounts(county.bureau, people.jiaodao);
  const ordinary = { ...(await ordinaryRecords(station, people)), ...(await aComment(station, people, sow)) };
  const incidents = await confidentialIncidents({ station, bureau: county.bureau, sow, exchange }, people);
  const quarantined = await quarantinedEntries(station, people, sow);
  await exchange();
  await station.signIn('suozhang');
  const saved = await station.call('diagnosis.save', { drive: await station.drive(county.stick) });
  const request = await station.call('site.askHelp', { drive: await station.drive(county.stick) });
  const kept = { quarantined, ...ordinary, diagnosis: saved.fileName };
  const ids = { ...kept, ...(await idsIn(station, incidents, people, canaries)) };
  await county.bureau.signIn('guanli');
  const drive = await county.bureau.drive(county.stick);
  const { spokenCode } = await county.bureau.call('handoff.issueKit', { site: STATION, drive });
  await county.bureau.call('site.answerHelp', {
    file: await county.bureau.file(join(county.stick, request.fileName), 'helpRequest'),
    ...{ check: request.check, reason: '密码无人知道', escrowKey: null, drive },
    ...{ secondLoginName: 'juling', secondPassword: PASSWORD },
  });
  return {
    people,
    ids,
    canaries,
    kitCode: spokenCode,
    ...(await putAway(county, { station, neighbour })),
  };
}

/** Everybody on the roster, with accounts; the first chief (`suozhang`) has no person. */
async function peopled(station: TestSite, canaries: Canary[]): Promise<WorldPeople> {
  const add = async (n: number, residentId: string | null = null): Promise<string> => {
    const { id: _id, version: _version, ...facts } = aPerson(n * 37).person;
    const draft = { ...facts, birthDate: '1990-03', sex: 'MALE' as const, residentId };
    const asked = { id: null, version: null, facts: draft, reason: '', namesakeConfirmed: true };
    return (await station.call('roster.recordPerson', asked)).id;
  };
  const logins = Object.keys(stationRoles) as Login[];
  const persons: [Login, string][] = [];
  for (const [n, login] of logins.entries()) {
    const person = await add(n);
    persons.push([login, person]);
    await station.account(login, [...stationRoles[login]], person);
  }
  const residentId = `99999919900307001${checkDigit('99999919900307001')}`;
  canaries.push({ text: residentId, of: 'identity' });
  // Every login is there by construction.
  return { ...(Object.fromEntries(persons) as Record<Login, string>), other: await add(logins.length, residentId) };
}

/** The bureau's people; `beicha` is an inspector there whom the station's incidents concern. */
async function bureauAccounts(bureau: TestSite, concerned: string): Promise<void> {
  await bureau.signIn('guanli');
  await bureau.account('ducha', ['inspector']);
  await bureau.account('zhenggong', ['cadre']);
  await bureau.account('juling', ['leader']);
  await bureau.account('beicha', ['inspector'], concerned);
}

/** Carries the stations' reports up and the bureau's answers down. */
const exchangeOf =
  (county: County, ...stations: readonly TestSite[]) =>
  async (): Promise<void> => {
    await county.bureau.signIn('guanli');
    for (const station of stations) {
      await station.signIn('suozhang');
      const { waiting } = await station.call('handoff.state', {});
      if (waiting > 0) await county.receive(await county.report(station));
      const code = (await station.call('site.status', {})).site?.code ?? '';
      await county.answer(station, code);
    }
  };

/** What has nothing to do with discipline: a session, and a pair with a sign-off. */
async function ordinaryRecords(station: TestSite, people: WorldPeople) {
  await station.signIn('suozhang');
  const path = join(station.dir, '签到表.pdf');
  await writeFile(path, '%PDF-1.7');
  const newScans = [await station.file(path, 'scan')];
  const { id: session } = await recordSession(station, aSession([people.minjing, people.dangshi], { newScans }));
  const { scans } = await station.call('training.getSession', { id: session });
  const { id: pair } = await station.call('mentorship.formPair', {
    mentor: people.shifu,
    apprentice: people.minjing,
    startsOn: '2026-09-01',
    endsOn: '2027-08-31',
    agreement: null,
  });
  await station.signIn('shifu');
  const { id: signOff } = await station.call('mentorship.signOff', aSignOff(pair));
  const october = aSignOff(pair, { from: '2026-10-01', to: '2026-10-31' });
  const { id: unacknowledged } = await station.call('mentorship.signOff', october);
  await station.signIn('minjing');
  await station.call('mentorship.acknowledge', { signOff, comment: '收获很大', mentoring: 4 });
  return { session, scan: scans[0]?.sha256 ?? '', pair, signOff, unacknowledged };
}

/** Entries the bureau cannot take in: one of an incident, one of a kind no one here knows. */
async function quarantinedEntries(station: TestSite, people: WorldPeople, sow: Sow): Promise<number[]> {
  const seqs: number[] = [];
  await behind(station, 'suozhang', (db) => {
    const facts = sow('told', '待核事实');
    const concerned = [people.jiaodao, people.dangshi];
    seqs.push(
      foreignEntry(db, STATION, { kind: 'discipline.incident-recorded', body: { facts, people: concerned } }),
      foreignEntry(db, STATION, { kind: 'care.visit-noted', body: { on: '2026-11-20' } }),
    );
  });
  return seqs;
}

/** What somebody says of his own file. */
async function aComment(station: TestSite, { minjing }: WorldPeople, sow: Sow): Promise<{ comment: string }> {
  await station.signIn('minjing');
  await station.call('comments.writeComment', { words: sow('comment', '意见', 'minjing') });
  const [comment] = await station.call('comments.commentsOf', { personId: minjing });
  return { comment: comment?.id ?? '' };
}

/** Closes the sites and keeps their folders and the stick apart from the county, which goes. */
async function putAway(
  county: County,
  stations: Readonly<Record<'station' | 'neighbour', TestSite>>,
): Promise<Pick<ConfidentialWorld, 'stick' | 'newest' | 'copyOf' | 'remove'>> {
  const kept = await mkdtemp(join(tmpdir(), 'lijing-confidential-'));
  const sites = { ...stations, bureau: county.bureau };
  for (const site of Object.values(sites)) await site.core.shutdown();
  for (const [name, { dir }] of Object.entries(sites)) await cp(dir, join(kept, name), { recursive: true });
  const stick = join(kept, 'stick');
  await cp(county.stick, stick, { recursive: true });
  await county.close();
  const onStick = (await readdir(stick)).sort();
  return {
    stick,
    newest: (prefix) => onStick.findLast((name) => name.startsWith(prefix)) ?? '',
    copyOf: async (site) => {
      const copy = join(kept, `copy-${String((await readdir(kept)).length)}`);
      await cp(join(kept, site), copy, { recursive: true });
      return copy;
    },
    remove: () => rm(kept, { recursive: true, force: true }),
  };
}
