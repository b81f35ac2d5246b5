import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { StickMark } from '../../shared/media.ts';
import type { Result } from '../../shared/problem.ts';
import { realDisk } from '../files/disk.ts';
import { safeWrite, type Written } from '../files/safe-write.ts';
import type { Drive } from '../ipc/channel.ts';

const MARK_NAME = 'lijing-medium.json';
/** A mark is some fifty bytes; anything longer is somebody else's file. */
const MAX_BYTES = 1_000;

/** Writes the mark by the rules of `safeWrite`: a random id, and nothing a finder could learn anything from. */
export function writeMark(drive: Drive, id: string): Promise<Result<Written>> {
  const bytes = Buffer.from(JSON.stringify({ v: 1, id } satisfies z.infer<typeof StickMark>));
  async function* once(): AsyncGenerator<Uint8Array> {
    yield bytes;
  }
  return safeWrite({ path: join(drive.path, MARK_NAME), bytes: once(), atMostBytes: bytes.length, drive });
}

/** The id on a drive; null where there is no mark, or none of ours. */
export async function readMark(drive: Drive): Promise<string | null> {
  const path = join(drive.path, MARK_NAME);
  try {
    const sizeBytes = await realDisk.sizeBytes(path);
    if (sizeBytes === null || sizeBytes > MAX_BYTES) return null;
    return StickMark.parse(JSON.parse(await readFile(path, 'utf8'))).id;
  } catch {
    // A drive that was pulled out, a file that is none of ours: not recognised, and no more than that.
    return null;
  }
}
