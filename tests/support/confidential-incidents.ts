import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Canary, Sow } from './canaries.ts';
import type { WorldPeople } from './confidential-people.ts';
import { aCase, aDecision, anIncident, aSanction } from './discipline.ts';
import type { TestSite } from './site.ts';

type Places = {
  readonly station: TestSite;
  readonly bureau: TestSite;
  readonly sow: Sow;
  /** Carries everything up and down once; signs in other people. */
  readonly exchange: () => Promise<void>;
};

/** Incidents in the states that differ in who may know: `told` has gone the whole way, the others stand where they are called. */
export async function confidentialIncidents(places: Places, people: WorldPeople) {
  const { station, sow } = places;
  const told = await toldIncident(places, people);
  const lead = await recorded(station, sow, 'lead', [people.jiaodao]);
  const closed = await closedIncident(places, people);
  const verifying = await recorded(station, sow, 'verifying', [people.dangshi]);
  await station.call('discipline.startVerification', {
    incident: verifying,
    verifiers: [people.hecha],
    dueOn: '2026-12-24',
  });
  return { told, lead, closed, verifying };
}
type Incidents = Awaited<ReturnType<typeof confidentialIncidents>>;

/** By the inspector, who stays signed in. */
async function recorded(
  station: TestSite,
  sow: Sow,
  of: string,
  people: readonly string[],
  evidence: string[] = [],
): Promise<string> {
  await station.signIn('jiandu');
  const draft = anIncident(people, { facts: sow(of, '事实'), reporter: sow(of, '反映人'), evidence });
  return (await station.call('discipline.recordIncident', draft)).id;
}

async function verified(station: TestSite, sow: Sow, of: string, incident: string, verifiers: string[]): Promise<void> {
  await station.call('discipline.startVerification', { incident, verifiers, dueOn: '2026-12-24' });
  const finding = { incident, finding: sow(of, '结论'), established: true, finishedOn: '2026-11-24' };
  await station.call('discipline.finishVerification', finding);
}

/** Decided and closed at the station; the person was not told. */
async function closedIncident({ station, sow }: Places, people: WorldPeople): Promise<string> {
  const of = 'closed';
  const incident = await recorded(station, sow, of, [people.other]);
  await verified(station, sow, of, incident, [people.jiandu]);
  const how = { reason: sow(of, '理由'), decidedBy: sow(of, '会议'), documentNo: sow(of, '文号') };
  await station.call('discipline.decide', aDecision(incident, people.other, how));
  await station.signIn('suozhang');
  await station.call('discipline.close', { incident, summary: sow(of, '办结意见') });
  return incident;
}

/** With evidence, verified, referred, a case and sanctions of the bureau, told, contested, answered, and put right. */
async function toldIncident(places: Places, people: WorldPeople): Promise<string> {
  const { station, sow, exchange } = places;
  const of = 'told';
  const folder = await mkdtemp(join(tmpdir(), 'lijing-scan-'));
  const scan = join(folder, `${sow(of, '截图')}.pdf`);
  const bytes = Buffer.from(`%PDF-1.7 ${sow(of, '证据内容')}`);
  await writeFile(scan, bytes);
  await station.signIn('jiandu');
  const concerned = [people.dangshi, people.jiaodao];
  const incident = await recorded(station, sow, of, concerned, [await station.file(scan, 'scan')]);
  await rm(folder, { recursive: true });
  await station.call('discipline.editFacts', { incident, facts: sow(of, '更正事实'), reason: sow(of, '更正理由') });
  await verified(station, sow, of, incident, [people.hecha, people.jiandu]);
  await station.call('discipline.refer', { incident, proposal: 'WARNING', reason: sow(of, '报请理由') });
  await exchange();
  await sanctioned(places, incident, people);
  await exchange();
  await answeredBy(places, incident, people);
  await exchange();
  await appealAnswered(places, incident, people.dangshi);
  await putRight(places, incident, people);
  return incident;
}

async function sanctioned({ bureau, sow }: Places, incident: string, people: WorldPeople): Promise<void> {
  const of = 'told';
  await bureau.signIn('ducha');
  const papers = { number: sow(of, '立案号'), grounds: sow(of, '立案依据'), documentNo: sow(of, '立案文号') };
  await bureau.call('discipline.openCase', { ...aCase(incident, [people.dangshi, people.jiaodao]), ...papers });
  for (const login of ['dangshi', 'jiaodao'] as const) {
    const how = {
      reason: sow(of, `处分理由${login}`, login),
      decidedBy: sow(of, `处分单位${login}`, login),
      documentNo: sow(of, `处分文号${login}`, login),
    };
    await bureau.call('discipline.decideAtBureau', { ...aSanction(incident, people[login]), ...how });
  }
}

/** Both are told and ask for a review; one acknowledges with a comment, the other has not yet. */
async function answeredBy({ station, sow }: Places, incident: string, people: WorldPeople): Promise<void> {
  const of = 'told';
  await station.signIn('jiandu');
  const { decisions } = await station.call('discipline.openIncident', { id: incident });
  const on = (person: string): string => decisions.find((one) => one.person?.id === person)?.id ?? '';
  for (const login of ['dangshi', 'jiaodao'] as const)
    await station.call('discipline.giveNotice', { incident, decision: on(people[login]), toldOn: '2026-11-24' });
  await station.signIn('dangshi');
  const decision = on(people.dangshi);
  await station.call('discipline.acknowledgeNotice', { decision, comment: sow(of, '意见', 'dangshi') });
  await station.call('discipline.stateAppeal', { decision, kind: 'review', statement: sow(of, '复核理由', 'dangshi') });
  await station.signIn('jiaodao');
  const contested = { decision: on(people.jiaodao), kind: 'review' as const };
  await station.call('discipline.stateAppeal', { ...contested, statement: sow(of, '另一复核理由', 'jiaodao') });
}

/** That of one of the two. */
async function appealAnswered({ bureau, sow }: Places, incident: string, person: string): Promise<void> {
  await bureau.signIn('ducha');
  const { appeals, decisions } = await bureau.call('discipline.openIncident', { id: incident });
  const contested = decisions.find((one) => one.person?.id === person);
  await bureau.call('discipline.answerAppeal', {
    incident,
    appeal: appeals.find(({ decision }) => decision === contested?.id)?.id ?? '',
    outcome: 'upheld',
    answeredOn: '2026-11-24',
    documentNo: sow('told', '答复文号'),
    note: sow('told', '答复', 'dangshi'),
  });
}

/** One rectification is done and struck off, another stays open. */
async function putRight({ station, sow }: Places, incident: string, people: WorldPeople): Promise<void> {
  const of = 'told';
  await station.signIn('jiandu');
  const add = async (task: string): Promise<void> => {
    const due = { owner: people.minjing, dueOn: '2026-12-24' };
    await station.call('discipline.addRectification', { incident, task, ...due });
  };
  await add(sow(of, '整改一'));
  const { rectifications } = await station.call('discipline.openIncident', { id: incident });
  const rectification = rectifications[0]?.id ?? '';
  await station.call('discipline.finishRectification', {
    incident,
    rectification,
    doneOn: '2026-11-24',
    result: sow(of, '整改结果'),
  });
  await station.call('discipline.clearRectification', { incident, rectification, clearedOn: '2026-11-24' });
  await add(sow(of, '整改二'));
  await station.call('discipline.recordFollowUp', { incident, on: '2026-11-24', note: sow(of, '回访') });
}

/** The ids a curious person would need; each of them tells of its incident where it is read. */
export async function idsIn(station: TestSite, incidents: Incidents, people: WorldPeople, canaries: Canary[]) {
  await station.signIn('jiandu');
  const hidden = (of: string, texts: readonly string[], toldTo?: string): void => {
    for (const text of texts) canaries.push({ text, of, ...(toldTo ? { toldTo } : {}) });
  };
  for (const [of, id] of Object.entries(incidents)) {
    const view = await station.call('discipline.openIncident', { id });
    hidden(of, [id]);
    // The other series begins anew at every station.
    if (view.number.startsWith('JDH')) hidden(of, [view.number]);
    hidden(
      of,
      view.cases.map((one) => one.id),
    );
    hidden(
      of,
      view.rectifications.map((one) => one.id),
    );
    hidden(
      of,
      view.evidence.map(({ sha256 }) => sha256),
    );
    for (const { id: decision, person, toldOn } of view.decisions) {
      const login = person?.id === people.jiaodao ? 'jiaodao' : 'dangshi';
      const stated = view.appeals.filter((appeal) => appeal.decision === decision).map((appeal) => appeal.id);
      hidden(of, [decision, ...stated], toldOn === null ? undefined : login);
    }
  }
  const { decisions, rectifications, appeals, evidence } = await station.call('discipline.openIncident', {
    id: incidents.told,
  });
  const [scan] = evidence;
  if (!scan) throw new Error('no evidence was kept');
  const { base64 } = await station.call('discipline.getEvidence', { incident: incidents.told, sha256: scan.sha256 });
  hidden('told', [base64]);
  return {
    incidents,
    decisions: [
      ...decisions,
      ...(await station.call('discipline.openIncident', { id: incidents.closed })).decisions,
    ].map(({ id }) => id),
    rectification: rectifications.find(({ doneOn }) => doneOn === null)?.id ?? '',
    /** One that waits for its answer. */
    appeal: appeals.find(({ outcome }) => outcome === null)?.id ?? '',
    evidence: scan.sha256,
  };
}
