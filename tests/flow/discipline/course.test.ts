import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { aDecision, anIncident, disciplinePeople, recorded, verified } from '../../support/discipline.ts';
import { aStation, type TestSite } from '../../support/site.ts';

let site: TestSite;
let people: Awaited<ReturnType<typeof disciplinePeople>>;

beforeEach(async () => {
  site = await aStation();
  people = await disciplinePeople(site);
});
afterEach(() => site.close());

const open = (id: string) => site.call('discipline.openIncident', { id });
const code = async (refusal: Promise<{ readonly code: string }>): Promise<string> => (await refusal).code;
const nobody = '00000000-0000-4000-8000-000000000000';

test('an incident goes from the clue to its end by two people, every step signed', async () => {
  const incident = await recorded(site, [people.officer]);
  expect(await open(incident)).toMatchObject({ number: 'JD2026-001', state: 'lead', factsVersion: 1 });
  await site.call('discipline.editFacts', { incident, facts: '值班期间离岗三小时', reason: '监控显示' });
  await site.call('discipline.startVerification', { incident, verifiers: [people.inspector], dueOn: '2026-12-23' });
  expect(await open(incident)).toMatchObject({ state: 'verifying', dueOn: '2026-12-23', factsVersion: 2 });
  await site.call('discipline.extendVerification', { incident, dueOn: '2027-01-05', reason: '证人外出' });
  const finding = { incident, finding: '属实', established: true, finishedOn: '2026-11-24' };
  await site.call('discipline.finishVerification', finding);
  expect((await open(incident)).state).toBe('pending');
  await site.call('discipline.decide', aDecision(incident, people.officer));
  expect((await open(incident)).state).toBe('decided');
  await site.call('discipline.addRectification', {
    incident,
    task: '修订值班制度',
    owner: people.chief,
    dueOn: '2026-12-01',
  });
  const [item] = (await open(incident)).rectifications;
  const rectification = item?.id ?? '';
  expect(await open(incident)).toMatchObject({ state: 'rectifying', dueOn: '2026-12-01' });
  await site.call('discipline.finishRectification', {
    incident,
    rectification,
    doneOn: '2026-11-24',
    result: '已修订',
  });
  await site.call('discipline.clearRectification', { incident, rectification, clearedOn: '2026-11-24' });
  await site.call('discipline.recordFollowUp', { incident, on: '2026-11-24', note: '未再发生' });
  expect((await open(incident)).steps).not.toContain('close');
  expect(await code(site.refusal('discipline.close', { incident, summary: '办结' }))).toBe(
    'discipline.second-person-needed',
  );
  await site.signIn('jiaodao');
  expect(await site.call('discipline.waiting', {})).toContainEqual(
    expect.objectContaining({ kind: 'close', incident }),
  );
  await site.call('discipline.close', { incident, summary: '整改到位，予以办结' });
  const { state, trail } = await open(incident);
  expect(state).toBe('closed');
  expect(trail.map(({ step, by }) => [step, by])).toEqual([
    ['recorded', 'jiandu'],
    ['facts-edited', 'jiandu'],
    ['verification-started', 'jiandu'],
    ['verification-extended', 'jiandu'],
    ['verification-finished', 'jiandu'],
    ['decided', 'jiandu'],
    ['rectification-added', 'jiandu'],
    ['rectification-done', 'jiandu'],
    ['rectification-cleared', 'jiandu'],
    ['follow-up-recorded', 'jiandu'],
    ['closed', 'jiaodao'],
  ]);
  const { entries } = await site.call('site.listEntries', { stream: null, before: null, limit: 100 });
  const own = entries.filter(({ kind }) => kind.startsWith('discipline.') || kind === 'site.closed-entry');
  expect(own.length).toBeGreaterThan(trail.length);
  expect(own.filter(({ signed }) => !signed)).toEqual([]);
  expect(await site.call('site.checkChain', {})).toMatchObject({ faults: [] });
});

test('a closed incident is opened again with a reason and starts from the clue', async () => {
  const incident = await verified(site, [people.officer], [people.inspector]);
  await site.call('discipline.decide', aDecision(incident, people.officer));
  await site.signIn('jiaodao');
  await site.call('discipline.close', { incident, summary: '办结' });
  await site.call('discipline.reopen', { incident, reason: '出现新证据' });
  const again = await open(incident);
  expect(again).toMatchObject({ state: 'lead', finding: null });
  expect(again.decisions).toHaveLength(1);
});

test('only the recorder edits the facts, and nobody once the verification has ended', async () => {
  const incident = await recorded(site, [people.officer]);
  const change = { incident, facts: '改写', reason: '更正' };
  await site.signIn('jiaodao');
  expect(await code(site.refusal('discipline.editFacts', change))).toBe('discipline.facts-are-the-recorders');
  expect((await open(incident)).steps).not.toContain('edit-facts');
  const sealed = await verified(site, [people.officer], [people.inspector]);
  expect(await code(site.refusal('discipline.editFacts', { ...change, incident: sealed }))).toBe(
    'discipline.facts-sealed',
  );
});

test('what was not so is not established by somebody else than the recorder', async () => {
  const incident = await verified(site, [people.officer], [people.inspector]);
  const dismissal = aDecision(incident, null, { measure: 'NOT_ESTABLISHED' });
  expect(await code(site.refusal('discipline.decide', dismissal))).toBe('discipline.second-person-needed');
  await site.signIn('jiaodao');
  await site.call('discipline.decide', dismissal);
  expect((await open(incident)).state).toBe('dismissed');
});

test('a recorder with a second account neither closes nor dismisses what he recorded', async () => {
  await site.signIn('suozhang');
  await site.account('jiandu2', ['chief'], people.inspector);
  const incident = await verified(site, [people.officer], [people.trainer]);
  await site.signIn('jiandu2');
  const dismissal = aDecision(incident, null, { measure: 'NOT_ESTABLISHED' });
  expect(await code(site.refusal('discipline.decide', dismissal))).toBe('discipline.second-person-needed');
  await site.call('discipline.decide', aDecision(incident, people.officer));
  expect((await open(incident)).steps).not.toContain('close');
  expect(await code(site.refusal('discipline.close', { incident, summary: '已办结' }))).toBe(
    'discipline.second-person-needed',
  );
  expect(await site.call('discipline.waiting', {})).toEqual([]);
  await site.signIn('suozhang');
  expect(await site.call('discipline.waiting', {})).toMatchObject([{ kind: 'close', incident }]);
});

test('nobody is asked to decide or close what his office does not let him', async () => {
  const incident = await verified(site, [people.officer], [people.trainer]);
  expect(await site.call('discipline.waiting', {})).toMatchObject([{ kind: 'decision-due', incident }]);
  await site.signIn('zhuangan');
  expect(await site.call('discipline.waiting', {})).toEqual([]);
  await site.signIn('suozhang');
  await site.call('discipline.decide', aDecision(incident, people.officer));
  await site.signIn('zhuangan');
  expect((await open(incident)).state).toBe('decided');
  expect(await site.call('discipline.waiting', {})).toEqual([]);
});

test('a named verifier who holds no office finds the incident and finishes it', async () => {
  const incident = await recorded(site, [people.officer]);
  const verifiers = [people.trainer, people.inspector];
  await site.call('discipline.startVerification', { incident, verifiers, dueOn: '2026-12-01' });
  await site.signIn('zhuangan');
  expect((await site.call('discipline.listIncidents', { overdueOnly: false })).map(({ id }) => id)).toEqual([incident]);
  expect((await open(incident)).steps).toEqual(['add-evidence', 'finish-verification']);
  const finding = { incident, finding: '属实', established: true, finishedOn: '2026-11-24' };
  await site.call('discipline.finishVerification', finding);
  expect((await open(incident)).state).toBe('pending');
});

test('what cannot be is refused by name', async () => {
  const refused = (over: Parameters<typeof anIncident>[1]) =>
    code(site.refusal('discipline.recordIncident', anIncident([people.officer], over)));
  const incident = await recorded(site, [people.officer]);
  expect(await refused({ people: [people.inspector] })).toBe('discipline.own-incident');
  expect(await refused({ people: [nobody] })).toBe('discipline.person-unknown');
  expect(await refused({ foundOn: '2026-11-25' })).toBe('discipline.date-in-future');
  const start = { incident, verifiers: [people.inspector], dueOn: '2026-12-24' };
  const starting = (over: object) => code(site.refusal('discipline.startVerification', { ...start, ...over }));
  expect(await starting({ verifiers: [people.officer] })).toBe('discipline.concerned-verifies');
  expect(await starting({ dueOn: '2026-11-23' })).toBe('discipline.due-in-past');
  expect(await starting({ incident: nobody })).toBe('discipline.incident-unknown');
  expect(await code(site.refusal('discipline.close', { incident, summary: '办结' }))).toBe('discipline.step-not-now');
  await site.call('discipline.startVerification', { ...start, verifiers: [people.trainer] });
  const changed = { incident, people: [people.trainer], reason: '认错人' };
  expect(await code(site.refusal('discipline.changePeople', changed))).toBe('discipline.concerned-verifies');
  const decided = await verified(site, [people.officer], [people.inspector]);
  const stranger = aDecision(decided, people.other);
  expect(await code(site.refusal('discipline.decide', stranger))).toBe('discipline.person-unknown');
  await site.call('discipline.decide', aDecision(decided, people.officer));
  const task = { incident: decided, task: '整改', owner: people.chief, dueOn: '2026-12-01' };
  await site.call('discipline.addRectification', task);
  const rectification = (await open(decided)).rectifications[0]?.id ?? '';
  const clearing = { incident: decided, rectification, clearedOn: '2026-11-24' };
  expect(await code(site.refusal('discipline.clearRectification', clearing))).toBe('discipline.rectification-unknown');
});

test('a verification past its term and a rectification past its are overdue', async () => {
  const incident = await recorded(site, [people.officer]);
  await site.call('discipline.startVerification', {
    incident,
    verifiers: [people.inspector],
    dueOn: '2026-12-01',
  });
  expect(await site.call('discipline.listIncidents', { overdueOnly: true })).toEqual([]);
  site.now.value = new Date('2026-12-02T01:00:00Z');
  await site.signIn('jiandu');
  expect(await site.call('discipline.listIncidents', { overdueOnly: true })).toMatchObject([{ id: incident }]);
  expect(await site.call('discipline.waiting', {})).toMatchObject([{ kind: 'verification-overdue', incident }]);
});

test('evidence is kept with the incident and open to nobody else', async () => {
  const path = join(site.dir, '监控截图.png');
  await writeFile(path, Buffer.from('89504e470d0a1a0a00', 'hex'));
  const incident = await recorded(site, [people.officer]);
  await site.call('discipline.addEvidence', { incident, files: [await site.file(path, 'scan')] });
  const [evidence] = (await open(incident)).evidence;
  const asked = { incident, sha256: evidence?.sha256 ?? '' };
  expect(await site.call('discipline.getEvidence', asked)).toMatchObject({ kind: 'png' });
  await site.signIn('minjing');
  expect(await code(site.refusal('discipline.getEvidence', asked))).toBe('discipline.incident-unknown');
});
