import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Input, Output } from '../../../shared/contract.ts';
import { checkDigit } from '../../../shared/resident-id.ts';
import { aPerson } from '../../bench/people.ts';
import { aBureau, aStation, type TestSite } from '../../support/site.ts';

type Draft = Input<'roster.recordPerson'>;
type Person = Output<'roster.recordPerson'>;

let site: TestSite;
beforeEach(async () => {
  site = await aStation();
});
afterEach(() => site.close());

const numberOf = (first17: string): string => first17 + checkDigit(first17);
const { id: _id, version: _version, ...someone } = aPerson(1).person;

/** A new person of the test's, a man born in March 1990. */
const aDraft = (facts: Partial<Draft['facts']> = {}, rest: Partial<Draft> = {}): Draft => ({
  id: null,
  version: null,
  facts: { ...someone, sex: 'MALE', birthDate: '1990-03', badgeNo: null, ...facts },
  reason: '',
  namesakeConfirmed: true,
  ...rest,
});
const recorded = (facts: Partial<Draft['facts']> = {}): Promise<Person> =>
  site.call('roster.recordPerson', aDraft(facts));
const codeFor = async (draft: Draft): Promise<string> => (await site.refusal('roster.recordPerson', draft)).code;

test('a wrong identity number, and one that says otherwise than the ledger, are refused', async () => {
  const right = numberOf('99999919900307001');
  const wrong = right.slice(0, 17) + (right.endsWith('1') ? '2' : '1');
  expect(await codeFor(aDraft({ residentId: wrong }))).toBe('roster.resident-id-invalid');
  expect(await codeFor(aDraft({ residentId: right, sex: 'FEMALE' }))).toBe('roster.resident-id-disagrees');
  expect(await codeFor(aDraft({ residentId: right, birthDate: '1991-03' }))).toBe('roster.resident-id-disagrees');
  expect((await recorded({ residentId: right })).maskedResidentId).toBe(`999999********${right.slice(14)}`);
});

test('two people of one station never share an identity number or a badge', async () => {
  const residentId = numberOf('99999919900307001');
  await recorded({ residentId, badgeNo: '012345' });
  expect(await codeFor(aDraft({ residentId }))).toBe('roster.resident-id-taken');
  expect(await codeFor(aDraft({ badgeNo: '012345' }))).toBe('roster.badge-no-taken');
});

test('a namesake is asked about, and recorded once confirmed', async () => {
  const first = await recorded();
  const draft = aDraft({}, { namesakeConfirmed: false });
  expect(await site.refusal('roster.recordPerson', draft)).toEqual({
    code: 'roster.namesake',
    detail: { personId: first.id },
  });
  await recorded();
});

test('nobody on the strength is a child or older than anybody on the books', async () => {
  expect(await codeFor(aDraft({ birthDate: '2015-01' }))).toBe('roster.age-implausible');
  expect(await codeFor(aDraft({ birthDate: '1920-01' }))).toBe('roster.age-implausible');
});

test('a change is made from the state the person saw, and says why', async () => {
  const { id } = await recorded();
  const change = aDraft({ post: '内勤' }, { id, version: 1 });
  expect(await codeFor(change)).toBe('roster.reason-missing');
  await site.call('roster.recordPerson', { ...change, reason: '岗位调整' });
  expect(await site.refusal('roster.recordPerson', { ...change, reason: '岗位调整' })).toEqual({
    code: 'roster.changed-meanwhile',
    detail: { version: 2 },
  });
  expect(await codeFor({ ...change, id: randomUUID(), reason: '岗位调整' })).toBe('roster.person-unknown');
});

test('somebody leaves once, for a reason, and not tomorrow', async () => {
  const { id } = await recorded();
  const leaving = { id, version: 1, status: 'RETIRED', effectiveOn: '2026-11-01', reason: '到龄退休' } as const;
  expect(await site.refusal('roster.personLeft', { ...leaving, reason: ' ' })).toEqual({
    code: 'roster.reason-missing',
  });
  const tomorrow = { ...leaving, effectiveOn: '2026-11-25' };
  expect(await site.refusal('roster.personLeft', tomorrow)).toEqual({ code: 'roster.date-in-future' });
  await site.call('roster.personLeft', leaving);
  expect(await site.refusal('roster.personLeft', { ...leaving, version: 2 })).toEqual({ code: 'roster.already-left' });
});

test('an identity number nobody recorded cannot be looked at', async () => {
  const { id } = await recorded();
  expect(await site.refusal('roster.revealResidentId', { id })).toEqual({ code: 'roster.no-resident-id' });
});

test('the bureau says whose strength a new person joins', async () => {
  const bureau = await aBureau();
  expect(await bureau.refusal('roster.recordPerson', aDraft())).toEqual({ code: 'roster.station-missing' });
  await bureau.close();
});
