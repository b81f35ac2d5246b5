import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Problem, Result } from '../../shared/problem.ts';
import { backupsIn, isIntact, readSet } from '../../electron/backup/set.ts';
import { unless } from '../torture/trial.ts';
import type { CoreProcess } from './core-process.ts';
import { aCounty, type County } from './county.ts';
import { pagesOf, spoil } from './damage.ts';
import { CHANGED, type Deed, type DeedPlaces, deeds, type Hand } from './deeds.ts';
import { photosIn, sessionWithPhotos } from './photos.ts';
import { aCore, PASSWORD, type TestSite } from './site.ts';
import { somePeople } from './training.ts';

/**
 * What a site shows of itself from outside: `shown` is the same in two runs of the same deed. Of attachments there may be
 * more than anything speaks of: those of a record that then was not saved wait to be found again by their content. Of
 * backups there may be more, too: one that stands without an entry, or one that the next makes superfluous.
 */
export type Seen = { readonly shown: string; readonly attachments: number; readonly backups: number };

export const isLike = (seen: Seen, wanted: Seen): boolean =>
  seen.shown === wanted.shown && seen.attachments >= wanted.attachments && seen.backups >= wanted.backups;

const ON_STICK = 'lijing-backup-999999010100-1';
/** Told anew at every start, or by the way. */
const PASSING = ['site.signed-in', 'site.keyring-mended'];

export const handOf = (site: TestSite): Hand => ({
  ask: (name, input) => site.core.call(name, input) as never,
  choose: site.choose,
  file: (path, kind) => site.file(path, kind),
  drive: (path) => site.drive(path),
});

export const mortalHand = (core: CoreProcess): Hand => ({
  ask: (name, input) => core.call(name, input),
  ...{ choose: core.choose, file: core.file, drive: core.drive },
});

async function furnish(county: County, root: string): Promise<Omit<DeedPlaces, 'root' | 'sites' | 'stick'>> {
  const { bureau, stick } = county;
  const site = await county.station('999999010100', '城关派出所');
  const people = await somePeople(site, 6);
  const photos = join(stick, 'photos');
  await mkdir(photos);
  await sessionWithPhotos(site, people, await photosIn(photos, 2, 40_000), '集中学习');
  await county.receive(await county.report(site));
  await site.call('backup.make', { drive: null });
  await site.call('backup.make', { drive: await site.drive(stick) });
  const drive = await bureau.drive(stick);
  const station = '999999010100-1';
  const { fileName: answer } = await bureau.call('handoff.writeReturn', { site: station, drive });
  // More than fits into the pages that are there already.
  await somePeople(site, 40, 6);
  await site.call('site.rename', { printingName: '城关派出所（本部）' });
  const bundle = await county.report(site);
  const { site: other } = await bureau.call('handoff.registerStation', {
    name: '桃花派出所',
    organCode: '999999010200',
  });
  const kit = await bureau.call('handoff.issueKit', { site: other, drive });
  await cp(bureau.dir, join(root, 'bureau'), { recursive: true });
  const next = await county.refound(station);
  for (const name of ['station', 'former', 'damaged', 'keyless']) {
    await site.core.shutdown();
    await cp(site.dir, join(root, name), { recursive: true });
  }
  return {
    ...{ station, other, code: kit.spokenCode, people },
    next: { kit: next.kit.slice(stick.length), code: next.code },
    ...{ kit: kit.fileName, bundle: bundle.slice(stick.length), answer },
    photos: await photosIn(photos, 3, 30_000),
  };
}

/** A station and a bureau in the middle of their work, to be copied for every case. */
export async function deedWorld() {
  const root = await mkdtemp(join(tmpdir(), 'lijing-deeds-'));
  const county = await aCounty({ ageKind: 'x25519' });
  const made = await (async () => {
    try {
      const furnished = await furnish(county, root);
      await cp(county.stick, join(root, 'stick'), { recursive: true });
      return furnished;
    } finally {
      await county.close();
    }
  })();
  await mkdir(join(root, 'nobody'));
  const entries = await pagesOf(join(root, 'damaged'), 'entry');
  await spoil(join(root, 'damaged'), entries.at(-1) ?? 0);
  for (const name of ['keyring.json', 'keyring.copy.json']) await writeFile(join(root, 'keyless', name), '{');
  let copies = 0;

  return {
    /** A copy of what the deed needs. */
    async copy({ at }: Pick<Deed, 'at'>): Promise<DeedPlaces> {
      copies += 1;
      const place = join(root, 'cases', String(copies));
      await cp(join(root, at), join(place, at), { recursive: true });
      await cp(join(root, 'stick'), join(place, 'stick'), { recursive: true });
      const of = (name: string): string => join(place, name);
      const stick = of('stick');
      return {
        ...made,
        ...{ root: place, stick },
        sites: {
          station: of('station'),
          former: of('former'),
          bureau: of('bureau'),
          damaged: of('damaged'),
          keyless: of('keyless'),
          nobody: of('nobody'),
        },
        next: { ...made.next, kit: join(stick, made.next.kit) },
        ...{ kit: join(stick, made.kit), bundle: join(stick, made.bundle), answer: join(stick, made.answer) },
        photos: made.photos.map((path) => join(stick, 'photos', path.slice(path.lastIndexOf('/') + 1))),
      };
    },
    /** The packages that a deed left under their names, each to whom it is for: a bureau, or the station. */
    async refuseHalfPackages(deed: Deed, { stick }: DeedPlaces): Promise<void> {
      const takes: Partial<Record<string, string>> = { export: 'import of a bundle', return: 'import of a return' };
      const taking = deeds.find(({ name }) => name === takes[deed.name]);
      if (!taking) return;
      const old = await readdir(join(root, 'stick'));
      for (const name of (await readdir(stick)).filter((each) => each.endsWith('.lijing') && !old.includes(each))) {
        const places = await this.copy(taking);
        const site = await aCore({ dir: places.sites[taking.at] });
        await site.signIn(taking.who ?? '');
        const result = await taking.does(handOf(site), {
          ...places,
          bundle: join(stick, name),
          answer: join(stick, name),
        });
        await site.close();
        await this.discard(places);
        unless(result.ok, 'silent', `${name} is on the stick, and is not whole`);
      }
    },
    /** The stick comes back as it was. */
    restoreStick: ({ stick }: Pick<DeedPlaces, 'stick'>): Promise<void> =>
      cp(join(root, 'stick'), stick, { recursive: true }),
    discard: ({ root: place }: Pick<DeedPlaces, 'root'>): Promise<void> => rm(place, { recursive: true, force: true }),
    end: (): Promise<void> => rm(root, { recursive: true, force: true }),
  };
}
export type DeedWorld = Awaited<ReturnType<typeof deedWorld>>;

/** Opens the site as a person would and looks whether everything in it holds; what it shows. */
export async function seenAt({ at, who }: Pick<Deed, 'at' | 'who'>, places: DeedPlaces): Promise<Seen> {
  const site = await aCore({ dir: places.sites[at] });
  try {
    return await seenIn(site, who ?? 'suozhang', places);
  } finally {
    await site.close();
  }
}

/** The same in a site that runs already. */
export async function seenIn(site: TestSite, loginName: string, places: DeedPlaces): Promise<Seen> {
  // Asked first: whatever is asked ends what was broken off between the making of a site and its taking its place.
  if ((await site.call('site.status', {})).state === 'unfounded')
    return { shown: 'unfounded', attachments: 0, backups: 0 };
  const attachments = await attachmentsIn(site.dir);
  const backups = await backupsOf(site.dir, places);
  const opened = await signedIn(site, loginName);
  if (typeof opened !== 'string') return { shown: opened.code, attachments, backups };
  const { faults, rows, losses } = await site.call('site.checkChain', {});
  const wrong = [...faults, ...rows, ...losses];
  unless(wrong.length === 0, 'silent', `the journal does not hold: ${JSON.stringify(wrong.slice(0, 3))}`);
  const { entries } = await site.call('site.listEntries', { stream: null, before: null, limit: 200 });
  const kinds = entries.filter(({ kind }) => !PASSING.includes(kind)).map(({ stream, kind }) => `${stream} ${kind}`);
  return { shown: [opened, ...kinds].join('\n'), attachments, backups };
}

/** The password that opens it, or why nothing does. */
export async function signedIn(site: TestSite, loginName: string): Promise<string | Problem> {
  let problem: Problem = { code: 'internal' };
  for (const password of [PASSWORD, CHANGED]) {
    const result: Result<unknown> = await site.core.call('site.signIn', { loginName, password });
    if (result.ok) return password;
    if (result.problem.code !== 'site.login-failed') return result.problem;
    problem = result.problem;
  }
  return problem;
}

async function attachmentsIn(dir: string): Promise<number> {
  const folder = join(dir, 'attachments');
  return existsSync(folder) ? (await readdir(folder)).filter((name) => !name.endsWith('.part')).length : 0;
}

/** How many backups are whole, here and on the stick; one that only says so is a harm. */
async function backupsOf(dir: string, { stick }: DeedPlaces): Promise<number> {
  const onStick = existsSync(stick) ? await readSet(join(stick, ON_STICK)) : null;
  const sets = [...(await backupsIn(join(dir, 'backups'))), ...(onStick ? [onStick] : [])];
  for (const set of sets) unless(await isIntact(set), 'silent', `${set.folder} says that it is a backup, and is none`);
  return sets.length;
}
