import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Input } from '../../../shared/contract.ts';
import { checkDigit } from '../../../shared/resident-id.ts';
import { aPerson } from '../../bench/people.ts';
import { aCounty, type County } from '../../support/county.ts';
import type { TestSite } from '../../support/site.ts';

type Facts = Input<'roster.recordPerson'>['facts'];

const numbered = (digits: string): string => digits + checkDigit(digits);
const ZHAO = numbered('99999919900307001');
const QIAN = numbered('99999919900307003');

let county: County;
let first: TestSite;
let second: TestSite;
beforeEach(async () => {
  county = await aCounty();
  first = await county.station('999999010100', '城关派出所');
  second = await county.station('999999010200', '桃花镇派出所');
});
afterEach(() => county.close());

async function person(site: TestSite, facts: Partial<Facts>): Promise<string> {
  const { id: _id, version: _version, ...some } = aPerson(1).person;
  const named = { ...some, badgeNo: null, name: '赵建军', namePinyin: 'zhao jian jun', sex: 'MALE' as const, ...facts };
  const draft = { id: null, version: null, facts: named, reason: '', namesakeConfirmed: true };
  return (await site.call('roster.recordPerson', draft)).id;
}
const arrive = async (): Promise<void> => {
  await county.receive(await county.report(first), await county.report(second));
};
const pairs = (of: string | null = null) => county.bureau.call('duplicates.pairs', { person: of });
const judge = (persons: [string, string], verdict: 'same' | 'different' | 'open') =>
  county.bureau.call('duplicates.judge', { persons, verdict, reason: '已与两所电话核对' });
const active = async (): Promise<number> => (await county.bureau.call('roster.counts', {})).active;

test('one officer whom two stations recorded is found at the bureau, judged, counted once, and undone', async () => {
  const here = await person(first, { residentId: ZHAO, birthDate: '1990-03-07', badgeNo: '600001' });
  const there = await person(second, { residentId: ZHAO, birthDate: '1990-03', badgeNo: '600001' });
  await arrive();
  expect(await active()).toBe(2);
  const [pair, ...others] = await pairs();
  expect(others).toEqual([]);
  expect([pair?.first.id, pair?.second.id].sort()).toEqual([here, there].sort());
  expect([pair?.first.stationName, pair?.second.stationName].sort()).toEqual(['城关派出所', '桃花镇派出所']);
  expect(pair).toMatchObject({ grounds: ['residentId', 'badgeNo'], judged: null });

  await judge([there, here], 'same');
  expect(await active()).toBe(1);
  expect((await pairs())[0]?.judged).toMatchObject({
    verdict: 'same',
    reason: '已与两所电话核对',
    byName: '系统管理员',
  });
  expect((await pairs(here))[0]?.judged?.verdict).toBe('same');

  await judge([here, there], 'open');
  expect(await active()).toBe(2);
  expect((await pairs())[0]?.judged).toBeNull();
});

test('neither station learns of the other, and its file stays as it recorded it', async () => {
  const here = await person(first, { residentId: ZHAO, birthDate: '1990-03-07' });
  const there = await person(second, { residentId: ZHAO, birthDate: '1990-03-07' });
  await arrive();
  await judge([here, there], 'same');
  await county.answer(first, '999999010100-1');
  expect((await first.call('roster.counts', {})).active).toBe(1);
  expect((await first.refusal('roster.getPerson', { id: there })).code).toBe('roster.person-unknown');
  expect(await county.bureau.call('roster.getPerson', { id: here })).toMatchObject({ version: 1, status: 'ON_DUTY' });
});

test('namesakes born on one day are asked about, unless their identity numbers differ', async () => {
  const known = await person(first, { residentId: ZHAO, birthDate: '1990-03-07', badgeNo: '600001' });
  const unknown = await person(second, { residentId: null, birthDate: '1990-03-07', badgeNo: '600002' });
  await person(second, { residentId: QIAN, birthDate: '1990-03-07', badgeNo: '600003' });
  await person(second, { residentId: null, birthDate: '1990-03-08', badgeNo: '600004' });
  await arrive();
  const found = await pairs(known);
  expect(found.map(({ first: one, second: other }) => [one.id, other.id].sort())).toEqual([[known, unknown].sort()]);
  expect(found[0]?.grounds).toEqual(['birthDate']);

  await judge([known, unknown], 'different');
  expect((await pairs(known))[0]?.judged?.verdict).toBe('different');
  expect(await active()).toBe(4);
});

test('who went from one station to another counts where he is now, and three files of one person once', async () => {
  const before = await person(first, { residentId: ZHAO, birthDate: '1990-03-07' });
  const now = await person(second, { residentId: ZHAO, birthDate: '1990-03-07' });
  const third = await person(second, { residentId: null, name: '赵军', namePinyin: 'zhao jun', birthDate: '1990-03' });
  const gone = { to: '桃花镇派出所', effectiveOn: '2026-11-01', reason: '县局调动' };
  await first.call('roster.personTransferred', { id: before, version: 1, ...gone });
  await arrive();
  expect(await county.bureau.call('roster.counts', {})).toMatchObject({ active: 2, left: 1 });
  await judge([before, now], 'same');
  expect(await county.bureau.call('roster.counts', {})).toMatchObject({ active: 2, left: 0 });
  await judge([third, before], 'same');
  expect(await county.bureau.call('roster.counts', {})).toMatchObject({ active: 1, left: 0, onDuty: 1 });
});

test('what more than a few files share pairs each of them with one, not all with all', async () => {
  const files: string[] = [];
  for (let n = 0; n < 21; n += 1) files.push(await person(first, { residentId: null, birthDate: '1990-03-07' }));
  await arrive();
  const found = await pairs();
  expect(found).toHaveLength(20);
  expect(new Set(found.map((pair) => pair.first.id)).size).toBe(1);
  expect(new Set(found.flatMap((pair) => [pair.first.id, pair.second.id]))).toEqual(new Set(files));
});

test('one file is no pair, and who is unknown cannot be judged', async () => {
  const here = await person(first, { residentId: ZHAO, birthDate: '1990-03-07' });
  await arrive();
  const asked = { verdict: 'same' as const, reason: '核对' };
  expect((await county.bureau.refusal('duplicates.judge', { ...asked, persons: [here, here] })).code).toBe(
    'duplicates.one-file',
  );
  const nobody = '0190a3f0-0000-7000-8000-000000000000';
  expect((await county.bureau.refusal('duplicates.judge', { ...asked, persons: [here, nobody] })).code).toBe(
    'roster.person-unknown',
  );
});
