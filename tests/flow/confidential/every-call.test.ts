import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../electron/db/open.ts';
import { openVault } from '../../../electron/site/vault.ts';
import { calls } from '../../../shared/contract.ts';
import { canariesIn, MARK } from '../../support/canaries.ts';
import { aConfidentialWorld, type ConfidentialWorld } from '../../support/confidential-world.ts';
import { driveEveryCall, filesWithMark, type Viewer } from '../../support/drive.ts';
import type { Drives } from '../../support/driven.ts';
import { drives, undriven } from '../../support/every-call.ts';
import { PASSWORD } from '../../support/site.ts';

const ALL = ['told', 'lead', 'closed', 'verifying'];
const OTHERS = ['closed', 'verifying'];
const COMMENT = ['comment'];
const trainer: Viewer = { at: 'station', login: 'zhuangan', sees: COMMENT };
const viewers: readonly (Viewer & { readonly is: string })[] = [
  { is: 'a chief whom nothing concerns', at: 'station', login: 'suozhang', sees: [...ALL, ...COMMENT] },
  { is: 'a chief who is concerned', at: 'station', login: 'jiaodao', sees: [...OTHERS, ...COMMENT] },
  { is: 'the inspector', at: 'station', login: 'jiandu', sees: ALL },
  { is: 'a verifier', at: 'station', login: 'hecha', sees: ['told', 'verifying'] },
  { is: 'the trainer', ...trainer },
  { is: 'a mentor', at: 'station', login: 'shifu', sees: [] },
  { is: 'an officer whom nothing concerns', at: 'station', login: 'minjing', sees: [] },
  { is: 'the person concerned', at: 'station', login: 'dangshi', sees: [] },
  { is: 'a viewer', at: 'station', login: 'kanke', sees: [] },
  { is: 'the administrator', at: 'bureau', login: 'guanli', sees: COMMENT },
  { is: 'the personnel office', at: 'bureau', login: 'zhenggong', sees: COMMENT },
  { is: 'an inspector of the bureau', at: 'bureau', login: 'ducha', sees: ALL },
  { is: 'a leader of the bureau', at: 'bureau', login: 'juling', sees: ALL },
  { is: 'an inspector there who is concerned', at: 'bureau', login: 'beicha', same: 'jiaodao', sees: OTHERS },
  { is: "another station's chief", at: 'neighbour', login: 'suozhang', sees: [] },
  { is: "another station's inspector", at: 'neighbour', login: 'jiandu', sees: [] },
];

/** What can only be asked of a site that is not founded, not paired, damaged, or whose printed key or spoken code is at hand. */
const neverAnswered = [
  'site.foundBureau',
  'site.foundStation',
  'site.foundStationFromKit',
  'site.confirmRecoveryKey',
  'site.repeatRecoveryKey',
  'site.recover',
  'site.keepEscrow',
  'site.confirmEscrow',
  'site.openWithHelp',
  'handoff.importWithEscrow',
  'backup.restore',
  'backup.salvage',
  'backup.restoreKeyring',
  'backup.sitesOn',
  'backup.adopt',
];

let world: ConfidentialWorld;
beforeAll(async () => {
  world = await aConfidentialWorld();
}, 120_000);
afterAll(() => world.remove());

describe('what is confidential', () => {
  const answered = new Set<string>();

  it.each(viewers)('stays closed to $is, whatever is asked', { timeout: 120_000 }, async ({ is: _is, ...viewer }) => {
    const report = await driveEveryCall(world, viewer);
    expect(report.leaks).toEqual([]);
    for (const name of report.answered) answered.add(name);
  });

  it('was looked for in the answer of every call', () => {
    expect(undriven(calls)).toEqual([]);
    expect(Object.keys(calls).filter((name) => !answered.has(name))).toEqual(neverAnswered);
  });

  it("is in no row of another station's database, and no file of its folder", async () => {
    const folder = await world.copyOf('neighbour');
    const { dataKey } = await openVault(folder, () => new Date('2026-11-24T01:00:00Z')).unlock('suozhang', PASSWORD);
    const db = openDatabase(join(folder, 'lijing.db'), dataKey, 'read');
    const tables = db.prepare<[], { name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all();
    const rows = tables.flatMap(({ name }) => db.prepare<[], object>(`SELECT * FROM "${name}"`).all());
    db.close();
    expect(rows.length).toBeGreaterThan(20);
    expect(canariesIn(rows, world.canaries)).toEqual([]);
    expect(await filesWithMark(folder)).toEqual([]);
  });
});

describe('the search itself', () => {
  it('finds what somebody let out: facts of an incident written into a person, seen by the trainer', async () => {
    const secret = `${MARK}told-事实`;
    const leaking: Drives = {
      'roster.recordPerson': async (at) => {
        const [person] = (await drives['roster.recordPerson']?.(at)) ?? [];
        return person ? [{ ...person, facts: { ...person.facts, remarks: secret } }] : [];
      },
      'roster.getPerson': async ({ site }) => {
        const all = { statuses: [], identityKinds: [], ranks: [], posts: [], qualifications: [], station: null };
        const asked = { ...all, search: '', sort: 'name' as const, descending: false, offset: 0, limit: 500 };
        return (await site.call('roster.listPersons', asked)).rows.map(({ id }) => ({ id }));
      },
    };
    const { leaks } = await driveEveryCall(world, trainer, leaking);
    expect(leaks).toContainEqual({ call: 'roster.getPerson', where: 'answer', canary: secret });
  });

  it('misses no call that is new', () => {
    expect(undriven({ 'site.status': null, 'care.listNotes': null })).toEqual(['care.listNotes']);
  });

  it('reads errors to their cause, and files in both encodings', async () => {
    const [canary] = world.canaries.filter(({ text }) => text.startsWith(MARK));
    const error = new Error('outside', { cause: new Error(canary?.text) });
    expect(canariesIn([error], world.canaries)).toEqual([canary]);
    const folder = await mkdtemp(join(tmpdir(), 'lijing-marks-'));
    await mkdir(join(folder, 'inner'));
    await writeFile(join(folder, 'inner', 'utf8.log'), `…${MARK}…`);
    await writeFile(join(folder, 'utf16.log'), Buffer.from(MARK, 'utf16le'));
    await writeFile(join(folder, 'clean.log'), '…');
    expect((await filesWithMark(folder)).toSorted()).toEqual([join('inner', 'utf8.log'), 'utf16.log']);
    await rm(folder, { recursive: true });
  });
});
