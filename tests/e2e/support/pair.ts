import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestApp } from './app.ts';
import { ask, foundBureau, PASSWORD } from './seed.ts';

export const STATION = '999999010100-1';

const driveOf = async ({ page }: TestApp): Promise<string> => (await ask(page, 'work.drives', {}))[0]?.id ?? '';

async function chosen({ page, scriptNext }: TestApp, path: string): Promise<string> {
  await scriptNext('open', [path]);
  return (await ask(page, 'work.chooseFiles', { kind: 'bundle', many: false }))[0]?.id ?? '';
}

/** A bureau (`guanli`) and 城关派出所 (`suozhang`), founded with its kit. */
export async function foundPair(bureau: TestApp, station: TestApp, stick: string): Promise<void> {
  await foundBureau(bureau.page);
  const { site } = await ask(bureau.page, 'handoff.registerStation', {
    name: '青山县公安局城关派出所',
    organCode: '999999010100',
  });
  const kit = await ask(bureau.page, 'handoff.issueKit', { site, drive: await driveOf(bureau) });
  await ask(station.page, 'site.foundStationFromKit', {
    file: await chosen(station, join(stick, kit.fileName)),
    code: kit.spokenCode,
    accountName: '陈所长',
    loginName: 'suozhang',
    password: PASSWORD,
  });
  await station.page.reload();
}

/** The station's bundle written and imported at the bureau. */
export async function carryUp(station: TestApp, bureau: TestApp, stick: string, medium = ''): Promise<void> {
  const { fileName } = await ask(station.page, 'handoff.export', { drive: await driveOf(station), medium });
  await ask(bureau.page, 'handoff.importBundles', { files: [await chosen(bureau, join(stick, fileName))] });
}

/** The bureau's return written and imported at the station. */
export async function carryDown(bureau: TestApp, station: TestApp, stick: string): Promise<void> {
  await ask(bureau.page, 'handoff.writeReturn', { site: STATION, drive: await driveOf(bureau) });
  const names = (await readdir(stick)).filter((name) => name.startsWith('return-')).sort();
  await ask(station.page, 'handoff.importReturn', { file: await chosen(station, join(stick, names.at(-1) ?? '')) });
  await station.page.reload();
}
