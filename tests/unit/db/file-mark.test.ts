import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { digestBeside, isSameMark, keepDigest, markAsKept, markOf } from '../../../electron/db/file-mark.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lijing-mark-'));
  path = join(folder, 'lijing.db');
  await writeFile(path, 'one');
});
afterEach(() => rm(folder, { recursive: true }));

it('is the same for a file nobody has touched', () => {
  expect(isSameMark(markOf(path), markOf(path))).toBe(true);
});

it('is another one after a write, also under the old time', async () => {
  const left = markOf(path);
  const at = new Date(left?.modifiedMs ?? 0);
  await writeFile(path, 'two');
  await utimes(path, at, at);
  expect(isSameMark(left, markOf(path))).toBe(false);
});

it('is none while there is no file, or while its log lies beside it, and none is like no other', async () => {
  expect(markOf(join(folder, 'other.db'))).toBeNull();
  await writeFile(`${path}-wal`, '');
  expect(markOf(path)).toBeNull();
  expect(isSameMark(null, null)).toBe(false);
});

it('is known again at the next start by the digest kept at the close', async () => {
  await keepDigest(path);
  expect(await markAsKept(path)).toEqual(markOf(path));
});

it('is not known again once a byte is another, also under the old size and time', async () => {
  await keepDigest(path);
  const at = new Date(markOf(path)?.modifiedMs ?? 0);
  await writeFile(path, 'onf');
  await utimes(path, at, at);
  expect(await markAsKept(path)).toBeNull();
});

it('is not known again where a log lies beside it, where the digest is torn, or where nothing was kept', async () => {
  expect(await markAsKept(path)).toBeNull();
  await keepDigest(path);
  const whole = await readFile(digestBeside(path), 'utf8');
  await writeFile(digestBeside(path), whole.slice(0, 20));
  expect(await markAsKept(path)).toBeNull();
  await writeFile(digestBeside(path), whole);
  await writeFile(`${path}-wal`, '');
  expect(await markAsKept(path)).toBeNull();
});
