import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Input, Output } from '../../../shared/contract.ts';
import { identityKinds, policeRanks, qualificationLevels } from '../../../shared/code-tables.ts';
import { aPerson } from '../../bench/people.ts';
import { aStation, type TestSite } from '../../support/site.ts';

type Question = Input<'roster.listPersons'>;
type Row = Output<'roster.listPersons'>['rows'][number];

const everybody: Question = {
  ...{ search: '', statuses: [], identityKinds: [], ranks: [], posts: [], qualifications: [], station: null },
  ...{ sort: 'name', descending: false, offset: 0, limit: 500 },
};
const PEOPLE = 60;
const statuses = ['ON_DUTY', 'SECONDED', 'OFF_POST'] as const;
const ranks = policeRanks.entries.slice(5, 9).map(({ key }) => key);
const levels = qualificationLevels.entries.map(({ key }) => key);
const kinds = identityKinds.entries.slice(0, 3).map(({ key }) => key);
const posts = ['民警', '社区民警', '内勤', '案件民警'];
const pick = <T>(list: readonly T[], at: number): T | null => list[at % (list.length + 1)] ?? null;

let site: TestSite;
let all: readonly Row[];

const ask = (question: Partial<Question>) => site.call('roster.listPersons', { ...everybody, ...question });
const namesFor = async (search: string): Promise<string[]> => (await ask({ search })).rows.map(({ name }) => name);

beforeAll(async () => {
  site = await aStation();
  for (let n = 0; n < PEOPLE; n += 1) {
    const { id: _id, version: _version, ...person } = aPerson(n).person;
    const facts = {
      ...person,
      identityKind: pick(kinds, n) ?? 'WORKER',
      rank: pick(ranks, n),
      qualificationLevel: pick(levels, n),
      status: pick(statuses, n * 3) ?? 'ON_DUTY',
    };
    await site.call('roster.recordPerson', { id: null, version: null, facts, reason: '', namesakeConfirmed: true });
  }
  all = (await ask({})).rows;
});
afterAll(() => site.close());

const subset = <T>(values: readonly T[]) => fc.subarray([...values]);
const filters = fc.record({
  statuses: subset(statuses),
  identityKinds: subset(kinds),
  ranks: subset(ranks),
  posts: subset(posts),
  qualifications: subset([...levels, 'NONE' as const]),
});
const orders = fc.record({ sort: fc.constantFrom('name', 'rank', 'birthDate', 'postStart'), descending: fc.boolean() });

const isAmong = <T>(values: readonly T[], value: T): boolean => values.length === 0 || values.includes(value);

test('whatever filters are set, those are found whom each of them lets through, and counted', async () => {
  const property = fc.asyncProperty(filters, orders, async (chosen, order) => {
    const expected = all.filter(
      (row) =>
        isAmong(chosen.statuses, row.status as (typeof statuses)[number]) &&
        isAmong(chosen.identityKinds, row.identityKind) &&
        (chosen.ranks.length === 0 || (row.rank !== null && chosen.ranks.includes(row.rank))) &&
        (chosen.posts.length === 0 || (row.post !== null && chosen.posts.includes(row.post))) &&
        isAmong(chosen.qualifications, row.qualificationLevel ?? 'NONE'),
    );
    const { total, rows } = await ask({ ...chosen, ...order });
    expect(total).toBe(expected.length);
    expect(rows.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
  });
  await fc.assert(property, { numRuns: 100 });
});

test('page after page, everybody comes once and in order', async () => {
  const property = fc.asyncProperty(orders, fc.integer({ min: 1, max: 17 }), async (order, limit) => {
    const whole = (await ask(order)).rows.map(({ id }) => id);
    const paged: string[] = [];
    for (let offset = 0; offset < PEOPLE; offset += limit)
      paged.push(...(await ask({ ...order, offset, limit })).rows.map(({ id }) => id));
    expect(paged).toEqual(whole);
    expect(new Set(paged).size).toBe(PEOPLE);
  });
  await fc.assert(property, { numRuns: 30 });
});

test('the highest rank comes first, and those without one last', async () => {
  const found = (await ask({ sort: 'rank' })).rows.map(({ rank }) => rank);
  const places = found.map((rank) => (rank === null ? ranks.length : ranks.indexOf(rank)));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});

test('a name is found by its characters, its pinyin with and without spaces, its initials, and a badge by its beginning', async () => {
  const [{ name, badgeNo } = { name: '', badgeNo: '' }] = all;
  const { namePinyin } = await site.call('roster.pinyinOf', { name });
  const initials = namePinyin.replace(/(\w)\w*\s*/g, '$1');
  for (const typed of [name.slice(1), namePinyin, namePinyin.replaceAll(' ', ''), initials, initials.toUpperCase()])
    expect(await namesFor(typed)).toContain(name);
  expect(await namesFor((badgeNo ?? '').slice(0, 6))).toContain(name);
  expect(await namesFor('%_')).toEqual([]);
});
