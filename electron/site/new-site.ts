import { existsSync, rmSync } from 'node:fs';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { orThrow } from '../../shared/problem.ts';
import { realDisk } from '../files/disk.ts';
import { renamePatiently } from '../files/rename.ts';
import { writeAtomically } from '../files/safe-write.ts';
import { formerFolder, setAsideSite } from './set-aside-site.ts';

const READY = 'ready.json';
const folderIn = (dataDir: string): string => join(dataDir, 'founding');
const readyIn = (dataDir: string): string => join(folderIn(dataDir), READY);

/** Where what stood in the folder goes; null once it is there, and nothing but the new site is left to be moved. */
const Ready = z.strictObject({ v: z.literal(1), former: z.string().nullable() });

/** Whether a site was made whole, and has yet to take its place. */
const isReady = (dataDir: string): boolean => existsSync(readyIn(dataDir));

/** Clears what a broken-off founding left; a site that was made whole is never touched. */
export function clearUnfinished(dataDir: string): void {
  if (!isReady(dataDir)) rmSync(folderIn(dataDir), { recursive: true, force: true });
}

export type NewSite = ReturnType<typeof newSiteIn>;

/**
 * Makes a site in a folder of its own, beside whatever stands in `dataDir`. A cancel, a failure or a power cut before it
 * is whole leaves everything as it was; after that it takes its place, now or at the next start, and what stood there is
 * kept under `former/`. So there is always the old site or the new one, whole.
 */
export function newSiteIn(dataDir: string, clock: () => Date, written: () => Promise<void> | undefined) {
  const folder = folderIn(dataDir);
  let isMaking = false;
  let taking: Promise<void> | null = null;

  const tell = async (former: string | null): Promise<void> =>
    orThrow(await writeAtomically(readyIn(dataDir), Buffer.from(JSON.stringify({ v: 1, former }))));

  const take = async (): Promise<void> => {
    const { former } = Ready.parse(JSON.parse(await readFile(readyIn(dataDir), 'utf8')));
    if (former !== null) {
      await written();
      await setAsideSite(dataDir, former);
      await realDisk.syncFolder(dataDir);
      await tell(null);
    }
    for (const name of (await readdir(folder)).filter((each) => !each.startsWith(READY)))
      await renamePatiently(join(folder, name), join(dataDir, name));
    await realDisk.syncFolder(dataDir);
    await rm(folder, { recursive: true, force: true });
  };

  /** Whoever asks meanwhile waits for the same. */
  const takePlace = (): Promise<void> =>
    (taking ??= take().finally(() => {
      taking = null;
    }));

  return {
    /** Ends what was broken off between the making of a site and its taking its place. */
    settled: async (): Promise<void> => {
      if (!isMaking && isReady(dataDir)) await takePlace();
    },
    make: async <T>(build: (folder: string) => Promise<T>): Promise<T> => {
      isMaking = true;
      let result: T;
      try {
        await rm(folder, { recursive: true, force: true });
        await mkdir(folder, { recursive: true });
        result = await build(folder);
        await tell(formerFolder(dataDir, clock()));
      } catch (error) {
        // The first failure is the one to tell; what is left is cleared at the next start.
        await rm(folder, { recursive: true, force: true }).catch(() => undefined);
        throw error;
      } finally {
        isMaking = false;
      }
      await takePlace();
      return result;
    },
  };
}
