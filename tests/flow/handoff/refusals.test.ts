import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { aCounty, type County } from '../../support/county.ts';
import { aCore, type TestSite } from '../../support/site.ts';

const SITE = '999999010100-1';

let county: County;
let station: TestSite;
beforeEach(async () => {
  county = await aCounty();
  station = await county.station('999999010100', '城关派出所');
});
afterEach(() => county.close());

test('a station code is given out once', async () => {
  const again = { name: '城关派出所', organCode: '999999010100' };
  expect(await county.bureau.refusal('handoff.registerStation', again)).toEqual({ code: 'handoff.station-code-taken' });
});

test('kits and returns go only to stations the bureau knows', async () => {
  const drive = await county.bureau.drive(county.stick);
  const unknown = { site: '999999010900-1', drive };
  expect(await county.bureau.refusal('handoff.issueKit', unknown)).toEqual({ code: 'handoff.station-unknown' });
  // It was given a kit, but no bundle of its has come yet.
  expect(await county.bureau.refusal('handoff.writeReturn', { site: SITE, drive })).toEqual({
    code: 'handoff.station-unknown',
  });
});

test('when the bureau has everything there is nothing to report', async () => {
  await county.receive(await county.report(station));
  await county.answer(station, SITE);
  const drive = await station.drive(county.stick);
  expect(await station.refusal('handoff.export', { drive, medium: '01' })).toEqual({
    code: 'handoff.nothing-to-export',
  });
});

test('a receipt for entries a station set back to an older state does not have is refused', async () => {
  const older = await mkdtemp(join(tmpdir(), 'lijing-older-'));
  await station.core.shutdown();
  await cp(station.dir, older, { recursive: true });
  const later = await aCore({ dir: station.dir });
  await later.signIn('suozhang');
  await later.account('neiqin', ['viewer']);
  await county.receive(await county.report(later));
  const { fileName } = await county.bureau.call('handoff.writeReturn', {
    site: SITE,
    drive: await county.bureau.drive(county.stick),
  });
  await later.core.shutdown();

  const setBack = await aCore({ dir: older });
  await setBack.signIn('suozhang');
  const file = await setBack.file(join(county.stick, fileName), 'bundle');
  expect(await setBack.refusal('handoff.importReturn', { file })).toMatchObject({
    code: 'handoff.receipt-not-our-history',
  });
  await setBack.core.shutdown();
  await rm(older, { recursive: true });
});
