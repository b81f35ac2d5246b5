import { join } from 'node:path';
import type { Input } from '../../shared/contract.ts';
import { aPerson } from '../bench/people.ts';
import type { TestSite } from './site.ts';

/** A ledger of the samples. */
export const ledgerPath = (name: string): string => join(import.meta.dirname, '..', 'ledgers', name);

/** Imports a ledger as the wizard does; the counts and the refused rows. */
export async function importLedger(site: TestSite, slice: 'roster' | 'training', name: string) {
  const file = await site.file(ledgerPath(name));
  return site.call(`${slice}.commitImport` as 'roster.commitImport', { file, edits: [] });
}

/** So many invented people on the strength, further ones from another number on; their ids. */
export async function somePeople(site: TestSite, count: number, from = 0): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let n = from; n < from + count; n += 1) {
    const { id: _id, version: _version, ...facts } = aPerson(n * 37).person;
    const draft = { id: null, version: null, facts, reason: '', namesakeConfirmed: true };
    ids.push((await site.call('roster.recordPerson', draft)).id);
  }
  return ids;
}

type Draft = Input<'training.recordSession'>['session'];

/** A session all of them came to. */
export const aSession = (people: readonly string[], over: Partial<Draft> = {}): Draft => ({
  course: 'S01',
  title: '接处警与现场处置实操',
  kind: 'COMBAT',
  areas: ['ENFORCEMENT'],
  method: 'PRACTICE',
  heldOn: '2026-11-20',
  hours: 6,
  place: '训练场',
  instructorId: null,
  instructorName: '县局法制大队',
  costYuan: null,
  remarks: null,
  attendance: people.map((personId) => ({ personId, state: 'PRESENT', reason: null, result: 'NOT_ASSESSED' })),
  scans: [],
  newScans: [],
  ...over,
});

export const recordSession = (site: TestSite, session: Draft) =>
  site.call('training.recordSession', { id: null, version: null, session, reason: '', sameConfirmed: false });
