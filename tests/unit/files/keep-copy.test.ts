import { expect, it } from 'vitest';
import { keptCopy } from '../../../electron/files/keep-copy.ts';
import { ProblemError } from '../../../shared/problem.ts';
import { memoryDisk } from '../../support/memory-disk.ts';
import { allOf, piecesOf } from '../../support/package-world.ts';

const COPY = '/outbox/report.lijing';
const pieces = [Buffer.from('one '), Buffer.from('two '), Buffer.from('three')];
const WHOLE = Buffer.concat(pieces);

it('passes the bytes on and leaves the same bytes in a file', async () => {
  const { disk, files } = memoryDisk();
  expect(await allOf(keptCopy(piecesOf(...pieces), COPY, WHOLE.length, disk))).toEqual(WHOLE);
  expect([...files]).toEqual([[COPY, WHOLE]]);
});

it('leaves nothing when the bytes end before, whoever ends them', async () => {
  const { disk, files } = memoryDisk();
  async function* broken() {
    yield pieces[0] ?? Buffer.alloc(0);
    throw new ProblemError('file.unreadable');
  }
  await expect(allOf(keptCopy(broken(), COPY, WHOLE.length, disk))).rejects.toThrow(ProblemError);
  for await (const _ of keptCopy(piecesOf(...pieces), COPY, WHOLE.length, disk)) break;
  expect(files.size).toBe(0);
});

it('leaves the former copy or the new one, whatever the disk refuses', async () => {
  const probe = memoryDisk();
  await allOf(keptCopy(piecesOf(...pieces), COPY, WHOLE.length, probe.disk));
  for (let at = 1; at <= probe.operations(); at += 1) {
    const { disk, files } = memoryDisk({ at, code: 'ENOSPC' });
    files.set(COPY, Buffer.from('former'));
    const done = await allOf(keptCopy(piecesOf(...pieces), COPY, WHOLE.length, disk)).then(
      () => true,
      (error: unknown) => {
        expect(error).toMatchObject({ problem: { code: 'disk.full' } });
        return false;
      },
    );
    expect([...files]).toEqual([[COPY, done ? WHOLE : Buffer.from('former')]]);
  }
});

it('refuses before the first byte when there is no room', async () => {
  const { disk, files } = memoryDisk();
  await expect(allOf(keptCopy(piecesOf(...pieces), COPY, 2 ** 41, disk))).rejects.toMatchObject({
    problem: { code: 'disk.full', detail: { neededBytes: 2 ** 41 } },
  });
  expect(files.size).toBe(0);
});
