import { afterEach, beforeEach, expect, test } from 'vitest';
import { aCounty } from '../../support/county.ts';
import { aPair, aSignOff } from '../../support/mentorship.ts';
import { aStation, type TestSite } from '../../support/site.ts';
import { importLedger, ledgerPath } from '../../support/training.ts';

let site: TestSite;
let pair: string;
let mentor: string;
let apprentice: string;
let other: string;

beforeEach(async () => {
  site = await aStation();
  ({ pair, mentor, apprentice, other } = await aPair(site));
});
afterEach(() => site.close());

const code = async (refusal: Promise<{ readonly code: string }>): Promise<string> => (await refusal).code;
const term = { startsOn: '2026-09-01', endsOn: '2027-08-31', agreement: null };

/** The mentor signs, the apprentice acknowledges. */
async function signedAndAcknowledged(): Promise<string> {
  await site.signIn('shifu');
  const { id } = await site.call('mentorship.signOff', aSignOff(pair));
  await site.signIn('tudi');
  await site.call('mentorship.acknowledge', { signOff: id, comment: '收获很大', mentoring: 5 });
  return id;
}

test('mentor, apprentice and chief each sign with their own key', async () => {
  const signOff = await signedAndAcknowledged();
  await site.signIn('suozhang');
  expect(await site.call('mentorship.waiting', {})).toContainEqual(expect.objectContaining({ kind: 'see', pair }));
  const unseen = await site.call('mentorship.listUnseen', {});
  expect(unseen).toMatchObject([{ id: signOff, mentor: { id: mentor }, apprentice: { id: apprentice } }]);
  await site.call('mentorship.see', { signOff, note: '继续' });
  expect(await site.call('mentorship.listUnseen', {})).toEqual([]);
  const view = await site.call('mentorship.getPair', { id: pair });
  expect(view).toMatchObject({ signOffs: 1, acknowledged: 1, seen: 1, average: 3 });
  expect(view.signOffList[0]).toMatchObject({
    acknowledgement: { comment: '收获很大', mentoring: 5 },
    seenNote: '继续',
  });
  const { entries } = await site.call('site.listEntries', { stream: null, before: null, limit: 50 });
  const signed = entries.filter((entry) => entry.signed && entry.kind.startsWith('mentorship.'));
  expect(signed.map(({ kind, byName }) => [kind, byName])).toEqual([
    ['mentorship.seen', '值班所长'],
    ['mentorship.acknowledged', 'tudi'],
    ['mentorship.signed-off', 'shifu'],
  ]);
  expect(await site.call('site.checkChain', {})).toMatchObject({ faults: [] });
});

test('nobody signs for somebody else', async () => {
  expect(await code(site.refusal('mentorship.signOff', aSignOff(pair)))).toBe('mentorship.not-the-mentor');
  await site.signIn('tudi');
  expect(await code(site.refusal('mentorship.signOff', aSignOff(pair)))).toBe('mentorship.not-the-mentor');
  await site.signIn('shifu');
  const { id } = await site.call('mentorship.signOff', aSignOff(pair));
  const acknowledgement = { signOff: id, comment: '好', mentoring: 5 };
  expect(await code(site.refusal('mentorship.acknowledge', acknowledgement))).toBe('mentorship.not-the-apprentice');
  await site.signIn('suozhang');
  expect(await code(site.refusal('mentorship.acknowledge', acknowledgement))).toBe('mentorship.not-the-apprentice');
  expect(await code(site.refusal('mentorship.see', { signOff: id, note: null }))).toBe('mentorship.not-acknowledged');
});

test('a sign-off that cannot be is refused by name', async () => {
  await site.signIn('shifu');
  const refusal = (over: Parameters<typeof aSignOff>[1]) =>
    code(site.refusal('mentorship.signOff', aSignOff(pair, over)));
  expect(await refusal({ from: '2026-11-01', to: '2026-11-30' })).toBe('mentorship.period-in-future');
  expect(await refusal({ from: '2026-08-01', to: '2026-08-31' })).toBe('mentorship.period-outside-term');
  expect(await refusal({ from: '2026-09-30', to: '2026-09-01' })).toBe('mentorship.period-outside-term');
  const [first, ...rest] = aSignOff(pair).ratings;
  if (!first) throw new Error('no abilities');
  expect(await refusal({ ratings: [{ ...first, rating: 5 }, ...rest] })).toBe('mentorship.rating-reason-missing');
  expect(await refusal({ ratings: rest })).toBe('request.malformed');
  await site.call(
    'mentorship.signOff',
    aSignOff(pair, { ratings: [{ ...first, rating: 5, reason: '抓获逃犯' }, ...rest] }),
  );
  expect(await refusal({ from: '2026-09-15', to: '2026-10-14' })).toBe('mentorship.period-overlaps');
  await site.call('mentorship.signOff', aSignOff(pair, { from: '2026-10-01', to: '2026-10-31' }));
  expect(await code(site.refusal('mentorship.signOff', aSignOff(crypto.randomUUID())))).toBe('mentorship.pair-unknown');
});

test('a sign-off is withdrawn by its mentor until the apprentice has acknowledged it', async () => {
  await site.signIn('shifu');
  const { id } = await site.call('mentorship.signOff', aSignOff(pair));
  expect(await code(site.refusal('mentorship.withdrawSignOff', { signOff: id, reason: '' }))).toBe(
    'mentorship.reason-missing',
  );
  await site.call('mentorship.withdrawSignOff', { signOff: id, reason: '期间写错' });
  const { signOffList, events } = await site.call('mentorship.getPair', { id: pair });
  expect(signOffList).toEqual([]);
  expect(events.at(-1)).toMatchObject({ kind: 'withdrawn', on: '2026-09-01', words: '期间写错', byName: 'shifu' });
  expect(await code(site.refusal('mentorship.withdrawSignOff', { signOff: id, reason: '再撤' }))).toBe(
    'mentorship.sign-off-unknown',
  );
  const acknowledged = await signedAndAcknowledged();
  expect(
    await code(site.refusal('mentorship.acknowledge', { signOff: acknowledged, comment: '再', mentoring: 1 })),
  ).toBe('mentorship.already-acknowledged');
  await site.signIn('shifu');
  expect(await code(site.refusal('mentorship.withdrawSignOff', { signOff: acknowledged, reason: '晚了' }))).toBe(
    'mentorship.already-acknowledged',
  );
  await site.signIn('suozhang');
  await site.call('mentorship.see', { signOff: acknowledged, note: null });
  expect(await code(site.refusal('mentorship.see', { signOff: acknowledged, note: null }))).toBe(
    'mentorship.already-seen',
  );
});

test('pairs that cannot be are refused, an apprentice has one mentor at a time', async () => {
  const refusal = (over: object) =>
    code(site.refusal('mentorship.formPair', { mentor, apprentice: other, ...term, ...over }));
  expect(await refusal({ apprentice: mentor })).toBe('mentorship.own-apprentice');
  expect(await refusal({ apprentice: crypto.randomUUID() })).toBe('mentorship.person-unknown');
  expect(await refusal({ endsOn: '2026-09-01' })).toBe('mentorship.term-wrong');
  expect(await refusal({ mentor: other, apprentice })).toBe('mentorship.apprentice-taken');
  await site.call('mentorship.endPair', { pair, endedOn: '2026-11-20', reason: '师父调离' });
  expect(await code(site.refusal('mentorship.endPair', { pair, endedOn: '2026-11-20', reason: '再' }))).toBe(
    'mentorship.pair-ended',
  );
  await site.call('mentorship.formPair', { mentor: other, apprentice, ...term, startsOn: '2026-11-21' });
  await site.signIn('shifu');
  expect(await code(site.refusal('mentorship.signOff', aSignOff(pair, { from: '2026-11-01', to: '2026-11-23' })))).toBe(
    'mentorship.pair-ended',
  );
  expect(await code(site.refusal('mentorship.signOff', aSignOff(pair)))).toBe('mentorship.pair-ended');
});

test('a pair is extended, examined and ended with reasons', async () => {
  expect(await code(site.refusal('mentorship.extendPair', { pair, endsOn: '2027-09-30', reason: '' }))).toBe(
    'mentorship.reason-missing',
  );
  expect(await code(site.refusal('mentorship.extendPair', { pair, endsOn: '2027-01-01', reason: '短' }))).toBe(
    'mentorship.term-wrong',
  );
  await site.call('mentorship.extendPair', { pair, endsOn: '2027-12-31', reason: '病假三个月' });
  expect(
    await code(site.refusal('mentorship.examine', { pair, on: '2026-12-01', result: 'GRADUATED', comment: '合格' })),
  ).toBe('mentorship.period-in-future');
  expect(
    await code(site.refusal('mentorship.examine', { pair, on: '2026-08-31', result: 'GRADUATED', comment: '合格' })),
  ).toBe('mentorship.term-wrong');
  await site.call('mentorship.examine', { pair, on: '2026-11-20', result: 'PROLONGED', comment: '再练三个月' });
  await site.call('mentorship.examine', { pair, on: '2026-11-24', result: 'GRADUATED', comment: '提前出师' });
  const view = await site.call('mentorship.getPair', { id: pair });
  expect(view).toMatchObject({ endsOn: '2027-12-31', endedOn: '2026-11-24', state: 'graduated', missing: [] });
  expect(view.events.map(({ kind, on, words, byName }) => [kind, on, words, byName])).toEqual([
    ['formed', '2026-09-01', null, '值班所长'],
    ['extended', '2027-12-31', '病假三个月', '值班所长'],
    ['examined', '2026-11-20', '延期：再练三个月', '值班所长'],
    ['examined', '2026-11-24', '出师：提前出师', '值班所长'],
  ]);
  expect(await code(site.refusal('mentorship.extendPair', { pair, endsOn: '2028-01-31', reason: '再' }))).toBe(
    'mentorship.pair-ended',
  );
});

test('a pair is not extended into the time of the apprentice’s next mentor', async () => {
  await site.call('mentorship.formPair', {
    mentor: other,
    apprentice,
    startsOn: '2027-09-01',
    endsOn: '2028-08-31',
    agreement: null,
  });
  expect(await code(site.refusal('mentorship.extendPair', { pair, endsOn: '2027-09-01', reason: '病假' }))).toBe(
    'mentorship.apprentice-taken',
  );
});

test('after its term a pair waits for its last sign-off and its examination', async () => {
  site.now.value = new Date('2027-09-20T01:00:00Z');
  await site.signIn('shifu');
  const view = await site.call('mentorship.getPair', { id: pair });
  expect([view.state, view.missing.length]).toEqual(['expired', 12]);
  expect(view.missing.at(-1)).toEqual({ from: '2027-08-01', to: '2027-08-31', isLate: true });
  expect(await site.call('mentorship.waiting', {})).toMatchObject([{ kind: 'sign-off-late', pair }]);
  await site.call('mentorship.signOff', aSignOff(pair, { stage: 'LEAD', from: '2027-08-01', to: '2027-08-31' }));
  await site.signIn('suozhang');
  const waiting = await site.call('mentorship.waiting', {});
  expect(waiting.map(({ kind }) => kind)).toEqual(['unsigned', 'unacknowledged', 'term-ending']);
  await site.call('mentorship.examine', { pair, on: '2027-09-20', result: 'GRADUATED', comment: '合格' });
  expect(await site.call('mentorship.waiting', {})).toMatchObject([{ kind: 'unacknowledged' }]);
  expect(await site.call('mentorship.listPairs', { openOnly: true })).toEqual([]);
});

test('only the chief forms and ends pairs', async () => {
  await site.account('zhuangan', ['trainer'], other);
  await site.signIn('zhuangan');
  expect(await code(site.refusal('mentorship.formPair', { mentor, apprentice: other, ...term }))).toBe(
    'request.not-allowed',
  );
  expect(await site.call('mentorship.listPairs', { openOnly: true })).toMatchObject([{ id: pair, state: 'open' }]);
});

test('each is told what waits for him', async () => {
  await site.signIn('shifu');
  expect(await site.call('mentorship.waiting', {})).toMatchObject([{ kind: 'sign-off-late', pair }]);
  const { id } = await site.call('mentorship.signOff', aSignOff(pair));
  await site.signIn('tudi');
  expect(await site.call('mentorship.waiting', {})).toMatchObject([{ kind: 'acknowledge', pair }]);
  await site.call('mentorship.acknowledge', { signOff: id, comment: '好', mentoring: 4 });
  expect(await site.call('mentorship.waiting', {})).toEqual([]);
});

test('who is in no pair and holds no office sees none', async () => {
  await site.account('luren', ['officer'], other);
  await site.signIn('luren');
  expect(await site.call('mentorship.listPairs', { openOnly: false })).toEqual([]);
  expect(await code(site.refusal('mentorship.getPair', { id: pair }))).toBe('mentorship.pair-unknown');
  expect(await site.call('mentorship.pairsOf', { personId: apprentice })).toEqual([]);
  expect(await site.call('mentorship.board', {})).toEqual({ newOfficers: 0, covered: 0, uncovered: [], mentors: [] });
});

test('the board names new officers without a mentor and mentors outside three to five', async () => {
  const board = await site.call('mentorship.board', {});
  expect(board.mentors).toMatchObject([{ id: mentor, apprentices: 1, fits: 'few' }]);
  const person = await site.call('roster.getPerson', { id: other });
  const { id, version, station: _s, stationName: _n, maskedResidentId: _m, ...facts } = person;
  await site.call('roster.recordPerson', {
    id,
    version,
    facts: { ...facts, residentId: 'keep', policeStart: '2026-01' },
    reason: '补入警时间',
    namesakeConfirmed: true,
  });
  expect(await site.call('mentorship.board', {})).toMatchObject({
    newOfficers: 1,
    covered: 0,
    uncovered: [{ id: other }],
  });
  expect(await site.call('mentorship.waiting', {})).toContainEqual(expect.objectContaining({ kind: 'pair-missing' }));
});

test('the list of pairs comes in with its repairs named, and a second time changes nothing', async () => {
  const station = await aStation();
  await importLedger(station, 'roster', '城关派出所花名册.xlsx');
  await importLedger(station, 'roster', '桃花镇人员名单.xlsx');
  await importLedger(station, 'roster', '龙沟派出所人员.csv');
  const commit = async () =>
    station.call('mentorship.commitImport', { file: await station.file(ledgerPath('师徒结对名单.xlsx')), edits: [] });
  const { counts, refused } = await commit();
  expect(counts.total).toBe(14);
  expect(counts.accepted + counts.repaired + counts.refused).toBe(14);
  expect(refused.map(({ notes }) => notes[0]?.code)).toEqual(refused.map(() => 'mentorship.not-on-roster'));
  const pairs = await station.call('mentorship.listPairs', { openOnly: true });
  expect(pairs).toHaveLength(counts.accepted + counts.repaired);
  expect(pairs[0]).toMatchObject({ startsOn: '2026-03-01', endsOn: '2027-02-28' });
  expect((await station.call('mentorship.board', {})).mentors).toContainEqual(
    expect.objectContaining({ name: '杨志强', apprentices: 6, fits: 'many' }),
  );
  expect((await commit()).counts).toMatchObject({
    accepted: 0,
    repaired: 0,
    unchanged: pairs.length,
    refused: refused.length,
  });
  const [first] = pairs;
  if (!first) throw new Error('no pair was imported');
  await station.call('mentorship.endPair', { pair: first.id, endedOn: '2026-11-24', reason: '师父调离' });
  expect((await commit()).counts).toMatchObject({ accepted: 0, repaired: 0, unchanged: pairs.length });
  await station.close();
});

test('the bureau sees the pairs and what was signed in them', async () => {
  const county = await aCounty();
  const station = await county.station('999999010100', '城关派出所');
  const formed = await aPair(station);
  await station.signIn('shifu');
  await station.call('mentorship.signOff', aSignOff(formed.pair));
  await station.signIn('suozhang');
  const [outcome] = await county.receive(await county.report(station));
  expect(outcome?.counts).toMatchObject({ quarantined: 0 });
  expect(await county.bureau.call('mentorship.listPairs', { openOnly: true })).toMatchObject([
    { stationName: '城关派出所', signOffs: 1 },
  ]);
  await county.close();
});
