import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Output } from '../../shared/contract.ts';
import type { PackageOutcome } from '../../shared/handoff.ts';
import type { RevocationReason } from '../../shared/refounding.ts';
import { aBureau, aCore, PASSWORD, type TestSite } from './site.ts';

/** A bureau with stations founded from its kits, and a stick that goes between them. */
export type County = {
  readonly bureau: TestSite;
  /** A new station, its chief (`suozhang`) signed in. */
  readonly station: (organCode: string, name: string) => Promise<TestSite>;
  /** A further computer, on a folder or on a new one; closed with the county. */
  readonly computer: (dir?: string) => Promise<TestSite>;
  /** A new folder; gone with the county. */
  readonly folder: () => Promise<string>;
  /** A folder that is the stick. */
  readonly stick: string;
  /** Exports at the station; the path of the bundle. */
  readonly report: (station: TestSite) => Promise<string>;
  /** Imports bundles at the bureau; the outcomes. */
  readonly receive: (...paths: string[]) => Promise<readonly PackageOutcome[]>;
  /** Writes a return for the station and imports it there. */
  readonly answer: (station: TestSite, site: string) => Promise<void>;
  /** Puts the station's computer out of use and issues the kit of another; the counts, and what opens it. */
  readonly refound: (site: string, reason?: RevocationReason) => Promise<Refounded>;
  readonly close: () => Promise<void>;
};

export type Refounded = Output<'handoff.refound'> & { readonly kit: string; readonly code: string };

/** The new chief of a station that is founded anew. */
export const NEW_CHIEF = { accountName: '新任所长', loginName: 'xinsuozhang', password: PASSWORD };

/** Founds the bureau; nothing is on the stick yet. */
export async function aCounty(options: { readonly ageKind?: 'hybrid' | 'x25519' } = {}): Promise<County> {
  const bureau = await aBureau(options);
  const stick = await mkdtemp(join(tmpdir(), 'lijing-stick-'));
  const stations: TestSite[] = [];
  const computers: TestSite[] = [];
  const folders: string[] = [stick];

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
    async computer(dir) {
      const computer = await aCore({ ...options, ...(dir === undefined ? {} : { dir }) });
      computers.push(computer);
      return computer;
    },
    async folder() {
      const folder = await mkdtemp(join(tmpdir(), 'lijing-county-'));
      folders.push(folder);
      return folder;
    },
    async report(station) {
      const { fileName } = await station.call('handoff.export', { drive: await station.drive(stick), medium: '01' });
      return join(stick, fileName);
    },
    async receive(...paths) {
      // One dialog after another: a second one opened meanwhile would answer for both.
      const files: string[] = [];
      for (const path of paths) files.push(await bureau.file(path, 'bundle'));
      return bureau.call('handoff.importBundles', { files });
    },
    async answer(station, site) {
      const { fileName } = await bureau.call('handoff.writeReturn', { site, drive: await bureau.drive(stick) });
      await station.call('handoff.importReturn', { file: await station.file(await newest(fileName), 'bundle') });
    },
    async refound(site, reason = 'lost') {
      const second = { secondLoginName: 'erguan', secondPassword: PASSWORD };
      if (!(await bureau.call('site.listAccounts', {})).some(({ loginName }) => loginName === 'erguan'))
        await bureau.account('erguan', ['admin']);
      await bureau.call('handoff.revokeStation', { site, reason, words: '', ...second });
      const refounded = await bureau.call('handoff.refound', { site });
      const drive = await bureau.drive(stick);
      const { fileName, spokenCode } = await bureau.call('handoff.issueKit', { site: refounded.site, drive });
      return { ...refounded, kit: join(stick, fileName), code: spokenCode };
    },
    async close() {
      // They may stand on a station's folder, which goes with it.
      for (const computer of computers) await computer.close();
      await Promise.all([bureau.close(), ...stations.map((station) => station.close())]);
      for (const folder of folders) await rm(folder, { recursive: true, force: true });
    },
  };
}
