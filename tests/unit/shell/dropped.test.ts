import { expect, test } from 'vitest';
import { droppedFiles } from '../../../electron/shell/dropped.ts';

test('what was dropped is given out once, and only the last of it', async () => {
  const { drop, takeDropped } = droppedFiles();
  drop(['/media/u1/a.lijing']);
  drop(['/media/u1/b.lijing', '/media/u1/城关所']);
  expect(await takeDropped()).toEqual(['/media/u1/b.lijing', '/media/u1/城关所']);
  expect(await takeDropped()).toEqual([]);
});

test('what has no path, and what is no list of paths, is nothing', async () => {
  const { drop, takeDropped } = droppedFiles();
  drop(['', 7, null]);
  expect(await takeDropped()).toEqual([]);
  drop('/etc/passwd');
  expect(await takeDropped()).toEqual([]);
});
