import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Input } from '../../../shared/contract.ts';
import type { PersonFacts } from '../../../shared/person.ts';
import { aCounty, type County } from '../../support/county.ts';
import { aCase, aSanction, disciplinePeople, STATION } from '../../support/discipline.ts';
import type { TestSite } from '../../support/site.ts';

let county: County;
let bureau: TestSite;
let station: TestSite;
let people: Awaited<ReturnType<typeof disciplinePeople>>;
let incident: string;

/** A case on the officer and the second chief together has come down; the first chief is signed in. */
beforeEach(async () => {
  county = await aCounty();
  ({ bureau } = county);
  station = await county.station('999999010100', '城关派出所');
  people = await disciplinePeople(station);
  await bureau.account('ducha', ['inspector']);
  await bureau.account('zhenggong', ['cadre']);
  await county.receive(await county.report(station));
  await bureau.signIn('ducha');
  ({ incident } = await bureau.call('discipline.openCase', aCase(null, [people.officer, people.chief])));
  await answered();
});
afterEach(() => county.close());

/** The bureau's entries at the station, its first chief signed in there. */
async function answered(): Promise<void> {
  await bureau.signIn('guanli');
  await station.signIn('suozhang');
  await county.answer(station, STATION);
}

const leaving = (id: string, over: Partial<Input<'roster.personLeft'>> = {}): Input<'roster.personLeft'> => ({
  id,
  version: 1,
  status: 'RETIRED',
  effectiveOn: '2026-11-24',
  reason: '到龄退休',
  ...over,
});
const moving = (id: string) => ({ id, version: 1, to: '县局', effectiveOn: '2026-11-24', reason: '工作需要' });
const FROZEN = { code: 'roster.person-frozen', detail: { since: '2026-11-24' } };

/** The person's facts changed by hand, in the words of the form. */
async function edit(id: string, over: Partial<PersonFacts>): Promise<Input<'roster.recordPerson'>> {
  const view = await station.call('roster.getPerson', { id });
  const { id: _id, version, maskedResidentId: _m, station: _s, stationName: _n, ...facts } = view;
  const draft = { ...facts, residentId: 'keep' as const, ...over };
  return { id, version, facts: draft, reason: '晋升', namesakeConfirmed: true };
}

test('somebody held by a case neither leaves, moves nor rises until it is decided; off post he may be', async () => {
  expect(await station.refusal('roster.personLeft', leaving(people.officer))).toEqual(FROZEN);
  expect(await station.refusal('roster.personTransferred', moving(people.officer))).toEqual(FROZEN);
  const promotion = await edit(people.officer, { rank: 'COMMISSIONER_3' });
  expect(await station.refusal('roster.recordPerson', promotion)).toEqual(FROZEN);
  await station.call('roster.recordPerson', await edit(people.officer, { unit: '案件组' }));
  const off = leaving(people.officer, { version: 2, status: 'OFF_POST', reason: '停止执行职务' });
  await station.call('roster.personLeft', off);

  await bureau.signIn('ducha');
  await bureau.call('discipline.decideAtBureau', aSanction(incident, people.officer));
  await answered();
  await station.call('roster.personLeft', leaving(people.officer, { version: 3 }));
});

test('a chief the case is on is told nothing by any refusal, and whom he let go is named to the others', async () => {
  await station.signIn('jiaodao');
  expect(await station.call('discipline.frozenPeople', {})).toEqual([]);
  // His own departure is refused with or without a case.
  expect(await station.refusal('roster.personLeft', leaving(people.chief))).toEqual({ code: 'roster.own-departure' });
  // Nor does anybody raise himself.
  const himself = await edit(people.chief, { rank: 'COMMISSIONER_3' });
  expect(await station.refusal('roster.recordPerson', himself)).toEqual({ code: 'roster.own-promotion' });
  await station.call('roster.personLeft', leaving(people.officer));
  await station.signIn('suozhang');
  const frozen = await station.call('discipline.frozenPeople', {});
  expect(frozen.map(({ person, hasLeft }) => [person.id, hasLeft]).sort()).toEqual(
    [
      [people.officer, true],
      [people.chief, false],
    ].sort(),
  );
});

test('a trainer, who may not know of cases, lets nobody go and raises nobody, so that he cannot try anybody out', async () => {
  await station.signIn('zhuangan');
  for (const id of [people.officer, people.other]) {
    expect(await station.refusal('roster.personLeft', leaving(id))).toEqual({ code: 'request.not-allowed' });
    const gone = await edit(id, { status: 'RETIRED' });
    expect(await station.refusal('roster.recordPerson', gone)).toEqual({ code: 'roster.departure-by-edit' });
    const higher: readonly Partial<PersonFacts>[] = [
      { rank: 'COMMISSIONER_3' },
      { grade: 'POLICE_SPECIALIST_1' },
      { leadershipLevel: 'DIVISION_HEAD' },
    ];
    for (const raised of higher)
      expect(await station.refusal('roster.recordPerson', await edit(id, raised)), Object.keys(raised)[0]).toEqual({
        code: 'roster.promotion-not-yours',
      });
    await station.call('roster.recordPerson', await edit(id, { unit: '案件组' }));
  }
});

test('nobody rises while the period of a sanction runs, and its end lets him', async () => {
  await bureau.signIn('ducha');
  await bureau.call('discipline.decideAtBureau', aSanction(incident, people.officer));
  await answered();
  const promotion = await edit(people.officer, { rank: 'COMMISSIONER_3' });
  const inPeriod = { code: 'roster.person-in-period', detail: { until: '2027-05-23' } };
  expect(await station.refusal('roster.recordPerson', promotion)).toEqual(inPeriod);
  station.now.value = new Date('2027-05-23T10:00:00Z');
  await station.signIn('suozhang');
  expect(await station.refusal('roster.recordPerson', promotion)).toEqual(inPeriod);
  station.now.value = new Date('2027-05-25T10:00:00Z');
  await station.signIn('suozhang');
  await station.call('roster.recordPerson', promotion);
});

test("the bureau's personnel office knows who is held, and of no incident", async () => {
  await bureau.signIn('zhenggong');
  expect(await bureau.call('discipline.listIncidents', { overdueOnly: false })).toEqual([]);
  expect((await bureau.call('discipline.frozenPeople', {})).map(({ person }) => person.id).sort()).toEqual(
    [people.officer, people.chief].sort(),
  );
  expect(await bureau.refusal('roster.personLeft', leaving(people.officer))).toEqual(FROZEN);
});
