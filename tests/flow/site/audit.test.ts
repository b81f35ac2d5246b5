import { afterEach, expect, test } from 'vitest';
import { aStation, type TestSite } from '../../support/site.ts';

let site: TestSite;
afterEach(() => site.close());

const wholeJournal = async () =>
  (await site.call('site.listEntries', { stream: null, before: null, limit: 200 })).entries;

test('the journal is read newest first, page by page, with its authors', async () => {
  site = await aStation();
  await site.call('site.rename', { printingName: '城关所' });
  const newest = await site.call('site.listEntries', { stream: null, before: null, limit: 1 });
  expect(newest.entries[0]).toMatchObject({
    kind: 'site.renamed',
    byName: '值班所长',
    body: { printingName: '城关所' },
  });
  const older = await site.call('site.listEntries', { stream: null, before: newest.next, limit: 200 });
  expect(older.entries.at(-1)).toMatchObject({ seq: 1, kind: 'site.founded' });
  expect([...newest.entries, ...older.entries]).toEqual(await wholeJournal());
});

test('an identity number stands in the journal masked only', async () => {
  site = await aStation();
  const residentId = '999999199003070012';
  await site.call('roster.recordPerson', {
    id: null,
    version: null,
    facts: { ...aPersonsFacts, residentId },
    reason: '',
    namesakeConfirmed: false,
  });
  const shown = JSON.stringify(await wholeJournal());
  expect(shown).toContain('999999********0012');
  expect(shown).not.toContain(residentId);
});

test('a clock that was put back is named at the entry', async () => {
  site = await aStation();
  site.now.value = new Date('2016-01-01T00:00:00Z');
  await site.call('site.rename', { printingName: '城关所' });
  expect((await wholeJournal())[0]).toMatchObject({ kind: 'site.renamed', clockJumpedBack: true });
  expect(await site.call('site.checkChain', {})).toMatchObject({ clockJumps: 1, faults: [] });
});

const aPersonsFacts = {
  name: '王志强',
  namePinyin: null,
  sex: 'MALE',
  nation: null,
  birthDate: null,
  education: null,
  politicalStatus: null,
  workStart: null,
  policeStart: null,
  identityKind: 'CIVIL_SERVANT',
  enrolled: true,
  ranked: true,
  veteran: false,
  secondedTo: null,
  post: null,
  leadershipLevel: null,
  grade: null,
  rank: null,
  badgeNo: null,
  qualificationLevel: null,
  qualificationNo: null,
  qualificationExpiry: null,
  postStart: null,
  phone: null,
  unit: null,
  remarks: null,
  status: 'ON_DUTY',
} as const;
