import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { aBureau, aCore, PASSWORD, type TestSite } from '../support/site.ts';

export type Station = {
  readonly name: string;
  readonly code: string;
  readonly site: TestSite;
  readonly kit: { readonly path: string; readonly spokenCode: string };
};
/** A bureau and its stations, every one in a folder of its own, and a folder that goes between them as the stick. */
export type World = {
  readonly bureau: TestSite;
  readonly stations: readonly Station[];
  readonly stick: string;
  readonly close: () => Promise<void>;
};

export const STATIONS = [
  { name: '城关派出所', organCode: '999999010100', folder: 'chengguan' },
  { name: '桃花镇派出所', organCode: '999999010200', folder: 'taohua' },
  { name: '龙沟派出所', organCode: '999999010300', folder: 'longgou' },
] as const;

/** The folder as the drive a person points at. */
export async function driveAt(site: TestSite, path: string): Promise<string> {
  site.choose(path);
  const drive = await site.call('work.chooseFolder', {});
  if (!drive) throw new Error('the folder was not taken');
  return drive.id;
}

/** Founds the bureau in `dir`, and each station by the kit that the bureau writes for it. */
export async function foundWorld(dir: string, ageKind: 'hybrid' | 'x25519'): Promise<World> {
  const stick = join(dir, 'stick');
  await mkdir(stick, { recursive: true });
  const bureau = await aBureau({ dir: join(dir, 'bureau'), ageKind });
  const stations: Station[] = [];
  for (const { name, organCode, folder } of STATIONS) {
    const { site: code } = await bureau.call('handoff.registerStation', { name, organCode });
    const kit = await bureau.call('handoff.issueKit', { site: code, drive: await driveAt(bureau, stick) });
    const site = await aCore({ dir: join(dir, folder), ageKind });
    const { recoveryKey } = await site.call('site.foundStationFromKit', {
      file: await site.file(join(stick, kit.fileName), 'bundle'),
      code: kit.spokenCode,
      accountName: '值班所长',
      loginName: 'suozhang',
      password: PASSWORD,
    });
    await site.call('site.confirmRecoveryKey', { recoveryKey });
    stations.push({ name, code, site, kit: { path: join(stick, kit.fileName), spokenCode: kit.spokenCode } });
  }
  const close = async (): Promise<void> => {
    for (const { core } of [bureau, ...stations.map(({ site }) => site)]) await core.shutdown();
  };
  return { bureau, stations, stick, close };
}
