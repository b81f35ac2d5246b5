import { rm, writeFile } from 'node:fs/promises';
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

const code = async (refusal: Promise<{ readonly code: string }>): Promise<string> => (await refusal).code;

/** Nothing anywhere tells the signed-in account that the incident exists. */
async function seesNothing(incident: string, person: string): Promise<void> {
  expect(await site.call('discipline.listIncidents', { overdueOnly: false })).toEqual([]);
  expect(await site.call('discipline.waiting', {})).toEqual([]);
  expect(await site.call('discipline.decisionsOf', { personId: person })).toEqual([]);
  expect(await site.call('discipline.ownDecisions', {})).toEqual([]);
  const unknown = crypto.randomUUID();
  for (const id of [incident, unknown])
    expect(await site.refusal('discipline.openIncident', { id })).toEqual({ code: 'discipline.incident-unknown' });
  for (const id of [incident, unknown])
    expect(
      await site.refusal('discipline.finishVerification', {
        incident: id,
        finding: '无',
        established: false,
        finishedOn: '2026-11-24',
      }),
    ).toEqual({ code: 'discipline.incident-unknown' });
}

test('a chief who is concerned sees nothing of it, and no gap in the numbers', async () => {
  const incident = await verified(site, [people.chief], [people.inspector]);
  expect(await site.call('discipline.openIncident', { id: incident })).toMatchObject({ number: 'JDH2026-001' });
  await site.call('discipline.decide', aDecision(incident, people.chief));
  await site.signIn('jiaodao');
  await seesNothing(incident, people.chief);
  expect(await code(site.refusal('discipline.close', { incident, summary: '办结' }))).toBe(
    'discipline.incident-unknown',
  );
  const own = await site.call('discipline.recordIncident', anIncident([people.officer]));
  expect(own.number).toBe('JD2026-001');
  const { entries } = await site.call('site.listEntries', { stream: null, before: null, limit: 100 });
  expect(JSON.stringify(entries)).not.toContain(incident);
  expect(await site.call('discipline.frozenPeople', {})).toEqual([]);
});

test('a recorder found to be concerned loses it', async () => {
  await site.signIn('jiaodao');
  const { id } = await site.call('discipline.recordIncident', anIncident([people.officer]));
  await site.signIn('jiandu');
  await site.call('discipline.changePeople', { incident: id, people: [people.chief], reason: '查明当事人' });
  await site.signIn('jiaodao');
  await seesNothing(id, people.chief);
});

test('an officer and a trainer who have nothing to do with it learn nothing', async () => {
  const incident = await verified(site, [people.other], [people.inspector]);
  await site.call('discipline.decide', aDecision(incident, people.other));
  for (const login of ['minjing', 'zhuangan']) {
    await site.signIn(login);
    await seesNothing(incident, people.other);
  }
});

test('who looked is written down once a day', async () => {
  const incident = await recorded(site, [people.officer]);
  await site.signIn('jiaodao');
  const viewings = async (): Promise<number> => {
    const { entries } = await site.call('site.listEntries', { stream: null, before: null, limit: 100 });
    return entries.filter(({ kind }) => kind === 'discipline.incident-viewed').length;
  };
  for (let look = 0; look < 3; look += 1) await site.call('discipline.openIncident', { id: incident });
  expect(await viewings()).toBe(1);
  site.now.value = new Date('2026-11-25T01:00:00Z');
  await site.signIn('jiaodao');
  await site.call('discipline.openIncident', { id: incident });
  expect(await viewings()).toBe(2);
});

test('within the incident stands who has looked at it and at its evidence, for those who may know of it', async () => {
  const path = join(site.dir, 'zhengju.pdf');
  await writeFile(path, '%PDF-1.7');
  const incident = await recorded(site, [people.officer], { evidence: [await site.file(path, 'scan')] });
  await site.signIn('jiaodao');
  const { evidence } = await site.call('discipline.openIncident', { id: incident });
  await site.call('discipline.getEvidence', { incident, sha256: evidence[0]?.sha256 ?? '' });
  await site.signIn('jiandu');
  const { looks } = await site.call('discipline.openIncident', { id: incident });
  const on = '2026-11-24';
  expect(looks).toEqual([
    { by: 'jiandu', on, evidence: null },
    { by: 'jiaodao', on, evidence: null },
    { by: 'jiaodao', on, evidence: 'zhengju.pdf' },
  ]);
});

test('a list that leaves as a file is told: who, when, how many', async () => {
  await recorded(site, [people.officer]);
  const table = { name: '事件', columns: ['编号'], rows: [['JD2026-001'], ['JD2026-002']] };
  site.choose();
  expect(await site.call('discipline.saveList', table)).toBeNull();
  site.choose(join(site.dir, '事件.xlsx'));
  expect(await site.call('discipline.saveList', table)).toEqual({ rows: 2 });
  await site.signIn('suozhang');
  const saved = async () => {
    const { entries } = await site.call('site.listEntries', { stream: null, before: null, limit: 100 });
    return entries.filter(({ kind }) => kind === 'discipline.list-saved').map(({ byName, body }) => ({ byName, body }));
  };
  expect(await saved()).toEqual([{ byName: 'jiandu', body: { rows: 2 } }]);
});

test('a chief from whom an incident is kept is not told how many were saved, since the number would tell of it', async () => {
  await recorded(site, [people.chief]);
  site.choose(join(site.dir, '事件.xlsx'));
  await site.call('discipline.saveList', { name: '事件', columns: ['编号'], rows: [['JDH2026-001']] });
  await site.signIn('jiaodao');
  for (const filter of [
    undefined,
    { person: null, account: null, kind: 'discipline.list-saved', from: null, to: null },
  ]) {
    const asked = { stream: null, before: null, limit: 100, ...(filter ? { filter } : {}) };
    const { entries } = await site.call('site.listEntries', asked);
    expect(entries.filter(({ kind }) => kind.startsWith('discipline.'))).toEqual([]);
  }
});

test('the person concerned learns of a decision once he is told, and acknowledges it', async () => {
  const incident = await verified(site, [people.officer], [people.inspector]);
  await site.call('discipline.decide', aDecision(incident, people.officer));
  const { decisions } = await site.call('discipline.openIncident', { id: incident });
  const decision = decisions[0]?.id ?? '';
  await site.signIn('minjing');
  await seesNothing(incident, people.officer);
  expect(await code(site.refusal('discipline.acknowledgeNotice', { decision, comment: null }))).toBe(
    'discipline.decision-unknown',
  );
  await site.signIn('jiandu');
  await site.call('discipline.giveNotice', { incident, decision, toldOn: '2026-11-24' });
  expect(await code(site.refusal('discipline.giveNotice', { incident, decision, toldOn: '2026-11-24' }))).toBe(
    'discipline.already-told',
  );
  await site.signIn('minjing');
  expect(await site.call('discipline.waiting', {})).toMatchObject([{ kind: 'acknowledge', subject: '谈话提醒' }]);
  await site.call('discipline.acknowledgeNotice', { decision, comment: '认识到错误' });
  expect(await code(site.refusal('discipline.acknowledgeNotice', { decision, comment: null }))).toBe(
    'discipline.already-acknowledged',
  );
  expect(await site.call('discipline.ownDecisions', {})).toMatchObject([
    { id: decision, measureName: '谈话提醒', comment: '认识到错误' },
  ]);
  expect(await code(site.refusal('discipline.openIncident', { id: incident }))).toBe('discipline.incident-unknown');
  const review = { decision, kind: 'review' as const, statement: '不服' };
  expect(await code(site.refusal('discipline.stateAppeal', review))).toBe('discipline.appeal-not-for-this');
});

test('evidence whose file was lost is named', async () => {
  const path = join(site.dir, 'zhengju.pdf');
  await writeFile(path, '%PDF-1.7');
  const incident = await recorded(site, [people.officer], { evidence: [await site.file(path, 'scan')] });
  const { evidence } = await site.call('discipline.openIncident', { id: incident });
  await rm(join(site.dir, 'attachments'), { recursive: true });
  const asked = { incident, sha256: evidence[0]?.sha256 ?? '' };
  expect(await code(site.refusal('discipline.getEvidence', asked))).toBe('discipline.evidence-missing');
});
