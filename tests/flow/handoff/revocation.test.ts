import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { aCounty, type County } from '../../support/county.ts';
import { PASSWORD, type TestSite } from '../../support/site.ts';

const SITE = '999999010100-1';
const SECOND = { secondLoginName: 'erguan', secondPassword: PASSWORD };
const LOST = { site: SITE, reason: 'lost' as const, words: '出警途中遗失', ...SECOND };
let county: County;
let station: TestSite;
beforeEach(async () => {
  county = await aCounty();
  station = await county.station('999999010100', '城关派出所');
  await county.bureau.account('erguan', ['admin']);
});
afterEach(() => county.close());

const revoke = (over: Partial<typeof LOST> = {}) => county.bureau.call('handoff.revokeStation', { ...LOST, ...over });
const codesOf = async (...paths: string[]) =>
  (await county.receive(...paths)).map(({ problem }) => problem?.code ?? 'taken');
const boardRow = async () => (await county.bureau.call('handoff.board', {})).find(({ site }) => site === SITE);
/** A bundle under a name of its own. */
async function bundleAs(name: string): Promise<string> {
  await station.call('site.rename', { printingName: name });
  const path = join(county.stick, `${name}.lijing`);
  await copyFile(await county.report(station), path);
  return path;
}

test('nothing of a computer put out of use is taken, whatever keys it signs with; what was taken stays', async () => {
  expect(await codesOf(await bundleAs('甲'))).toEqual(['taken']);
  const before = await boardRow();
  const onTheWay = await bundleAs('乙');
  await revoke();
  await station.call('site.changeKeys', { reason: '拾得者更换' });
  const underNewKeys = await bundleAs('丙');
  expect(await codesOf(onTheWay, underNewKeys)).toEqual(['handoff.sender-revoked', 'handoff.sender-revoked']);
  const looks = await county.bureau.call('handoff.lookAtBundles', {
    files: [await county.bureau.file(underNewKeys, 'bundle')],
  });
  expect(looks).toMatchObject([{ standing: 'refused', problem: { code: 'handoff.sender-revoked' } }]);
  expect(await boardRow()).toMatchObject({
    lastSeq: before?.lastSeq,
    lastBundle: before?.lastBundle,
    revoked: { reason: 'lost' },
  });
});

test('a refused bundle stops no other, and other stations go on', async () => {
  const other = await county.station('999999010200', '桃花镇派出所');
  await revoke({ reason: 'stolen' as 'lost' });
  const [mine, others] = [await county.report(station), await county.report(other)];
  expect(await codesOf(mine, others)).toEqual(['handoff.sender-revoked', 'taken']);
});

test('it takes two persons and a station, and is done once', async () => {
  const { bureau } = county;
  expect(await bureau.refusal('handoff.revokeStation', { ...LOST, secondLoginName: 'guanli' })).toEqual({
    code: 'site.second-person-same',
  });
  expect(await bureau.refusal('handoff.revokeStation', { ...LOST, site: '999999010900-1' })).toEqual({
    code: 'handoff.station-unknown',
  });
  expect((await boardRow())?.revoked).toBeNull();
  await revoke();
  expect(await bureau.refusal('handoff.revokeStation', LOST)).toEqual({ code: 'handoff.station-revoked' });
});

test('nothing goes down to it any more', async () => {
  await county.receive(await county.report(station));
  await revoke();
  const { bureau, stick } = county;
  for (const call of ['handoff.issueKit', 'handoff.writeReturn'] as const)
    expect(await bureau.refusal(call, { site: SITE, drive: await bureau.drive(stick) })).toEqual({
      code: 'handoff.station-revoked',
    });
  expect(await boardRow()).toMatchObject({ waitingDown: 0 });
});
