import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Disk } from '../../../electron/files/disk.ts';
import { realDisk } from '../../../electron/files/disk.ts';
import { type SafeWrite, safeWrite, writeAtomically } from '../../../electron/files/safe-write.ts';
import { sha256 } from '../../../electron/journal/entry-line.ts';
import { memoryDisk } from '../../support/memory-disk.ts';

const PATH = '/stick/report.lijing';
const OLD = Buffer.from('the bundle of last month');
const NEW = Buffer.from('the bundle of this month, in several pieces');

async function* pieces(bytes: Buffer = NEW): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += 10) yield bytes.subarray(start, start + 10);
}
const noWait = async (): Promise<void> => undefined;
const write = (disk: Disk, over: Partial<SafeWrite> = {}) =>
  safeWrite({ path: PATH, bytes: pieces(), atMostBytes: NEW.length, disk, wait: noWait, ...over });

const withCode = (code: string) => ({ ok: false, problem: expect.objectContaining({ code }) });

describe('writing to a stick', () => {
  it('writes, flushes, reads back and says what it wrote', async () => {
    const { disk, files } = memoryDisk();
    const seen: number[] = [];
    const result = await write(disk, { onProgress: (done) => seen.push(done) });
    expect(result).toEqual({ ok: true, value: { sha256: sha256(NEW).toString('hex'), sizeBytes: NEW.length } });
    expect([...files]).toEqual([[PATH, NEW]]);
    expect(seen.at(-1)).toBe(NEW.length);
  });

  it.each(['EIO', 'ENOSPC', 'ENOENT'])('leaves the old bundle or none when %s comes at any step', async (code) => {
    const { disk, operations } = memoryDisk();
    await write(disk);
    const steps = operations();
    for (const before of [OLD, undefined])
      for (let at = 1; at <= steps; at += 1) {
        const world = memoryDisk({ at, code });
        if (before) world.files.set(PATH, before);
        const result = await write(world.disk);
        expect(result.ok, `step ${at}`).toBe(false);
        expect([...world.files.keys()].filter((path) => path !== PATH)).toEqual([]);
        expect([before, undefined]).toContainEqual(world.files.get(PATH));
      }
  });

  it('leaves no part under the name when the stick is pulled out at any step', async () => {
    const { disk, operations } = memoryDisk();
    await write(disk);
    for (let at = 1; at <= operations(); at += 1) {
      const world = memoryDisk({ at, code: 'ENODEV', lasting: true });
      world.files.set(PATH, OLD);
      expect(await write(world.disk), `step ${at}`).toEqual(withCode('disk.gone'));
      expect([OLD, NEW]).toContainEqual(world.files.get(PATH));
    }
  });

  it.each([
    ['ENOSPC', 'disk.full'],
    ['EROFS', 'disk.read-only'],
    ['EACCES', 'disk.read-only'],
    ['EBUSY', 'disk.locked'],
    ['EFBIG', 'disk.file-too-large-for-fat32'],
    ['EIO', 'disk.gone'],
    ['ENODEV', 'disk.gone'],
  ])('names %s as %s', async (code, problem) => {
    expect(await write(memoryDisk({ at: 2, code }).disk)).toEqual(withCode(problem));
  });

  it.each(['EFBIG', 'EIO', 'ENODEV'])('blames no stick when the computer’s own disk says %s', async (code) => {
    expect(await write(memoryDisk({ at: 2, code }).disk, { place: 'own' })).toEqual(withCode('disk.failing'));
    const { disk } = memoryDisk({ at: 2, code });
    expect(await writeAtomically(PATH, NEW, { disk, place: 'own' })).toEqual(withCode('disk.failing'));
  });

  it('throws what is no fault of the disk', async () => {
    await expect(write(memoryDisk({ at: 2, code: 'EWHATEVER' }).disk)).rejects.toThrow('EWHATEVER');
  });

  it('waits longer and longer while a scanner holds the file, then succeeds', async () => {
    const { disk, files } = memoryDisk();
    const refusals = ['EPERM', 'EACCES', 'EBUSY', 'EPERM', 'EBUSY'];
    const waits: number[] = [];
    const rename = async (from: string, to: string): Promise<void> => {
      const code = refusals.shift();
      if (code) throw Object.assign(new Error(code), { code });
      await disk.rename(from, to);
    };
    const result = await write({ ...disk, rename }, { wait: async (ms) => void waits.push(ms) });
    expect(result.ok).toBe(true);
    expect(files.get(PATH)).toEqual(NEW);
    expect(waits).toHaveLength(5);
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  });

  it('gives up on a file that stays held, and keeps the old one', async () => {
    const { disk, files } = memoryDisk();
    files.set(PATH, OLD);
    const rename = (): Promise<void> => Promise.reject(Object.assign(new Error(), { code: 'EPERM' }));
    expect(await write({ ...disk, rename })).toEqual(withCode('disk.locked'));
    expect([...files]).toEqual([[PATH, OLD]]);
  });

  it.each(['the first', 'the second'])('refuses when %s reading back differs', async (which) => {
    const { disk, files } = memoryDisk();
    let reads = which === 'the first' ? 1 : 2;
    const open: Disk['open'] = async (path, flags) => {
      const file = await disk.open(path, flags);
      if (flags !== 'r' || --reads > 0) return file;
      const content = files.get(path);
      if (content) content[3] = (content[3] ?? 0) ^ 1;
      return file;
    };
    expect(await write({ ...disk, open })).toEqual(withCode('disk.read-back-differs'));
    expect([...files]).toEqual([]);
  });

  it('refuses before it touches anything: no room, write protection, too large for FAT32', async () => {
    const { disk, files } = memoryDisk();
    const freeBytes = (): Promise<number> => Promise.resolve(NEW.length - 1);
    expect(await write({ ...disk, freeBytes })).toEqual(withCode('disk.full'));
    expect(await write(disk, { drive: { readOnly: true } })).toEqual(withCode('disk.read-only'));
    const large = { atMostBytes: 2 ** 32 };
    expect(await write(disk, { ...large, drive: { fileSystem: 'FAT32' } })).toEqual(
      withCode('disk.file-too-large-for-fat32'),
    );
    expect([...files]).toEqual([]);
    expect((await write(disk, { ...large, drive: { fileSystem: 'exfat' } })).ok).toBe(true);
  });

  it('stops when cancelled and takes its part away', async () => {
    const { disk, files } = memoryDisk();
    const cancel = new AbortController();
    const result = await write(disk, { signal: cancel.signal, onProgress: () => cancel.abort() });
    expect(result).toEqual(withCode('request.cancelled'));
    expect([...files]).toEqual([]);
  });

  it('does not run ahead of a slow stick', async () => {
    const { disk } = memoryDisk();
    let made = 0;
    let done = 0;
    let lead = 0;
    async function* counted(): AsyncGenerator<Buffer> {
      for await (const piece of pieces()) {
        made += 1;
        lead = Math.max(lead, made - done);
        yield piece;
      }
    }
    const open: Disk['open'] = async (path, flags) => {
      const file = await disk.open(path, flags);
      const slow = async (bytes: Uint8Array): Promise<void> => {
        await new Promise(setImmediate);
        await file.writeFile(bytes);
        done += 1;
      };
      return { ...file, writeFile: slow };
    };
    expect((await write({ ...disk, open }, { bytes: counted() })).ok).toBe(true);
    expect(lead).toBeLessThanOrEqual(2);
  });
});

describe('on a real disk', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lijing-'));
    return () => rm(folder, { recursive: true });
  });

  it('replaces a bundle and leaves nothing beside it', async () => {
    const path = join(folder, 'report.lijing');
    await writeFile(path, OLD);
    await writeFile(`${path}.part`, 'left by a crash');
    expect((await write(realDisk, { path })).ok).toBe(true);
    expect(await readFile(path)).toEqual(NEW);
    expect(await readdir(folder)).toEqual(['report.lijing']);
  });

  it('says that the stick is gone when its folder is', async () => {
    expect(await write(realDisk, { path: join(folder, 'gone', 'report.lijing') })).toEqual(withCode('disk.gone'));
  });

  it('says so when the folder is taken away during the writing', async () => {
    const stick = await mkdtemp(join(folder, 'stick-'));
    async function* pulled(): AsyncGenerator<Buffer> {
      yield NEW;
      await rm(stick, { recursive: true });
    }
    expect(await write(realDisk, { path: join(stick, 'report.lijing'), bytes: pulled() })).toEqual(
      withCode('disk.gone'),
    );
  });
});

describe('a small file replaced at once', () => {
  it('is the old or the new one after a fault at any step', async () => {
    const path = '/data/keyring.json';
    const { disk, operations } = memoryDisk();
    await writeAtomically(path, NEW, { disk, wait: noWait });
    for (let at = 1; at <= operations(); at += 1) {
      const world = memoryDisk({ at, code: 'ENOSPC' });
      world.files.set(path, OLD);
      expect(await writeAtomically(path, NEW, { disk: world.disk, wait: noWait })).toEqual(withCode('disk.full'));
      expect([OLD, NEW]).toContainEqual(world.files.get(path));
      expect(world.files.size).toBe(1);
    }
  });
});
