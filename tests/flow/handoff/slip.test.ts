import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CLOSED_ENTRY } from '../../../shared/entry.ts';
import { aCounty, type County } from '../../support/county.ts';
import { anIncident } from '../../support/discipline.ts';
import { somePeople } from '../../support/training.ts';
import type { TestSite } from '../../support/site.ts';

const SITE = '999999010100-1';

let county: County;
let station: TestSite;
beforeEach(async () => {
  county = await aCounty();
  station = await county.station('999999010100', '城关派出所');
});
afterEach(() => county.close());

const digestOf = async (fileName: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(join(county.stick, fileName)))
    .digest('hex');

test('a bundle’s slip names the file by its digest, its entries from first to last, and the head the bureau will hold', async () => {
  const { fileName, slip, first, last } = await station.call('handoff.export', {
    drive: await station.drive(county.stick),
    medium: 'CG-01',
  });
  const printed = await station.call('handoff.slip', { seq: slip });
  expect(printed).toMatchObject({
    ...{ kind: 'report', number: 1, from: '城关派出所', to: '青山县公安局', medium: 'CG-01', attachments: 0, fileName },
    sha256: await digestOf(fileName),
    ranges: [{ stream: 'own', first, last }],
  });
  expect(Object.values(printed.counts).reduce((sum, count) => sum + count)).toBe(last - first + 1);
  const file = await county.bureau.file(join(county.stick, fileName), 'bundle');
  const [look] = await county.bureau.call('handoff.lookAtBundles', { files: [file] });
  expect(look?.manifest?.head).toBe(printed.ranges[0]?.head);
});

test('a kit’s and a return’s slips say what goes down, and their stick has them in its file', async () => {
  const { bureau } = county;
  const draft = { number: 'QS-01', kind: 'usb', capacityGb: 32, remarks: null } as const;
  const { id } = await bureau.call('media.recordStick', draft);
  const drive = await bureau.drive(county.stick);
  const kit = await bureau.call('handoff.issueKit', { site: SITE, drive, medium: 'QS-01' });
  await county.receive(await county.report(station));
  const back = await bureau.call('handoff.writeReturn', { site: SITE, drive, medium: 'QS-01' });
  const to = { from: '青山县公安局', to: '城关派出所', medium: 'QS-01' };
  expect(await bureau.call('handoff.slip', { seq: kit.slip })).toMatchObject({
    ...{ kind: 'kit', number: null, through: null, sha256: await digestOf(kit.fileName), ...to },
    ranges: [{ stream: 'common' }, { stream: 'station', first: 1 }],
  });
  expect(await bureau.call('handoff.slip', { seq: back.slip })).toMatchObject({
    ...{ kind: 'return', number: 1, through: back.through, sha256: await digestOf(back.fileName), ...to },
  });
  const { carried } = await bureau.call('media.openStick', { site: '999999010000-1', id });
  expect(carried.map(({ kind, slip }) => [kind, slip])).toEqual([
    ['return', back.slip],
    ['kit', kit.slip],
  ]);
  const sealed = await station.file(join(county.stick, back.fileName), 'bundle');
  await station.call('handoff.importReturn', { file: sealed });
});

test('on paper too, confidential entries are one line without a name', async () => {
  const people = await somePeople(station, 1);
  await station.call('discipline.recordIncident', anIncident(people));
  const { slip } = await station.call('handoff.export', { drive: await station.drive(county.stick), medium: '' });
  const { counts } = await station.call('handoff.slip', { seq: slip });
  expect(counts[CLOSED_ENTRY]).toBe(1);
  expect(Object.keys(counts).filter((kind) => kind.startsWith('discipline.'))).toEqual([]);
});

test('there is a slip of what was written here, and of nothing else', async () => {
  expect(await station.refusal('handoff.slip', { seq: 1 })).toEqual({ code: 'handoff.package-unknown' });
  expect(await station.refusal('handoff.slip', { seq: 9_999 })).toEqual({ code: 'handoff.package-unknown' });
});
