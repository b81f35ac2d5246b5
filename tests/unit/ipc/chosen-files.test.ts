import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chosenFiles } from '../../../electron/ipc/chosen-files.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lijing-chosen-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function aFile(name: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, '%PDF-1.7');
  return path;
}

test('a file chosen before a lock is known after it by the same id, and chosen again keeps it', async () => {
  const path = await aFile('签到表.pdf');
  const before = chosenFiles(randomUUID);
  const chosen = await before.remember(path);
  const after = chosenFiles(randomUUID, before.kept());
  expect(after.pathOf(chosen?.id ?? '')).toEqual({ ok: true, value: path });
  expect(await after.remember(path)).toEqual(chosen);
});

test('of very many the last ones are kept; an id that no dialog gave out stays unknown', async () => {
  const before = chosenFiles(randomUUID);
  const paths = await Promise.all(Array.from({ length: 1_001 }, (_, n) => aFile(`${String(n)}.pdf`)));
  const ids: string[] = [];
  for (const path of paths) ids.push((await before.remember(path))?.id ?? '');
  const after = chosenFiles(randomUUID, before.kept());
  expect(after.pathOf(ids[0] ?? '')).toEqual({ ok: false, problem: { code: 'file.unknown' } });
  expect(after.pathOf(ids.at(-1) ?? '').ok).toBe(true);
  expect(after.pathOf(randomUUID()).ok).toBe(false);
});
