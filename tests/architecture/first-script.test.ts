import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sources } from './sources.ts';

const files = new Map(sources('{renderer,shared}/**/*.{ts,tsx,json,css}').map(({ path, text }) => [path, text]));

/** What a file cannot be without; types are gone by then, and what is fetched later is no such import. */
const needs = (text: string): readonly string[] =>
  Array.from(text.matchAll(/^(?:import|export)(?! type\b)(?:[^'"]*? from)? '([^']+)'/gm), ([, name = '']) => name);

/** All that the page's first script is made of: our files and packages. */
function firstScript(): { readonly own: ReadonlySet<string>; readonly packages: ReadonlySet<string> } {
  const own = new Set(['renderer/main.tsx']);
  const packages = new Set<string>();
  for (const path of own)
    for (const name of needs(files.get(path) ?? ''))
      if (name.startsWith('.')) own.add(posix.join(posix.dirname(path), name));
      else packages.add(name.split('/', name.startsWith('@') ? 2 : 1).join('/'));
  return { own, packages };
}

describe('the first script of the page', () => {
  const { own, packages } = firstScript();

  it('brings the door, and its files are all known', () => {
    expect(own).toContain('renderer/site/SignIn.tsx');
    expect([...own].filter((path) => !files.has(path))).toEqual([]);
  });

  it('brings neither the contract with its schemas nor anything from behind the door', () => {
    expect(own).not.toContain('shared/contract.ts');
    expect(own).not.toContain('renderer/screens.tsx');
    expect([...packages].sort()).toEqual(['@ant-design/icons', 'antd', 'dayjs', 'react', 'react-dom', 'zustand']);
  });
});
