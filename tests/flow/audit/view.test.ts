import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectAudit } from '../../../electron/site/audit-export.ts';
import { NO_FILTER } from '../../../electron/site/audit.ts';
import { unwatched } from '../../../electron/ipc/handlers.ts';
import { sheetsOf } from '../../support/sheets.ts';
import { cellText } from '../../../shared/grid.ts';
import type { Input } from '../../../shared/contract.ts';
import { type AuditFilter, auditColumns, auditCoverWords, type AuditWords } from '../../../shared/site-audit.ts';
import { disciplinePeople, recorded } from '../../support/discipline.ts';
import { aSignOff } from '../../support/mentorship.ts';
import { aStation, type TestSite } from '../../support/site.ts';
import { aSession, recordSession } from '../../support/training.ts';

let site: TestSite;
let people: Awaited<ReturnType<typeof disciplinePeople>>;
beforeEach(async () => {
  site = await aStation();
  people = await disciplinePeople(site);
});
afterEach(() => site.close());

/** The kinds the audit view finds, newest first. */
async function found(filter: Partial<AuditFilter>): Promise<string[]> {
  const asked = { stream: null, before: null, limit: 200, filter: { ...NO_FILTER, ...filter } };
  return (await site.call('site.listEntries', asked)).entries.map(({ kind }) => kind);
}
const accountOf = async (loginName: string): Promise<string> =>
  (await site.call('site.listAccounts', {})).find((one) => one.loginName === loginName)?.id ?? '';

describe('the audit view', () => {
  it("answers who did what to a person's file, also where only what it led to names him", async () => {
    const { id: session } = await recordSession(site, aSession([people.officer, people.other]));
    const { id: pair } = await site.call('mentorship.formPair', {
      mentor: people.trainer,
      apprentice: people.officer,
      startsOn: '2026-09-01',
      endsOn: '2027-08-31',
      agreement: null,
    });
    await site.call('training.withdrawSession', { id: session, version: 1, reason: '误录' });
    await site.signIn('zhuangan');
    await site.call('mentorship.signOff', aSignOff(pair));
    await site.signIn('suozhang');
    expect(await found({ person: people.officer })).toEqual([
      'mentorship.signed-off',
      'training.session-withdrawn',
      'mentorship.pair-formed',
      'training.session-recorded',
      'site.account-created',
      'roster.person-recorded',
    ]);
    expect(await found({ person: people.inspector })).toEqual(['site.account-created', 'roster.person-recorded']);
    expect(await found({ person: crypto.randomUUID() })).toEqual([]);
  });

  it('finds by who did it, by what it was, and by day', async () => {
    await site.signIn('zhuangan');
    await recordSession(site, aSession([people.officer]));
    site.now.value = new Date('2026-11-26T04:00:00Z');
    await site.signIn('suozhang');
    await site.call('site.rename', { printingName: '城关所' });
    expect(await found({ account: await accountOf('zhuangan') })).toEqual([
      'training.session-recorded',
      'site.signed-in',
    ]);
    expect(await found({ kind: 'site.renamed' })).toEqual(['site.renamed']);
    expect(await found({ from: '2026-11-26', to: '2026-11-26' })).toEqual(['site.renamed', 'site.signed-in']);
    expect(await found({ from: '2026-11-27' })).toEqual([]);
  });

  it('tells nothing of an incident to whoever looks for the person, the inspector or the kind', async () => {
    await recorded(site, [people.officer]);
    await site.signIn('jiaodao');
    const inspector = await accountOf('jiandu');
    for (const filter of [{ person: people.officer }, { account: inspector }, { kind: 'discipline.incident-recorded' }])
      expect(
        (await found(filter)).filter((kind) => !/^(roster|site)\.[^c]/.test(kind) && kind !== 'site.account-created'),
      ).toEqual([]);
    expect(await found({})).toContain('site.closed-entry');
  });

  it('names who looked at a person’s incidents, to those alone to whom the incidents are open', async () => {
    const incident = await recorded(site, [people.officer]);
    await site.signIn('suozhang');
    await site.call('discipline.openIncident', { id: incident });
    await site.call('discipline.decisionsOf', { personId: people.officer });
    const looks = async (person: string) => (await found({ person })).filter((kind) => kind.endsWith('-viewed'));
    expect(await looks(people.officer)).toEqual(['discipline.incident-viewed']);
    expect(await looks(people.other)).toEqual([]);
    await site.signIn('jiandu');
    await site.call('discipline.changePeople', { incident, people: [people.officer, people.chief], reason: '查明' });
    expect(await looks(people.officer)).toEqual(['discipline.incident-viewed']);
    await site.signIn('jiaodao');
    expect(await looks(people.officer)).toEqual([]);
    expect(await looks(people.chief)).toEqual([]);
  });

  it('shows who looked at a full identity number', async () => {
    const asked = { id: people.other };
    expect(await site.refusal('roster.revealResidentId', asked)).toEqual({ code: 'roster.no-resident-id' });
    const view = await site.call('roster.getPerson', asked);
    const { id, version, maskedResidentId: _m, station: _s, stationName: _n, ...facts } = view;
    const residentId = '999999199003070012';
    const draft = { ...facts, sex: 'MALE' as const, birthDate: '1990-03', residentId };
    await site.call('roster.recordPerson', { id, version, facts: draft, reason: '补录', namesakeConfirmed: true });
    await site.signIn('zhuangan');
    await site.call('roster.revealResidentId', asked);
    await site.signIn('suozhang');
    const { entries } = await site.call('site.listEntries', {
      stream: null,
      before: null,
      limit: 1,
      filter: { ...NO_FILTER, person: people.other, kind: 'roster.resident-id-revealed' },
    });
    expect(entries).toMatchObject([{ byName: 'zhuangan', body: { personId: people.other } }]);
  });
});

const words: AuditWords = {
  fileName: '流水审计',
  asked: '全部',
  // Exhaustive by construction.
  cover: Object.fromEntries(auditCoverWords.map((word) => [word, `《${word}》`])) as AuditWords['cover'],
  columns: [...auditColumns],
  kinds: { 'site.renamed': '改名' },
  codes: {},
};
const everything: Input<'site.exportAudit'> = { stream: null, filter: NO_FILTER, words };

describe('the export for inspectors', () => {
  it('has the check, heads and counts on its first sheet, and every entry that may be told on the second', async () => {
    await site.call('site.rename', { printingName: '=1+1' });
    await recorded(site, [people.officer]);
    await site.signIn('suozhang');
    const path = join(site.dir, '核查.xlsx');
    site.choose(path);
    const { heads, entries } = await site.call('site.checkChain', {});
    expect(await site.call('site.exportAudit', everything)).toEqual({ rows: entries, faults: 0 });
    const read = await sheetsOf(path);
    if (!read.ok) throw new Error(read.problem.code);
    const [cover = [], list = []] = read.value.sheets.map(({ rows }) => rows.map((row) => row.map(cellText)));
    const said = new Map(cover.map(([item, value]) => [item, value]));
    expect(said.get('《result》')).toBe('《good》');
    expect(said.get('《entries》')).toBe(String(entries));
    expect(said.get(`《head》 ${heads[0]?.stream ?? ''}`)).toBe(`${String(heads[0]?.seq)} ${heads[0]?.hash ?? ''}`);
    expect(said.get('《count》 改名')).toBe('1');
    expect(said.get('《count》 《closed》')).toBe('1');
    expect(list).toHaveLength(entries + 1);
    expect(list.flat()).toContain('{"printingName":"=1+1"}');
    expect(JSON.stringify(list)).not.toContain('离岗');
    expect((await found({}))[0]).toBe('site.audit-exported');
  });

  it('writes down no count that would tell another auditor what only this one could find', async () => {
    await recorded(site, [people.chief]);
    /** The rows the inspector saves, those his entry tells of, and those the chief who is concerned finds. */
    const counts = async (filter: Partial<AuditFilter>) => {
      await site.signIn('jiandu');
      site.choose(join(site.dir, '核查.xlsx'));
      const saved = await site.call('site.exportAudit', { ...everything, filter: { ...NO_FILTER, ...filter } });
      await site.signIn('jiaodao');
      const others = (await found(filter)).length;
      const asked = { stream: null, before: null, limit: 1, filter: { ...NO_FILTER, kind: 'site.audit-exported' } };
      const [entry] = (await site.call('site.listEntries', asked)).entries;
      return { saved: saved?.rows, told: entry?.body?.['rows'], others };
    };
    expect(await counts({ kind: 'discipline.incident-recorded' })).toEqual({ saved: 1, told: 0, others: 0 });
    // With his own recording as a closed entry, as for everybody; the export and two sign-ins came after it.
    const all = await counts({});
    expect(all.told).toBe(all.saved);
    expect(all.others).toBe(Number(all.saved) + 2);
  });

  it('is left undone when the dialog is closed, and refused when it would be too long to read', async () => {
    site.choose();
    expect(await site.call('site.exportAudit', everything)).toBeNull();
    const endless = {
      async *matching() {
        for (let position = 100_001; position > 0; position -= 1) yield { position, view: {} };
      },
    } as unknown as Parameters<typeof collectAudit>[0];
    await expect(
      collectAudit(endless, everything, { id: '', personId: null, roles: [] }, unwatched),
    ).rejects.toMatchObject({
      problem: { code: 'site.audit-too-long' },
    });
  });
});
