import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

const read = (path: string): Promise<string> => readFile(path, 'utf8');

it('the page says before its scripts come what the locale says', async () => {
  const words = JSON.parse(await read('renderer/locales/zh-CN/app.json')) as Record<string, string>;
  const page = await read('renderer/index.html');
  const shown = page
    .replace(/^.*<body>/s, '')
    .replaceAll(/<[^>]*>/g, '\n')
    .split('\n')
    .map((line) => line.trim());
  expect(shown.filter((line) => line !== '')).toEqual([words['name'], words['subtitle'], words['opening']]);
});
