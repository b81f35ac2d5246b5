import { afterEach, beforeEach, expect, test } from 'vitest';
import { aCounty, type County } from '../../support/county.ts';
import { aCase, aSanction, disciplinePeople, recorded, STATION, verified } from '../../support/discipline.ts';
import type { TestSite } from '../../support/site.ts';

let county: County;
let bureau: TestSite;
let station: TestSite;
let people: Awaited<ReturnType<typeof disciplinePeople>>;

beforeEach(async () => {
  county = await aCounty();
  ({ bureau } = county);
  station = await county.station('999999010100', '城关派出所');
  people = await disciplinePeople(station);
  await bureau.account('ducha', ['inspector']);
});
afterEach(() => county.close());

const code = async (refusal: Promise<{ readonly code: string }>): Promise<string> => (await refusal).code;

/** The station's entries at the bureau, its inspector signed in there. */
async function reported(): Promise<void> {
  await station.signIn('suozhang');
  await bureau.signIn('guanli');
  await county.receive(await county.report(station));
  await bureau.signIn('ducha');
}

/** The bureau's entries at the station, its chief signed in there. */
async function answered(): Promise<void> {
  await bureau.signIn('guanli');
  await station.signIn('suozhang');
  await county.answer(station, STATION);
}

test('a referred incident comes back with a case that freezes, and a sanction with its period', async () => {
  const incident = await verified(station, [people.officer], [people.inspector]);
  await station.call('discipline.refer', { incident, proposal: 'WARNING', reason: '超出所内权限' });
  await reported();
  expect(await bureau.call('discipline.waiting', {})).toMatchObject([{ kind: 'awaits-bureau', incident }]);
  await bureau.call('discipline.openCase', aCase(incident, [people.officer]));
  expect(await bureau.call('discipline.openIncident', { id: incident })).toMatchObject({
    state: 'pending',
    proposal: 'WARNING',
    dueOn: '2027-05-23',
    steps: [],
  });
  await answered();
  expect(await station.call('discipline.frozenPeople', {})).toMatchObject([
    { person: { id: people.officer }, since: '2026-11-24' },
  ]);
  await bureau.signIn('ducha');
  await bureau.call('discipline.decideAtBureau', aSanction(incident, people.officer));
  await answered();
  expect(await station.call('discipline.frozenPeople', {})).toEqual([]);
  const view = await station.call('discipline.openIncident', { id: incident });
  expect(view.state).toBe('decided');
  expect(view.decisions).toMatchObject([
    { level: 'bureau', measureName: '警告', from: '2026-11-24', until: '2027-05-23', toldOn: null },
  ]);
});

test('a sanction is told, contested in its term and revoked by the bureau', async () => {
  const incident = await verified(station, [people.officer], [people.inspector]);
  await reported();
  await bureau.call('discipline.decideAtBureau', aSanction(incident, people.officer));
  await answered();
  const { decisions } = await station.call('discipline.openIncident', { id: incident });
  const decision = decisions[0]?.id ?? '';
  await station.call('discipline.giveNotice', { incident, decision, toldOn: '2026-11-24' });
  await station.signIn('minjing');
  expect(await station.call('discipline.ownDecisions', {})).toMatchObject([
    { reviewUntil: '2026-12-24', appealUntil: '2026-12-24' },
  ]);
  const review = { decision, kind: 'review' as const, statement: '事实有出入' };
  await station.call('discipline.stateAppeal', review);
  station.now.value = new Date('2026-12-25T01:00:00Z');
  await station.signIn('minjing');
  expect(await code(station.refusal('discipline.stateAppeal', review))).toBe('discipline.appeal-too-late');
  await reported();
  const { appeals } = await bureau.call('discipline.openIncident', { id: incident });
  const answer = {
    incident,
    appeal: appeals[0]?.id ?? '',
    outcome: 'revoked' as const,
    answeredOn: '2026-11-24',
    documentNo: null,
    note: '撤销原决定',
  };
  await bureau.call('discipline.answerAppeal', answer);
  expect(await code(bureau.refusal('discipline.answerAppeal', answer))).toBe('discipline.appeal-unknown');
  await answered();
  const after = await station.call('discipline.openIncident', { id: incident });
  expect(after.decisions).toMatchObject([{ revoked: true, from: null, until: null }]);
  await station.signIn('minjing');
  expect(await station.call('discipline.ownAppeals', {})).toMatchObject([
    { decision, kind: 'review', statement: '事实有出入', outcome: 'revoked', note: '撤销原决定' },
  ]);
});

test("a case of the bureau's own comes down, and not to the chief it is on", async () => {
  await reported();
  const { incident } = await bureau.call('discipline.openCase', aCase(null, [people.chief]));
  await bureau.call('discipline.decideAtBureau', {
    ...aSanction(incident, people.chief),
    measure: 'SUSPENSION',
    days: 30,
  });
  await answered();
  const [row] = await station.call('discipline.listIncidents', { overdueOnly: false });
  // A suspension settles nothing: the case still waits for its decision.
  expect(row).toMatchObject({ id: incident, origin: 'bureau', number: '青公立〔2026〕3号', state: 'pending' });
  expect(await station.call('discipline.frozenPeople', {})).toMatchObject([{ person: { id: people.chief } }]);
  await station.signIn('jiaodao');
  expect(await station.call('discipline.listIncidents', { overdueOnly: false })).toEqual([]);
  expect(await station.call('discipline.frozenPeople', {})).toEqual([]);
  expect(await code(station.refusal('discipline.openIncident', { id: incident }))).toBe('discipline.incident-unknown');
});

test('what the bureau cannot decide is refused by name', async () => {
  const incident = await recorded(station, [people.officer]);
  await reported();
  const sanction = aSanction(incident, people.officer);
  const deciding = (over: object) => code(bureau.refusal('discipline.decideAtBureau', { ...sanction, ...over }));
  expect(await deciding({ measure: 'CONFINEMENT', days: 8 })).toBe('discipline.measure-term-wrong');
  expect(await deciding({ measure: 'PARTY_PROBATION' })).toBe('discipline.measure-term-wrong');
  expect(await deciding({ person: people.other })).toBe('discipline.person-unknown');
  expect(await deciding({ decidedOn: '2026-11-25' })).toBe('discipline.date-in-future');
  expect(await deciding({ incident: crypto.randomUUID() })).toBe('discipline.incident-unknown');
  const opening = (over: object) =>
    code(bureau.refusal('discipline.openCase', { ...aCase(incident, [people.officer]), ...over }));
  expect(await opening({ station: '999999010900-1' })).toBe('handoff.station-unknown');
  expect(await opening({ people: [crypto.randomUUID()] })).toBe('discipline.person-unknown');
});
