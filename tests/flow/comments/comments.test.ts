import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { commentsProjection } from '../../../electron/comments/store.ts';
import { rosterProjection } from '../../../electron/roster/store.ts';
import { siteProjection } from '../../../electron/site/store.ts';
import { aPerson } from '../../bench/people.ts';
import { aCounty } from '../../support/county.ts';
import { aJournal } from '../../support/journal.ts';
import { aStation, type TestSite } from '../../support/site.ts';

let site: TestSite;
/** The officer `minjing` and the chief `jiaodao`, who have files; `suozhang` has none. */
let officer: string;
let chief: string;

const recorded = async (at: TestSite, n: number): Promise<string> => {
  const { id: _id, version: _version, ...facts } = aPerson(n).person;
  const draft = { id: null, version: null, facts, reason: '', namesakeConfirmed: true };
  return (await at.call('roster.recordPerson', draft)).id;
};
const commentsOf = (personId: string) => site.call('comments.commentsOf', { personId });
const WORDS = '2023 年训练学时少记 8 学时，请核对签到表。';

beforeEach(async () => {
  site = await aStation();
  officer = await recorded(site, 1);
  chief = await recorded(site, 2);
  await site.account('minjing', ['officer'], officer, '王民警');
  await site.account('jiaodao', ['chief'], chief, '李教导');
  for (const role of ['trainer', 'mentor', 'inspector', 'viewer'] as const) await site.account(role, [role]);
});
afterEach(() => site.close());

test('an officer says what he thinks of his file, the station answers once, and he reads it', async () => {
  await site.signIn('minjing');
  await site.call('comments.writeComment', { words: WORDS });
  const [comment] = await commentsOf(officer);
  expect(comment).toMatchObject({ words: WORDS, answer: null });

  await site.signIn('trainer');
  const id = comment?.id ?? '';
  expect(await site.call('comments.waiting', {})).toMatchObject([{ id, personId: officer }]);
  await site.call('comments.answerComment', { comment: id, words: '已补记 8 学时。' });
  expect(await site.call('comments.waiting', {})).toEqual([]);
  expect(await site.refusal('comments.answerComment', { comment: id, words: '再答复' })).toEqual({
    code: 'comments.already-answered',
  });

  await site.signIn('minjing');
  expect(await commentsOf(officer)).toMatchObject([{ answer: { words: '已补记 8 学时。', byName: 'trainer' } }]);
});

test('only the person himself and those who answer read a comment; the journal tells nobody else of it', async () => {
  await site.signIn('minjing');
  await site.call('comments.writeComment', { words: WORDS });
  for (const login of ['mentor', 'inspector', 'viewer']) {
    await site.signIn(login);
    expect(await site.refusal('comments.commentsOf', { personId: officer })).toEqual({ code: 'request.not-allowed' });
  }
  await site.signIn('inspector');
  const { entries } = await site.call('site.listEntries', { stream: null, before: null, limit: 50 });
  expect(JSON.stringify(entries)).not.toContain(WORDS);
  expect(entries.map(({ kind }) => kind)).not.toContain('comments.comment-written');
});

test('nobody answers himself, and nobody comments on a file he does not have', async () => {
  await site.signIn('jiaodao');
  await site.call('comments.writeComment', { words: '任职时间有误' });
  const [own] = await commentsOf(chief);
  expect(await site.call('comments.waiting', {})).toEqual([]);
  const answer = { comment: own?.id ?? '', words: '属实' };
  expect(await site.refusal('comments.answerComment', answer)).toEqual({ code: 'comments.own-comment' });
  expect(await site.refusal('comments.answerComment', { ...answer, comment: officer })).toEqual({
    code: 'comments.comment-unknown',
  });
  await site.signIn('suozhang');
  expect(await site.refusal('comments.writeComment', { words: WORDS })).toEqual({ code: 'comments.no-file' });
  await site.call('comments.answerComment', answer);
});

test('a comment and its answer reach the bureau', async () => {
  const county = await aCounty();
  const station = await county.station('999999010100', '城关派出所');
  const person = await recorded(station, 1);
  await station.account('minjing', ['officer'], person);
  await station.signIn('minjing');
  await station.call('comments.writeComment', { words: WORDS });
  const [comment] = await station.call('comments.commentsOf', { personId: person });
  await station.signIn('suozhang');
  await station.call('comments.answerComment', { comment: comment?.id ?? '', words: '已补记。' });
  await county.receive(await county.report(station));
  await county.bureau.signIn('guanli');
  expect(await county.bureau.call('comments.commentsOf', { personId: person })).toMatchObject([
    { words: WORDS, answer: { words: '已补记。' } },
  ]);
  await county.close();
});

test('a comment in the name of somebody else is not believed, wherever it comes from', async () => {
  const at = await aJournal([siteProjection, rosterProjection, commentsProjection]);
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const account = randomUUID();
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64');
  at.journal.append(
    'site.account-created',
    { id: account, name: '王民警', loginName: 'minjing', roles: ['officer'], personId: randomUUID(), publicKey: raw },
    { id: 'system', key: null },
  );
  const forged = { id: randomUUID(), person: randomUUID(), words: WORDS };
  expect(() => at.journal.append('comments.comment-written', forged, { id: account, key: privateKey })).toThrow(
    expect.objectContaining({ problem: { code: 'comments.not-ones-own' } }),
  );
  at.close();
});
