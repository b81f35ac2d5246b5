import { join } from 'node:path';
import type { Driven, Drives } from './driven.ts';
import { secondPersonRoles } from '../../shared/call.ts';
import { disciplineEntries } from '../../shared/discipline-entries.ts';
import type { Output } from '../../shared/contract.ts';
import type { StickFile, StickRow } from '../../shared/media.ts';
import { PersonView } from '../../shared/roster.ts';
import { auditColumns, auditCoverWords, type AuditWords } from '../../shared/site-audit.ts';
import { disciplineDrives } from './every-discipline-call.ts';
import { helpDrives } from './every-help-call.ts';
import { peopleDrives } from './every-people-call.ts';
import { aSignOff } from './mentorship.ts';
import { PASSWORD } from './site.ts';
import { aSession, ledgerPath } from './training.ts';

/** The calls of a contract that nothing is tried with. */
export const undriven = (contract: Readonly<Record<string, unknown>>): string[] =>
  Object.keys(contract).filter((name) => !Object.hasOwn(drives, name));

const none = [{}] as const;
const NEWCOMER = '新人';
const first = { accountName: NEWCOMER, loginName: 'xinren', password: PASSWORD };
/** The other accounts of the site. */
const others = async ({ site, account }: Driven) =>
  (await site.call('site.listAccounts', {})).filter(({ id, active }) => active && id !== account);
/** Somebody else, whose role fits, types his password. */
const second = async (at: Driven) => {
  const { site } = await at.site.call('site.status', {});
  const fitting: readonly string[] = secondPersonRoles[site?.kind ?? 'station'];
  const found = (await others(at)).find(({ roles }) => roles.some((role) => fitting.includes(role)));
  return { secondLoginName: found?.loginName ?? '', secondPassword: PASSWORD };
};
const everyone = { statuses: [], identityKinds: [], ranks: [], posts: [], qualifications: [], station: null };
const page = { ...everyone, sort: 'name' as const, descending: false, offset: 0, limit: 500 };

const ledger =
  (name: string) =>
  async ({ site }: Driven) => [{ file: await site.file(ledgerPath(name)), edits: [] }];
const kit = async ({ site, world: { stick, kitCode }, station }: Driven) => [
  { file: await site.file(join(stick, `kit-${station}.lijing`), 'bundle'), code: kitCode },
];
const stickOf = ({ site, world }: Driven): Promise<string> => site.drive(world.stick);
/** Everybody known by an id, himself among them. */
const persons = ({ world }: Driven): string[] => Object.values(world.people);

const siteDrives: Drives = {
  'site.status': () => none,
  'site.foundBureau': () => [{ name: '另一县局', organCode: '999999020000', ...first }],
  'site.foundStation': () => [{ name: '另一派出所', organCode: '999999020100', ...first }],
  'site.readKit': kit,
  'site.foundStationFromKit': async (at) => (await kit(at)).map((one) => ({ ...one, ...first })),
  'site.pair': kit,
  'site.confirmRecoveryKey': () => [{ recoveryKey: 'AAAA-BBBB' }],
  'site.renewRecoveryKey': async (at) => [await second(at)],
  'site.repeatRecoveryKey': () => none,
  'site.recover': () => [{ recoveryKey: 'AAAA-BBBB', loginName: 'suozhang', newPassword: PASSWORD }],
  'site.signIn': ({ login }) => [
    { loginName: login, password: 'wrong-password' },
    { loginName: login, password: PASSWORD },
  ],
  'site.lock': () => none,
  'site.touch': () => none,
  'site.listAccounts': () => none,
  'site.createAccount': () => [
    { name: NEWCOMER, loginName: 'xinren', roles: ['inspector'], personId: null, password: PASSWORD },
  ],
  // Freeing one's own account of the person would open what concerns him.
  'site.changeAccount': ({ account, login, person }) => [
    { id: account, name: login, roles: ['chief'], personId: person },
    { id: account, name: login, roles: ['chief', 'inspector'], personId: null },
  ],
  'site.closeAccount': async (at) => {
    const made = (await others(at)).filter(({ name }) => name === NEWCOMER);
    const typed = await second(at);
    return made.map(({ id }) => ({ id, ...typed }));
  },
  'site.resetPassword': async (at) => {
    const typed = await second(at);
    return (await others(at)).slice(1, 2).map(({ id }) => ({ id, newPassword: PASSWORD, ...typed }));
  },
  'site.changePassword': () => [{ password: PASSWORD, newPassword: PASSWORD }],
  'site.keys': () => none,
  'site.changeKeys': () => [{ reason: '例行更换' }],
  'site.escrowSlot': () => none,
  'site.escrow': () => none,
  'site.makeEscrow': async (at) => [await second(at)],
  'site.keepEscrow': async (at) => [{ escrowKey: 'AGE-SECRET-KEY-1', drive: await stickOf(at) }],
  'site.confirmEscrow': () => [{ escrowKey: 'AGE-SECRET-KEY-1' }],
  'site.printPage': ({ site }) => {
    site.choose(join(site.dir, '打印.pdf'));
    return [{ name: '打印' }];
  },
  'site.rename': () => [{ printingName: '城关所' }],
  'site.listEntries': (at) => [
    ...[null, at.station, `999999010000-1/${at.station}`].map((stream) => ({ stream, before: null, limit: 200 })),
    ...auditFilters(at).map((filter) => ({ stream: null, before: null, limit: 200, filter })),
  ],
  'site.checkChain': () => none,
  'site.exportAudit': (at) => {
    at.site.choose(join(at.site.dir, '核查.xlsx'));
    return [{ stream: null, filter: noFilter, words: auditWords }];
  },
};

const noFilter = { person: null, account: null, kind: null, from: null, to: null };
/** Everybody's file, everybody's acts, and confidential kinds by their names. */
const auditFilters = (at: Driven) => [
  ...persons(at).map((person) => ({ ...noFilter, person })),
  { ...noFilter, account: at.account },
  ...Object.keys(disciplineEntries).map((kind) => ({ ...noFilter, kind })),
];
export const auditWords: AuditWords = {
  fileName: '核查',
  asked: '全部',
  // Exhaustive by construction.
  cover: Object.fromEntries(auditCoverWords.map((word) => [word, word])) as AuditWords['cover'],
  columns: [...auditColumns],
  kinds: {},
  codes: {},
};

const workDrives: Drives = {
  'work.chooseFiles': ({ site }) => {
    site.choose(ledgerPath('监督执纪台账.xlsx'));
    return [{ kind: 'ledger', many: true }];
  },
  'work.takeDropped': () => [{ kind: 'bundle' }],
  'work.filesOn': async (at) => [{ drive: await stickOf(at), kind: 'bundle' }],
  'work.drives': () => none,
  'work.chooseFolder': () => none,
  'work.saveTable': ({ site }) => {
    site.choose(join(site.dir, '导出.xlsx'));
    return [{ name: '导出', columns: ['姓名'], rows: [['王志强']] }];
  },
  'work.cancelJob': ({ account }) => [{ jobId: account }],
};

/** People with the version that stands, as far as they can be seen. */
const current = async ({ site }: Driven, ...ids: readonly string[]) => {
  const found = ids.map((id) => site.core.call('roster.getPerson', { id }));
  return (await Promise.all(found))
    .flatMap((one) => (one.ok ? [PersonView.parse(one.value)] : []))
    .map(({ id, version }) => ({ id, version }));
};
const rosterDrives: Drives = {
  'roster.listPersons': () => ['', '王', 'w', '600'].map((search) => ({ ...page, search })),
  'roster.listPosts': () => none,
  'roster.getPerson': (at) => persons(at).map((id) => ({ id })),
  'roster.historyOf': (at) => persons(at).map((id) => ({ id })),
  'roster.revealResidentId': (at) => persons(at).map((id) => ({ id })),
  'roster.pinyinOf': () => [{ name: '王志强' }],
  'roster.recordPerson': async ({ site, world, station }) => {
    const asked = { id: world.people.dangshi };
    const view = await site.call('roster.getPerson', asked).catch(() => null);
    if (!view) return [];
    const { id, version, maskedResidentId: _m, station: _s, stationName: _n, ...facts } = view;
    const draft = { ...facts, residentId: 'keep' as const };
    return [
      { id, version, facts: { ...draft, unit: '案件组' }, reason: '调整', namesakeConfirmed: true },
      { id: null, version: null, facts: draft, reason: '', namesakeConfirmed: false, station },
    ];
  },
  'roster.personLeft': async (at) =>
    (await current(at, at.world.people.dangshi, at.world.people.jiaodao)).map((one) => ({
      ...one,
      status: 'RETIRED',
      effectiveOn: '2026-11-24',
      reason: '到龄退休',
    })),
  'roster.personTransferred': async (at) =>
    (await current(at, at.world.people.other)).map((one) => ({
      ...one,
      to: '县局',
      effectiveOn: '2026-11-24',
      reason: '工作需要',
    })),
  'roster.counts': () => none,
  'roster.previewImport': async (at) =>
    (await ledger('城关派出所花名册.xlsx')(at)).map((one) => ({ ...one, station: at.station })),
  'roster.commitImport': async (at) =>
    (await ledger('城关派出所花名册.xlsx')(at)).map((one) => ({ ...one, station: at.station })),
};

const year = { year: 2026 };
const trainingDrives: Drives = {
  'training.listSessions': () => [{ from: '2026-01-01', to: '2026-12-31', station: null }],
  'training.getSession': ({ world }) => [{ id: world.ids.session }],
  // A scan is taken over by its digest: the evidence's must not come out as the session's.
  'training.recordSession': ({ world: { people, ids } }) => [
    {
      id: null,
      version: null,
      session: aSession([people.minjing], { title: SMUGGLED, scans: [{ ...scanOf(ids.evidence) }] }),
      reason: '',
      sameConfirmed: true,
    },
    {
      id: ids.session,
      version: 1,
      session: aSession([people.minjing], { scans: [scanOf(ids.scan)] }),
      reason: '更正',
      sameConfirmed: true,
    },
  ],
  'training.withdrawSession': async ({ site }) => {
    const year = { from: '2026-01-01', to: '2026-12-31', station: null };
    const found = (await site.call('training.listSessions', year)).filter(({ title }) => title === SMUGGLED);
    return found.map(({ id }) => ({ id, version: 1, reason: '误录' }));
  },
  'training.getScan': ({ world: { ids } }) =>
    [ids.evidence, ids.scan].map((sha256) => ({ session: ids.session, sha256 })),
  'training.saveScan': ({ site, world: { ids } }) => {
    site.choose(join(site.dir, '另存.pdf'));
    return [ids.evidence, ids.scan].map((sha256) => ({ session: ids.session, sha256 }));
  },
  'training.hoursOf': () => [{ ...year, station: null }],
  'training.recordOf': (at) => persons(at).map((personId) => ({ personId })),
  'training.listCourses': () => none,
  'training.recordCourse': () => [
    {
      course: {
        code: 'Z99',
        name: '保密教育',
        kind: 'COMBAT',
        areas: ['ENFORCEMENT'],
        method: 'THEORY',
        hours: 2,
        retired: false,
      },
      isNew: true,
    },
  ],
  'training.listNorms': () => [year],
  'training.setNorm': () => [{ identityKind: 'CIVIL_SERVANT', days: 12, fromYear: 2027 }],
  'training.waiting': () => none,
  'training.previewImport': ledger('城关派出所2026年训练台账.xlsx'),
  'training.commitImport': ledger('城关派出所2026年训练台账.xlsx'),
};
const SMUGGLED = '夹带证据';
const scanOf = (sha256: string) => ({ sha256, sizeBytes: 10, kind: 'pdf' as const, name: '签到表' });

const mentorshipDrives: Drives = {
  'mentorship.listPairs': () => [{ openOnly: false }],
  'mentorship.getPair': ({ world }) => [{ id: world.ids.pair }],
  'mentorship.listUnseen': () => none,
  'mentorship.board': () => none,
  'mentorship.pairsOf': (at) => persons(at).map((personId) => ({ personId })),
  'mentorship.waiting': () => none,
  'mentorship.formPair': ({ world: { people } }) => [
    { mentor: people.hecha, apprentice: people.kanke, startsOn: '2026-10-01', endsOn: '2027-09-30', agreement: null },
  ],
  'mentorship.extendPair': ({ world }) => [{ pair: world.ids.pair, endsOn: '2027-12-31', reason: '延长' }],
  'mentorship.signOff': ({ world }) => [aSignOff(world.ids.pair, { from: '2026-11-01', to: '2026-11-20' })],
  'mentorship.acknowledge': ({ world }) => [{ signOff: world.ids.unacknowledged, comment: '收获很大', mentoring: 4 }],
  'mentorship.see': ({ world }) => [{ signOff: world.ids.signOff, note: null }],
  'mentorship.withdrawSignOff': ({ world }) => [{ signOff: world.ids.unacknowledged, reason: '误签' }],
  'mentorship.examine': ({ world }) => [
    { pair: world.ids.pair, on: '2026-11-24', result: 'PROLONGED', comment: '继续带教' },
  ],
  'mentorship.endPair': async ({ site, world }) => {
    const found = await site.call('mentorship.listPairs', { openOnly: true });
    return found
      .filter(({ mentor }) => mentor.id === world.people.hecha)
      .map(({ id }) => ({ pair: id, endedOn: '2026-11-24', reason: '岗位调整' }));
  },
  'mentorship.previewImport': ledger('师徒结对名单.xlsx'),
  'mentorship.commitImport': ledger('师徒结对名单.xlsx'),
};

/** A file of the stick, the newest of its kind. */
const onStick = (prefix: string) => async (at: Driven) => ({
  file: await at.site.file(join(at.world.stick, at.world.newest(prefix)), 'bundle'),
});
/** Of every package written at the site, as its sticks and its bundles tell. */
const slipsOf = async (at: Driven): Promise<readonly number[]> => {
  const state = await at.site.core.call('handoff.state', {});
  const bundles = state.ok ? (state.value as Output<'handoff.state'>).bundles.map(({ slip }) => slip) : [];
  const files = (await sticksOf(at)).map(({ site, id }) => at.site.core.call('media.openStick', { site, id }));
  const carried = (await Promise.all(files)).flatMap((file) => (file.ok ? (file.value as StickFile).carried : []));
  return [...bundles, ...carried.flatMap(({ slip }) => (slip === null ? [] : [slip])), ...LIKELY_SLIPS];
};
/** Numbers at which the bureau of this world wrote kits and returns, or anything else. */
const LIKELY_SLIPS = Array.from({ length: 40 }, (_, index) => index + 1);
const handoffDrives: Drives = {
  'handoff.state': () => none,
  'handoff.slip': async (at) => (await slipsOf(at)).map((seq) => ({ seq })),
  'handoff.export': async (at) => [{ drive: await stickOf(at), medium: '01' }],
  'handoff.importReturn': async (at) => [await onStick(`return-${at.station}`)(at)],
  'handoff.board': () => none,
  'handoff.resumeDown': (at) => [{ site: at.station, reason: '该所已撤销' }],
  'handoff.registerStation': () => [{ name: '第三派出所', organCode: '999999010300' }],
  // Another than the one whose records are looked for.
  'handoff.revokeStation': async (at) => [{ site: '999999010300-1', reason: 'lost', words: '', ...(await second(at)) }],
  'handoff.refound': () => [{ site: '999999010300-1' }],
  'handoff.issueKit': async (at) => [{ site: at.station, drive: await stickOf(at) }],
  'handoff.lookAtBundles': async (at) => [{ files: [(await onStick(`report-${at.station}`)(at)).file] }],
  'handoff.importBundles': async (at) => [{ files: [(await onStick(`report-${at.station}`)(at)).file] }],
  'handoff.importWithEscrow': async (at) => [
    {
      files: [(await onStick(`report-${at.station}`)(at)).file],
      escrowKey: 'AGE-SECRET-KEY-1',
      ...(await second(at)),
    },
  ],
  'handoff.writeReturn': async (at) => [{ site: at.station, drive: await stickOf(at) }],
};

const sticksOf = async ({ site }: Driven) => {
  const listed = await site.core.call('media.list', {});
  return listed.ok ? (listed.value as readonly StickRow[]) : [];
};
/** Every own stick, or one that is none. */
const ownSticks = async (at: Driven): Promise<readonly string[]> => {
  const own = (await sticksOf(at)).filter(({ isOwn }) => isOwn).map(({ id }) => id);
  return own.length > 0 ? own : [at.account];
};
const moving =
  <S extends object>(how: S) =>
  async (at: Driven) =>
    (await ownSticks(at)).map((id) => ({ id, on: '2026-11-24', ...how }));

const mediaDrives: Drives = {
  'media.list': () => none,
  'media.openStick': async (at) => (await sticksOf(at)).map(({ site, id }) => ({ site, id })),
  'media.recordStick': ({ account }) => [
    { number: account.slice(0, 8), kind: 'usb', capacityGb: 32, remarks: null },
    { number: account.slice(9, 18), kind: 'disk', capacityGb: null, remarks: null },
  ],
  'media.issueStick': moving({ holder: NEWCOMER, remarks: null }),
  'media.takeBackStick': moving({ remarks: null }),
  'media.reportLoss': moving({ circumstances: '遗失' }),
  'media.tickLossStep': async (at) =>
    (await ownSticks(at)).map((id) => ({ id, step: 'report' as const, note: '已报告' })),
  'media.reportFound': moving({ remarks: '找到' }),
  'media.retireStick': moving({ reason: '损坏' }),
  'media.markStick': async (at) => {
    const drive = await stickOf(at);
    return (await ownSticks(at)).map((id) => ({ id, drive }));
  },
  'media.recognise': async (at) => [{ drive: await stickOf(at) }],
};

const quarantineDrives: Drives = {
  'quarantine.county': () => none,
  'quarantine.own': () => none,
  'quarantine.openEntry': ({ world, station }) => world.ids.quarantined.map((seq) => ({ stream: station, seq })),
  'quarantine.answer': ({ world }) => world.ids.quarantined.map((seq) => ({ seq, words: '已处理' })),
  'quarantine.decide': ({ world, station }) =>
    world.ids.quarantined.map((seq) => ({ stream: station, seq, verdict: 'returned', words: '请说明' })),
  'quarantine.reconsider': ({ world, station }) => [
    { entries: world.ids.quarantined.map((seq) => ({ stream: station, seq })) },
  ],
};

const diagnosisDrives: Drives = {
  'diagnosis.examine': () => none,
  'diagnosis.save': async (at) => [{ drive: await stickOf(at) }],
  'diagnosis.open': async (at) => [await onStick(at.world.ids.diagnosis)(at)],
};

const backupDrives: Drives = {
  'backup.chooseStick': async (at) => [{ drive: await stickOf(at) }, { drive: null }],
  'backup.makeOnStick': () => none,
  'backup.state': () => none,
  'backup.make': async (at) => [{ drive: null }, { drive: await stickOf(at) }],
  'backup.makeDaily': () => none,
  'backup.drill': async ({ site }) =>
    (await site.call('backup.state', {})).copies.slice(0, 1).map(({ id }) => ({ id })),
  'backup.fetchAttachments': async (at) => [{ drive: await stickOf(at) }],
  'backup.restorable': ({ login }) => [{ loginName: login, password: PASSWORD }],
  'backup.restore': ({ login }) => [{ loginName: login, password: PASSWORD, id: 'none' }],
  'backup.salvage': ({ login }) => [{ loginName: login, password: PASSWORD }],
  'backup.restoreKeyring': () => none,
  'backup.sitesOn': async (at) => [{ drive: await stickOf(at) }],
  'backup.adopt': async (at) => [{ drive: await stickOf(at), site: '999999010100-1' }],
};

export const drives: Drives = {
  ...siteDrives,
  ...helpDrives(second),
  ...workDrives,
  ...rosterDrives,
  ...peopleDrives(persons),
  ...trainingDrives,
  ...mentorshipDrives,
  ...disciplineDrives,
  ...handoffDrives,
  ...quarantineDrives,
  ...mediaDrives,
  ...backupDrives,
  ...diagnosisDrives,
};
