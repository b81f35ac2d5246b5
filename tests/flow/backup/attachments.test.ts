import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { disciplinePeople, recorded } from '../../support/discipline.ts';
import { aStation, type TestSite } from '../../support/site.ts';
import { aSession, recordSession } from '../../support/training.ts';

let site: TestSite;
let stick: string;
let drive: string;
let session: string;
let incident: string;
let photo: string;
let evidence: string;

/** A session with a photo and an incident with evidence, kept on a stick; afterwards both files here are spoilt. */
beforeEach(async () => {
  site = await aStation();
  stick = await mkdtemp(join(tmpdir(), 'lijing-stick-'));
  const people = await disciplinePeople(site);
  await writeFile(join(stick, '签到表.jpg'), Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(5_000, 7)]));
  await writeFile(join(stick, '证据.pdf'), '%PDF-1.7 证据');
  const newScans = [await site.file(join(stick, '签到表.jpg'), 'scan')];
  session = (await recordSession(site, aSession([people.officer], { newScans }))).id;
  incident = await recorded(site, [people.officer], { evidence: [await site.file(join(stick, '证据.pdf'), 'scan')] });
  evidence = (await site.call('discipline.openIncident', { id: incident })).evidence[0]?.sha256 ?? '';
  await site.signIn('suozhang');
  photo = (await site.call('training.getSession', { id: session })).scans[0]?.sha256 ?? '';
  drive = await site.drive(stick);
  await site.call('backup.make', { drive });
});
afterEach(async () => {
  await site.close();
  await rm(stick, { recursive: true, force: true });
});

async function damageAll(): Promise<void> {
  for (const name of await readdir(join(site.dir, 'attachments'))) {
    const path = join(site.dir, 'attachments', name);
    const bytes = await readFile(path);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    await writeFile(path, bytes);
  }
}

const faults = async () => (await site.call('site.checkChain', {})).faults;
const entriesOf = async (kind: string) =>
  (await site.call('site.listEntries', { stream: null, before: null, limit: 200 })).entries.filter(
    (entry) => entry.kind === kind,
  );

test('a damaged photo is named by its entry, a damaged piece of evidence tells nobody where it is', async () => {
  expect(await faults()).toEqual([]);
  expect((await site.call('diagnosis.examine', {})).integrity.damagedAttachments).toBe(0);
  await damageAll();
  const [entry] = await entriesOf('training.session-recorded');
  const named = { stream: entry?.stream, seq: entry?.seq, code: 'entry.attachment-damaged' };
  expect(await faults()).toEqual([
    named,
    { stream: '999999010100-1', seq: 0, code: 'entry.closed-attachment-damaged' },
  ]);
  expect((await site.call('diagnosis.examine', {})).integrity.damagedAttachments).toBe(2);
  expect(await site.refusal('training.getScan', { session, sha256: photo })).toEqual({ code: 'training.scan-missing' });
  // Who wrote it knows, and is told.
  await site.signIn('jiandu');
  const told = await faults();
  expect(told.map(({ code }) => code)).toEqual(['entry.attachment-damaged', 'entry.attachment-damaged']);
  expect(told).toContainEqual(named);
  expect(await site.refusal('discipline.getEvidence', { incident, sha256: evidence })).toEqual({
    code: 'discipline.evidence-missing',
  });
});

test('attachments that are damaged or gone come back from the stick, each as it was', async () => {
  const before = await site.call('training.getScan', { session, sha256: photo });
  await damageAll();
  const [first = ''] = await readdir(join(site.dir, 'attachments'));
  await rm(join(site.dir, 'attachments', first));
  expect(await faults()).toHaveLength(2);
  expect(await site.call('backup.fetchAttachments', { drive })).toEqual({ fetched: 2, left: 0 });
  expect(await faults()).toEqual([]);
  expect(await site.call('training.getScan', { session, sha256: photo })).toEqual(before);
  expect(await site.call('backup.fetchAttachments', { drive })).toEqual({ fetched: 0, left: 0 });
});

test('a backup made after the damage does not spoil what an earlier one kept; what no stick has is counted', async () => {
  await damageAll();
  await site.call('backup.make', { drive });
  expect(await site.call('backup.fetchAttachments', { drive })).toEqual({ fetched: 2, left: 0 });
  await damageAll();
  await rm(join(stick, 'lijing-backup-999999010100-1', 'attachments'), { recursive: true });
  expect(await site.call('backup.fetchAttachments', { drive })).toEqual({ fetched: 0, left: 2 });
  const other = await site.drive(await mkdtemp(join(stick, 'other-')));
  expect(await site.refusal('backup.fetchAttachments', { drive: other })).toEqual({ code: 'backup.none-on-drive' });
});
