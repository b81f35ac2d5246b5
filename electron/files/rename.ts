import { setTimeout } from 'node:timers/promises';
import { ProblemError } from '../../shared/problem.ts';
import { type Disk, errorCode, realDisk } from './disk.ts';

/** How long to be patient with a disk; tests do not wait. */
export type Patience = { readonly disk?: Disk; readonly wait?: (ms: number) => Promise<void> };

/** Waits between the tries of a rename that a virus scanner or indexer is in the way of. */
const WAITS_MS = [50, 200, 500, 1_000, 2_000];

/** The one way to rename: tries again while somebody else holds the file; `disk.locked` when that does not end. */
export async function renamePatiently(
  from: string,
  to: string,
  { disk = realDisk, wait = setTimeout }: Patience = {},
): Promise<void> {
  for (const waitMs of WAITS_MS) {
    if (await renamed(disk, from, to)) return;
    await wait(waitMs);
  }
  if (!(await renamed(disk, from, to))) throw new ProblemError('disk.locked');
}

/** False while somebody else holds the file. */
async function renamed(disk: Disk, from: string, to: string): Promise<boolean> {
  try {
    await disk.rename(from, to);
    return true;
  } catch (error) {
    if (['EPERM', 'EACCES', 'EBUSY'].includes(errorCode(error))) return false;
    throw error;
  }
}
