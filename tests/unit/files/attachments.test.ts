import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { attachmentStore } from '../../../electron/files/attachments.ts';
import { sha256 } from '../../../electron/journal/entry-line.ts';

const PDF = Buffer.from('%PDF-1.7 签到表 张三 李四');
const withCode = (code: string) => ({ ok: false, problem: expect.objectContaining({ code }) });

describe('attachments on disk', () => {
  const dataKey = randomBytes(32);
  let root = '';
  let folder = '';
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'lijing-'));
    folder = join(root, 'attachments');
    return () => rm(root, { recursive: true });
  });
  const onlyFile = async (): Promise<string> => join(folder, (await readdir(folder))[0] ?? '');

  it('gives back what was kept, by its digest', async () => {
    const store = attachmentStore(folder, dataKey);
    const digest = sha256(PDF).toString('hex');
    expect(await store.add(PDF)).toEqual({ ok: true, value: { sha256: digest, sizeBytes: PDF.length, kind: 'pdf' } });
    expect(await store.has(digest)).toBe(true);
    expect(await store.read(digest)).toEqual({ ok: true, value: PDF });
  });

  it('keeps the same bytes once, and mends a damaged copy when they come again', async () => {
    const store = attachmentStore(folder, dataKey);
    await store.add(PDF);
    await store.add(PDF);
    expect(await readdir(folder)).toHaveLength(1);
    const path = await onlyFile();
    await writeFile(path, (await readFile(path)).subarray(1));
    expect(await store.read(sha256(PDF).toString('hex'))).toEqual(withCode('file.unreadable'));
    expect((await store.add(PDF)).ok).toBe(true);
    expect(await store.read(sha256(PDF).toString('hex'))).toEqual({ ok: true, value: PDF });
  });

  it('shows neither content nor digest in the folder', async () => {
    await attachmentStore(folder, dataKey).add(PDF);
    const path = await onlyFile();
    expect(path).not.toContain(sha256(PDF).toString('hex'));
    expect((await readFile(path)).includes('张三')).toBe(false);
  });

  it('refuses every changed bit, and a file under another name', async () => {
    const store = attachmentStore(folder, dataKey);
    await store.add(PDF);
    const path = await onlyFile();
    const sealed = await readFile(path);
    const digest = sha256(PDF).toString('hex');
    for (let index = 0; index < sealed.length; index += 1) {
      const altered = Buffer.from(sealed);
      altered[index] = (altered[index] ?? 0) ^ (1 << (index % 8));
      await writeFile(path, altered);
      expect(await store.read(digest)).toEqual(withCode('file.unreadable'));
    }
    const other = Buffer.from('%PDF-other');
    await rm(path);
    await store.add(other);
    await writeFile(await onlyFile(), sealed);
    expect(await store.read(sha256(other).toString('hex'))).toEqual(withCode('file.unreadable'));
  });

  it('opens nothing with another data key', async () => {
    await attachmentStore(folder, dataKey).add(PDF);
    expect(await attachmentStore(folder, randomBytes(32)).read(sha256(PDF).toString('hex'))).toEqual(
      withCode('file.unknown'),
    );
  });

  it.each([
    ['jpg', [0xff, 0xd8, 0xff, 0xe0]],
    ['png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00]],
  ])('tells a %s by its first bytes', async (kind, bytes) => {
    expect(await attachmentStore(folder, dataKey).add(Buffer.from(bytes))).toMatchObject({ ok: true, value: { kind } });
  });

  it('takes nothing else, and nothing over 20 MB', async () => {
    const store = attachmentStore(folder, dataKey);
    for (const bytes of [Buffer.alloc(0), Buffer.from('MZ\x90'), Buffer.from('<html>'), Buffer.from('%PD')])
      expect(await store.add(bytes)).toEqual(withCode('file.kind-not-accepted'));
    const large = Buffer.alloc(20 * 1024 * 1024 + 1);
    PDF.copy(large);
    expect(await store.add(large)).toEqual(withCode('file.too-large'));
    expect(await readdir(root)).toEqual([]);
  });
});
