import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { orThrow } from '../../shared/problem.ts';
import { writeAtomically } from '../files/safe-write.ts';

/** In the site's folder on a drive: which of its sticks this is, whatever letter it has today. */
const MARK = 'stick.json';
const Mark = z.strictObject({ id: z.uuid() });

/** Leaves the mark; one that is there already stays. Answers the stick's id. */
export async function markStick(folder: string, newId: () => string): Promise<string> {
  const known = await stickAt(folder);
  if (known !== null) return known;
  await mkdir(folder, { recursive: true });
  const id = newId();
  orThrow(await writeAtomically(join(folder, MARK), Buffer.from(JSON.stringify({ id }))));
  return id;
}

/** The id of the stick a folder lies on; null where there is no mark, or none that can be read. */
export async function stickAt(folder: string): Promise<string | null> {
  const path = join(folder, MARK);
  if (!existsSync(path)) return null;
  try {
    return Mark.parse(JSON.parse(await readFile(path, 'utf8'))).id;
  } catch {
    // Pulled out at this moment, or damaged: then it is not the stick that is looked for.
    return null;
  }
}
