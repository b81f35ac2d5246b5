import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { aCase, aDecision, anIncident, aSanction } from './discipline.ts';
import type { Driven, Drives } from './driven.ts';
import { ledgerPath } from './training.ts';

const none = [{}] as const;
const incidents = ({ world }: Driven): string[] => Object.values(world.ids.incidents);
const each =
  <I>(input: I) =>
  (at: Driven) =>
    incidents(at).map((incident) => ({ incident, ...input }));
const ledger = async ({ site }: Driven) => [{ file: await site.file(ledgerPath('监督执纪台账.xlsx')), edits: [] }];

/** Looking is tried first, then every step on every incident, those that end something last. */
export const disciplineDrives: Drives = {
  'discipline.saveList': ({ site }) => {
    site.choose(join(site.dir, '事件清单.xlsx'));
    return [{ name: '事件清单', columns: ['编号'], rows: [['JD2026-001']] }];
  },
  'discipline.listIncidents': () => [{ overdueOnly: false }, { overdueOnly: true }],
  'discipline.openIncident': (at) => incidents(at).map((id) => ({ id })),
  'discipline.getEvidence': ({ world: { ids } }) =>
    Object.values(ids.incidents).map((incident) => ({ incident, sha256: ids.evidence })),
  'discipline.ownDecisions': () => none,
  'discipline.ownAppeals': () => none,
  'discipline.decisionsOf': ({ world }) => Object.values(world.people).map((personId) => ({ personId })),
  'discipline.frozenPeople': () => none,
  'discipline.waiting': () => none,
  'discipline.recordIncident': ({ world: { people } }) => [
    { ...anIncident([people.minjing]), evidence: [] },
    { ...anIncident([people.jiaodao]), evidence: [] },
  ],
  'discipline.editFacts': each({ facts: '改写', reason: '试探' }),
  'discipline.changePeople': (at) => each({ people: [at.world.people.minjing], reason: '试探' })(at).slice(1, 2),
  'discipline.addEvidence': async ({ site, world }) => {
    const path = join(site.dir, '补充.pdf');
    await writeFile(path, '%PDF-1.7');
    const inputs = Object.values(world.ids.incidents).map(async (incident) => ({
      incident,
      files: [await site.file(path, 'scan')],
    }));
    return Promise.all(inputs);
  },
  'discipline.startVerification': (at) => each({ verifiers: [at.world.people.kanke], dueOn: '2026-12-24' })(at),
  'discipline.extendVerification': each({ dueOn: '2027-01-24', reason: '延长' }),
  'discipline.finishVerification': each({ finding: '属实', established: true, finishedOn: '2026-11-24' }),
  'discipline.refer': each({ proposal: null, reason: '报请' }),
  'discipline.decide': (at) => incidents(at).map((incident) => aDecision(incident, null)),
  'discipline.addRectification': ({ world: { ids, people } }) => [
    { incident: ids.incidents.told, task: '整改', owner: people.minjing, dueOn: '2026-12-24' },
  ],
  'discipline.finishRectification': ({ world: { ids } }) => [
    { incident: ids.incidents.told, rectification: ids.rectification, doneOn: '2026-11-24', result: '已完成' },
  ],
  'discipline.clearRectification': ({ world: { ids } }) => [
    { incident: ids.incidents.told, rectification: ids.rectification, clearedOn: '2026-11-24' },
  ],
  'discipline.recordFollowUp': each({ on: '2026-11-24', note: '回访' }),
  'discipline.giveNotice': ({ world: { ids } }) =>
    [ids.incidents.told, ids.incidents.closed].flatMap((incident) =>
      ids.decisions.map((decision) => ({ incident, decision, toldOn: '2026-11-24' })),
    ),
  'discipline.acknowledgeNotice': ({ world: { ids } }) =>
    ids.decisions.map((decision) => ({ decision, comment: null })),
  'discipline.stateAppeal': ({ world: { ids } }) =>
    ids.decisions.map((decision) => ({ decision, kind: 'appeal', statement: '不服' })),
  'discipline.close': each({ summary: '办结' }),
  'discipline.reopen': each({ reason: '重新办理' }),
  'discipline.openCase': ({ world: { ids, people } }) => [
    aCase(null, [people.other]),
    aCase(ids.incidents.told, [people.dangshi]),
  ],
  'discipline.decideAtBureau': ({ world: { ids, people } }) => [aSanction(ids.incidents.told, people.dangshi)],
  'discipline.answerAppeal': ({ world: { ids } }) => [
    {
      incident: ids.incidents.told,
      appeal: ids.appeal,
      outcome: 'upheld',
      answeredOn: '2026-11-24',
      documentNo: null,
      note: '维持',
    },
  ],
  'discipline.previewImport': ledger,
  'discipline.commitImport': ledger,
};
