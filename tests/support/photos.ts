import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestSite } from './site.ts';
import { aSession, recordSession } from './training.ts';

const JPEG_STARTS = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);

/** Bytes nobody has seen before, which begin as a photo does. */
export const aPhoto = (sizeBytes: number): Buffer => Buffer.concat([JPEG_STARTS, randomBytes(sizeBytes - 4)]);

/** So many different photos in a folder; their paths. */
export async function photosIn(folder: string, count: number, sizeBytes: number): Promise<readonly string[]> {
  const paths = Array.from({ length: count }, (_, n) => join(folder, `签到表${String(n)}-${String(count)}.jpg`));
  for (const path of paths) await writeFile(path, aPhoto(sizeBytes));
  return paths;
}

/** A session of these people with photos of the sign-in sheet. */
export async function sessionWithPhotos(
  site: TestSite,
  people: readonly string[],
  paths: readonly string[],
  title: string,
): Promise<string> {
  site.choose(...paths);
  const chosen = await site.call('work.chooseFiles', { kind: 'scan', many: true });
  const draft = aSession(people, { title, course: null, newScans: chosen.map(({ id }) => id) });
  return (await recordSession(site, draft)).id;
}
