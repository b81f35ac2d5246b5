import type { Input } from '../../shared/contract.ts';
import type { TestSite } from './site.ts';
import { somePeople } from './training.ts';

type Draft = Input<'discipline.recordIncident'>;
type Decision = Input<'discipline.decide'>;

/** A clue from an inspection on the day before the tests' day. */
export const anIncident = (people: readonly string[], over: Partial<Draft> = {}): Draft => ({
  source: 'INSPECTION',
  reporter: '县局督察队',
  foundOn: '2026-11-23',
  actedOn: '2026-11-22',
  people: [...people],
  category: 'INTERNAL.OFF_POST',
  facts: '值班期间离岗两小时',
  evidence: [],
  ...over,
});

export const aDecision = (incident: string, person: string | null, over: Partial<Decision> = {}): Decision => ({
  incident,
  person,
  measure: 'TALK',
  decidedOn: '2026-11-24',
  decidedBy: '所务会',
  documentNo: null,
  reason: '情节轻微',
  ...over,
});

/** The station that cases of the tests come down to. */
export const STATION = '999999010100-1';

/** A case of the bureau on people of the station; `incident` is the station's, or null. */
export const aCase = (incident: string | null, people: readonly string[]) => ({
  station: STATION,
  incident,
  number: '青公立〔2026〕3号',
  people: [...people],
  category: 'INTERNAL.OFF_POST' as const,
  grounds: '值班脱岗造成后果',
  documentNo: null,
  openedOn: '2026-11-24',
});

export const aSanction = (incident: string, person: string) => ({
  incident,
  person,
  measure: 'WARNING' as const,
  decidedOn: '2026-11-24',
  decidedBy: '县公安局党委',
  documentNo: '青公纪〔2026〕5号',
  reason: '违反工作纪律',
  startsOn: null,
  days: null,
  months: null,
});

/**
 * A station's people: an inspector (`jiandu`), a second chief who is on the roster (`jiaodao`), an officer (`minjing`),
 * a trainer (`zhuangan`) and one without account. The first chief (`suozhang`) stays signed in.
 */
export async function disciplinePeople(site: TestSite) {
  const [inspector = '', chief = '', officer = '', trainer = '', other = ''] = await somePeople(site, 5);
  await site.account('jiandu', ['inspector'], inspector);
  await site.account('jiaodao', ['chief'], chief);
  await site.account('minjing', ['officer'], officer);
  await site.account('zhuangan', ['trainer'], trainer);
  return { inspector, chief, officer, trainer, other };
}

/** Recorded by the inspector, who stays signed in; its id. */
export async function recorded(site: TestSite, people: readonly string[], over: Partial<Draft> = {}): Promise<string> {
  await site.signIn('jiandu');
  return (await site.call('discipline.recordIncident', anIncident(people, over))).id;
}

/** Verified by the inspector and found to be so; he stays signed in. */
export async function verified(
  site: TestSite,
  people: readonly string[],
  verifiers: readonly string[],
): Promise<string> {
  const incident = await recorded(site, people);
  await site.call('discipline.startVerification', { incident, verifiers: [...verifiers], dueOn: '2026-12-24' });
  const finding = { incident, finding: '离岗属实', established: true, finishedOn: '2026-11-24' };
  await site.call('discipline.finishVerification', finding);
  return incident;
}
