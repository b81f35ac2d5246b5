import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Output } from '../../shared/contract.ts';
import { mentoredAbilities } from '../../shared/mentorship-tables.ts';
import type { TestSite } from '../support/site.ts';
import type { World } from './world.ts';

type Person = Output<'roster.listPersons'>['rows'][number];

/** A sign-in sheet as a scanner would give it: a picture of nobody. */
const SHEET = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

/** Records at the first station what its people did; each step by the accounts it takes. Returns what to tell of it. */
export async function recordActs({ stations, stick }: World): Promise<readonly string[]> {
  const site = stations[0]?.site;
  if (!site) throw new Error('no station');
  await site.signIn('suozhang');
  const people = await onDuty(site);
  const scan = join(dirname(stick), 'sheet.png');
  await writeFile(scan, SHEET);
  return [
    await recordTraining(site, people, scan),
    await recordSignOff(site),
    await recordIncident(site, people, scan),
  ];
}

async function onDuty(site: TestSite): Promise<readonly Person[]> {
  const everybody = { search: '', identityKinds: [], ranks: [], posts: [], qualifications: [], station: null };
  const page = { sort: 'name', descending: false, offset: 0, limit: 500 } as const;
  const { rows } = await site.call('roster.listPersons', { ...everybody, ...page, statuses: ['ON_DUTY'] });
  return rows;
}

async function recordTraining(site: TestSite, people: readonly Person[], scan: string): Promise<string> {
  const [instructor] = people;
  const present = people.slice(0, 20);
  if (!instructor || present.length < 20) throw new Error('fewer than twenty people on duty');
  const { id } = await site.call('training.recordSession', {
    id: null,
    version: null,
    session: {
      course: 'S01',
      title: '接处警与现场处置实操',
      kind: 'COMBAT',
      areas: ['ENFORCEMENT', 'COMMUNITY'],
      method: 'PRACTICE',
      heldOn: '2026-11-23',
      hours: 4,
      place: '训练场',
      instructorId: instructor.id,
      instructorName: null,
      costYuan: null,
      remarks: null,
      attendance: present.map(({ id: personId }) => ({ personId, state: 'PRESENT', reason: null, result: 'PASSED' })),
      scans: [],
      newScans: [await site.file(scan, 'scan')],
    },
    reason: '',
    sameConfirmed: false,
  });
  const { attendance, scans } = await site.call('training.getSession', { id });
  return `训练一次：${String(attendance.length)} 人参训，签到表 ${String(scans.length)} 份。`;
}

/** A month's sign-off by three people, each under his own key: mentor, apprentice, chief. */
async function recordSignOff(site: TestSite): Promise<string> {
  const pairs = await site.call('mentorship.listPairs', { openOnly: true });
  const pair = pairs.find(({ missing }) => missing.length > 0);
  const period = pair?.missing[0];
  if (!pair || !period) throw new Error('no pair waits for a sign-off');
  await site.account('shifu', ['mentor'], pair.mentor.id, pair.mentor.name);
  await site.account('tudi', ['officer'], pair.apprentice.id, pair.apprentice.name);
  await site.signIn('shifu');
  const { id } = await site.call('mentorship.signOff', {
    pair: pair.id,
    stage: pair.stage,
    from: period.from,
    to: period.to,
    tasks: ['跟随接处警', '学习文书制作'],
    ratings: mentoredAbilities.entries.map(({ key: ability }) => ({ ability, rating: 4, reason: null })),
    comment: '本月跟班学习认真，能独立制作简单文书。',
  });
  await site.signIn('tudi');
  await site.call('mentorship.acknowledge', { signOff: id, comment: '已知悉，下月重点学习现场处置。', mentoring: 5 });
  await site.signIn('suozhang');
  await site.call('mentorship.see', { signOff: id, note: '同意' });
  return '师徒签字一次：师父、徒弟、所长三人各自签名。';
}

/** An incident, recorded by the inspector and closed by the chief: nobody does both. */
async function recordIncident(site: TestSite, people: readonly Person[], scan: string): Promise<string> {
  const [inspector, concerned, ...others] = people;
  if (!inspector || !concerned) throw new Error('too few people');
  await site.account('jiandu', ['inspector'], inspector.id, inspector.name);
  await site.signIn('jiandu');
  const { id: incident } = await site.call('discipline.recordIncident', {
    source: 'SELF_CHECK',
    reporter: null,
    foundOn: '2026-11-20',
    actedOn: '2026-11-19',
    people: [concerned.id],
    category: 'MASSES.RUDE',
    facts: '窗口值班时对来访群众态度生硬。',
    evidence: [await site.file(scan, 'scan')],
  });
  await site.signIn('suozhang');
  const verifiers = [inspector, ...others].slice(0, 2).map(({ id }) => id);
  await site.call('discipline.startVerification', { incident, verifiers, dueOn: '2026-12-20' });
  const finding = '经核对值班录像和双方陈述，情况属实，情节轻微。';
  const found = { incident, finding, established: true, finishedOn: '2026-11-24' };
  await site.call('discipline.finishVerification', found);
  await site.call('discipline.decide', {
    incident,
    person: concerned.id,
    measure: 'TALK',
    decidedOn: '2026-11-24',
    decidedBy: '所长办公会',
    documentNo: null,
    reason: '初犯且已当面致歉。',
  });
  await site.call('discipline.close', { incident, summary: '已谈话提醒，本人已整改。' });
  const { state } = await site.call('discipline.openIncident', { id: incident });
  if (state !== 'closed') throw new Error(`the incident is ${state}`);
  return '违纪事件一起：监督员录入，所长核查、决定、办结。';
}
