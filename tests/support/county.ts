import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PackageOutcome } from '../../shared/handoff.ts';
import { aBureau, aCore, PASSWORD, type TestSite } from './site.ts';

/** A bureau with stations founded from its kits, and a stick that goes between them. */
export type County = {
  readonly bureau: TestSite;
  /** A new station, its chief (`suozhang`) signed in. */
  readonly station: (organCode: string, name: string) => Promise<TestSite>;
  /** A folder that is the stick. */
  readonly stick: string;
  /** Exports at the station; the path of the bundle. */
  readonly report: (station: TestSite) => Promise<string>;
  /** Imports bundles at the bureau; the outcomes. */
  readonly receive: (...paths: string[]) => Promise<readonly PackageOutcome[]>;
  /** Writes a return for the station and imports it there. */
  readonly answer: (station: TestSite, site: string) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Founds the bureau; nothing is on the stick yet. */
export async function aCounty(options: { readonly ageKind?: 'hybrid' | 'x25519' } = {}): Promise<County> {
  const bureau = await aBureau(options);
  const stick = await mkdtemp(join(tmpdir(), 'lijing-stick-'));
  const stations: TestSite[] = [];

  const newest = async (prefix: string): Promise<string> => {
    const names = (await readdir(stick)).filter((name) => name.startsWith(prefix)).sort();
    const last = names.at(-1);
    if (!last) throw new Error(`no ${prefix} on the stick`);
    return join(stick, last);
  };

  return {
    bureau,
    stick,
    async station(organCode, name) {
      const { site } = await bureau.call('handoff.registerStation', { name, organCode });
      const { spokenCode, fileName } = await bureau.call('handoff.issueKit', {
        site,
        drive: await bureau.drive(stick),
      });
      const station = await aCore(options);
      stations.push(station);
      await station.call('site.foundStationFromKit', {
        file: await station.file(join(stick, fileName), 'bundle'),
        code: spokenCode,
        accountName: '值班所长',
        loginName: 'suozhang',
        password: PASSWORD,
      });
      return station;
    },
    async report(station) {
      const { fileName } = await station.call('handoff.export', { drive: await station.drive(stick), medium: '01' });
      return join(stick, fileName);
    },
    async receive(...paths) {
      const files = await Promise.all(paths.map((path) => bureau.file(path, 'bundle')));
      return bureau.call('handoff.importBundles', { files });
    },
    async answer(station, site) {
      const { fileName } = await bureau.call('handoff.writeReturn', { site, drive: await bureau.drive(stick) });
      await station.call('handoff.importReturn', { file: await station.file(await newest(fileName), 'bundle') });
    },
    async close() {
      await Promise.all([bureau.close(), ...stations.map((station) => station.close())]);
      await rm(stick, { recursive: true, force: true });
    },
  };
}
