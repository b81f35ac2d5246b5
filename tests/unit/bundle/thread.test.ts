import { beforeAll, expect, it } from 'vitest';
import { memoryDisk } from '../../support/memory-disk.ts';
import { anAttachment, packageWorld, type PackageWorld } from '../../support/package-world.ts';

let world: PackageWorld;
beforeAll(async () => {
  world = await packageWorld();
  await world.write({ attachments: [anAttachment(Buffer.alloc(3_000_000, 'x'))] });
});

const refusedWith = (code: string) => ({ ok: false, problem: { code } });
const isAlone = (): void => expect([...world.files.keys()]).toEqual([world.path]);

it('gives up on a package that takes longer than it may', async () => {
  expect(await world.open({ thread: { stillSeconds: 0 } })).toEqual(refusedWith('bundle.took-too-long'));
  isAlone();
});

it('refuses a package that takes more memory than it may, and opens the next', async () => {
  expect(await world.open({ thread: { heapMegabytes: 4 } })).toEqual(refusedWith('bundle.too-large'));
  isAlone();
  const opened = await world.open();
  expect(opened.ok).toBe(true);
  if (opened.ok) await opened.value.dispose();
  isAlone();
});

it('lets itself be cancelled while the medium does not answer', async () => {
  const cancel = new AbortController();
  const { disk } = memoryDisk();
  const { promise: asked, resolve: ask }: PromiseWithResolvers<void> = Promise.withResolvers();
  const { promise: released, resolve: release }: PromiseWithResolvers<{ bytesRead: number }> = Promise.withResolvers();
  const silent = {
    ...disk,
    open: async () => ({
      ...(await world.disk.open(world.path, 'r')),
      read: () => {
        ask();
        return released;
      },
    }),
  };
  const opening = world.open({ disk: silent, signal: cancel.signal });
  await asked;
  cancel.abort();
  release({ bytesRead: 0 });
  expect(await opening).toEqual(refusedWith('request.cancelled'));
});
