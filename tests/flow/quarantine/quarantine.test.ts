import { afterEach, beforeEach, expect, test } from 'vitest';
import { outdate } from '../../../electron/journal/journal.ts';
import { projections } from '../../../electron/slices.ts';
import type { Entry } from '../../../shared/entry.ts';
import { behind, foreignEntry } from '../../support/behind.ts';
import { aCounty, type County } from '../../support/county.ts';
import { withDatabase } from '../../support/damage.ts';
import { rowsOf } from '../../support/journal.ts';
import type { TestSite } from '../../support/site.ts';
import { somePeople } from '../../support/training.ts';

const SITE = '999999010100-1';

let county: County;
let station: TestSite;
beforeEach(async () => {
  county = await aCounty();
  station = await county.station('999999010100', '城关派出所');
});
afterEach(() => county.close());

/** The slices' tables at the bureau, but what a site notes of its own hand-offs. */
const tables = () => {
  const slices = projections.filter(({ name }) => !['site', 'handoff', 'backup'].includes(name));
  return withDatabase(county.bureau.dir, (db) => rowsOf(db, slices), 'guanli');
};

const kindUnknown = { kind: 'future.thing-recorded', body: { name: '巡逻车', on: '2026-11-20', isNew: true } };
/** The number of an entry that the station's application wrote, and this one cannot take in. */
async function written(entry: { readonly kind: string; readonly body: Entry['body'] }): Promise<number> {
  let seq = 0;
  await behind(station, 'suozhang', (db) => {
    seq = foreignEntry(db, SITE, entry);
  });
  return seq;
}

const handOver = async () => county.receive(await county.report(station));
const atCounty = () => county.bureau.call('quarantine.county', {});
const atStation = () => station.call('quarantine.own', {});
const boardCount = async () => (await county.bureau.call('handoff.board', {}))[0]?.quarantined;

test('an entry no one here can read is kept apart, shown with its body, and the rest lands', async () => {
  const seq = await written(kindUnknown);
  const [outcome] = await handOver();
  expect(outcome?.counts).toMatchObject({ quarantined: 1, accepted: (outcome?.counts?.exported ?? 0) - 1 });
  expect(await atCounty()).toMatchObject([
    { stream: SITE, station: '城关派出所', seq, code: 'entry.kind-unknown', state: 'open' },
  ]);
  await county.bureau.account('ducha', ['inspector']);
  await county.bureau.signIn('ducha');
  const entry = await county.bureau.call('quarantine.openEntry', { stream: SITE, seq });
  expect(entry).toMatchObject({ kind: 'future.thing-recorded', body: kindUnknown.body, talk: [] });
});

test('what an older application left in quarantine is taken by a newer one, as if it had never waited', async () => {
  await somePeople(station, 3);
  await handOver();
  const whole = await tables();
  const [recorded] = (
    await county.bureau.call('site.listEntries', { stream: SITE, before: null, limit: 200 })
  ).entries.filter(({ kind }) => kind === 'roster.person-recorded');
  const place = { stream: SITE, seq: recorded?.seq ?? 0 };
  await behind(county.bureau, 'guanli', (db) => {
    db.prepare('INSERT INTO quarantined (stream, seq, code) VALUES (?, ?, ?)').run(
      ...[SITE, place.seq, 'entry.kind-unknown'],
    );
    outdate(db);
  });
  expect((await tables())['person']).toHaveLength(2);
  expect(await boardCount()).toBe(1);

  expect(await county.bureau.call('quarantine.reconsider', { entries: [place] })).toEqual({ accepted: 1, kept: 0 });
  expect(await atCounty()).toEqual([]);
  const { quarantine_decision: decisions, ...rest } = await tables();
  expect(decisions).toHaveLength(1);
  expect({ ...rest, quarantine_decision: [] }).toEqual(whole);
  // Whoever replays the journal later comes to the same.
  await behind(county.bureau, 'guanli', outdate);
  expect(await tables()).toEqual({ ...rest, quarantine_decision: decisions });
  expect(await county.bureau.refusal('quarantine.reconsider', { entries: [place] })).toEqual({
    code: 'quarantine.entry-unknown',
  });
});

test('what still cannot be read stays where it is, and nothing is written about it', async () => {
  const seq = await written(kindUnknown);
  await handOver();
  const before = await county.bureau.call('site.listEntries', { stream: null, before: null, limit: 200 });
  const entries = [{ stream: SITE, seq }];
  expect(await county.bureau.call('quarantine.reconsider', { entries })).toEqual({ accepted: 0, kept: 1 });
  expect(await atCounty()).toMatchObject([{ seq, code: 'entry.kind-unknown', state: 'open' }]);
  expect(await county.bureau.call('site.listEntries', { stream: null, before: null, limit: 200 })).toEqual(before);
});

test('a question goes down with the receipt, its answer comes up with the next bundle', async () => {
  const { bureau } = county;
  await bureau.account('ducha', ['inspector']);
  const seq = await written(kindUnknown);
  await handOver();
  await bureau.signIn('ducha');
  const place = { stream: SITE, seq };
  await bureau.call('quarantine.decide', { ...place, verdict: 'returned', words: '这是什么记录？' });
  expect(await atCounty()).toMatchObject([{ state: 'returned' }]);

  await county.answer(station, SITE);
  expect(await atStation()).toMatchObject([{ seq, state: 'returned', verdict: 'returned', isClosed: false }]);
  const asked = await station.call('quarantine.openEntry', place);
  expect(asked.talk).toMatchObject([{ from: 'bureau', verdict: 'returned', words: '这是什么记录？' }]);
  await station.call('quarantine.answer', { seq, words: '误录，已重新登记。' });
  expect(await atStation()).toMatchObject([{ state: 'answered', isClosed: true }]);
  expect(await station.refusal('quarantine.answer', { seq, words: '再说一遍' })).toEqual({
    code: 'quarantine.answered-already',
  });

  await handOver();
  expect(await atCounty()).toMatchObject([{ state: 'answered' }]);
  expect(await boardCount()).toBe(1);
  const { talk } = await bureau.call('quarantine.openEntry', place);
  expect(talk.map(({ from, words, by }) => [from, words, by])).toEqual([
    ['bureau', '这是什么记录？', 'ducha'],
    ['station', '误录，已重新登记。', '值班所长'],
  ]);

  await bureau.call('quarantine.decide', { ...place, verdict: 'refused', words: '已有更正，原记录不收。' });
  expect(await boardCount()).toBe(0);
  await county.answer(station, SITE);
  expect(await atStation()).toMatchObject([{ state: 'refused', isClosed: false }]);
  await station.call('quarantine.answer', { seq, words: '知悉。' });
  await handOver();
  expect(await atCounty()).toMatchObject([{ state: 'refused' }]);
});

test('a decision comes down also where nothing else is new', async () => {
  const seq = await written(kindUnknown);
  await handOver();
  await county.answer(station, SITE);
  expect(await atStation()).toMatchObject([{ state: 'open', verdict: null }]);
  await county.bureau.account('ducha', ['inspector']);
  await county.bureau.signIn('ducha');
  await county.bureau.call('quarantine.decide', { stream: SITE, seq, verdict: 'returned', words: '请说明' });
  await county.answer(station, SITE);
  expect(await atStation()).toMatchObject([{ state: 'returned', verdict: 'returned' }]);
});

test('a confidential entry is read only by those who may know of it, and the reading is written down', async () => {
  const { bureau } = county;
  const [concerned = ''] = await somePeople(station, 1);
  const body = { id: concerned, facts: '值班期间饮酒', person: concerned };
  const seq = await written({ kind: 'discipline.incident-recorded', body });
  await handOver();
  const place = { stream: SITE, seq };
  const roles = { zhenggong: 'cadre', ducha: 'inspector', lingdao: 'leader' } as const;
  for (const [name, role] of Object.entries(roles)) await bureau.account(name, [role]);
  await bureau.account('ziji', ['inspector'], concerned);

  for (const name of ['zhenggong', 'ziji', 'guanli']) {
    await bureau.signIn(name);
    expect([await atCounty(), await boardCount()]).toEqual([[], 0]);
    expect(await bureau.refusal('quarantine.openEntry', place)).toEqual({ code: 'request.not-allowed' });
    if (name !== 'guanli')
      expect(await bureau.refusal('quarantine.decide', { ...place, verdict: 'returned', words: '？' })).toEqual({
        code: 'request.not-allowed',
      });
  }
  const openings = async () =>
    (await bureau.call('site.listEntries', { stream: null, before: null, limit: 200 })).entries.filter(
      ({ kind }) => kind === 'quarantine.opened',
    ).length;
  await bureau.signIn('ducha');
  for (const _twice of [1, 2])
    expect(await bureau.call('quarantine.openEntry', place)).toMatchObject({ body, names: { [concerned]: /./ } });
  expect([(await atCounty()).length, await boardCount()]).toEqual([1, 1]);
  await bureau.signIn('lingdao');
  expect(await openings()).toBe(1);
});

test('a station does not believe a receipt that counts other than it wrote', async () => {
  await handOver();
  await behind(county.bureau, 'guanli', (db) => {
    db.exec('UPDATE bundle_in SET accepted = accepted + 1');
  });
  const drive = await county.bureau.drive(county.stick);
  const { fileName } = await county.bureau.call('handoff.writeReturn', { site: SITE, drive });
  const file = await station.file(`${county.stick}/${fileName}`, 'bundle');
  expect(await station.refusal('handoff.importReturn', { file })).toMatchObject({
    code: 'handoff.receipt-counts-differ',
    detail: { number: 1 },
  });
  expect(await station.call('handoff.state', {})).toMatchObject({ provenThrough: 0, receiptAt: null });
});

test('what does not stand in quarantine can be neither opened, decided nor answered', async () => {
  await handOver();
  await county.answer(station, SITE);
  const place = { stream: SITE, seq: 1 };
  const unknown = { code: 'quarantine.entry-unknown' };
  expect(await county.bureau.refusal('quarantine.openEntry', place)).toEqual(unknown);
  expect(await county.bureau.refusal('quarantine.decide', { ...place, verdict: 'refused', words: '无' })).toEqual(
    unknown,
  );
  expect(await station.refusal('quarantine.openEntry', place)).toEqual(unknown);
  expect(await station.refusal('quarantine.openEntry', { ...place, stream: '999999010200-1' })).toEqual(unknown);
  expect(await station.refusal('quarantine.answer', { seq: 1, words: '无' })).toEqual(unknown);
});
